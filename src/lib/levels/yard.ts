/**
 * The yard: no mission and nothing to solve, a terminal and a mail program on one desk, and a server that behaves as it
 * is told to. Law: it is played as any level is, by inputs and a log, so it replays, branches and is exported alike.
 */
import type { Level } from './level.ts';
import { ADA, t0 } from './topologies.ts';

/** Whose ways the server of the yard can have: names of files in pop3/personalities, with what a player reads. */
export const SERVERS = [
	{ id: 'post', name: 'post, the campaign’s own' },
	{ id: 'rfc', name: 'the words of RFC 1939' },
	{ id: 'dovecot', name: 'Dovecot' },
	{ id: 'report', name: 'the student report' },
	{ id: 'no-stuffing', name: 'forgets to stuff dots' },
	{ id: 'renumbering', name: 'renumbers after DELE' },
	{ id: 'unstable-uidl', name: 'UIDLs that change' },
	{ id: 'no-uidl', name: 'knows no UIDL' },
	{ id: 'no-top', name: 'knows no TOP' },
	{ id: 'list-all', name: 'answers LIST n with lines' },
	{ id: 'silent', name: 'silent on unknown words' },
	{ id: 'characters', name: 'counts characters' },
	{ id: 'one-try', name: 'closes after one bad PASS' },
	{ id: 'impatient', name: 'closes after 60 idle seconds' },
	{ id: 'talkative', name: 'tells who has a box' },
	{ id: 'hasty', name: 'deletes when the line breaks' }
] as const;

export type YardServer = (typeof SERVERS)[number]['id'];

export function yard(server: YardServer): Level {
	const base = t0({
		personality: server,
		greeting: undefined,
		apop: true,
		users: [
			{ ...ADA, box: [...ADA.box, 'html', 'nested', 'charset'] },
			{ name: 'grace', password: 'hopper', box: ['welcome'] }
		]
	});
	return {
		slug: `yard-${server}`,
		number: '',
		chapter: 0,
		title: 'The yard',
		concept: 'No mission here. Type, or let the mail program type for you.',
		mission:
			'Ada’s box at post holds seven letters, three of them mean. Sync fetches them; each letter shows what it cost in commands. Grace has a box too: grace, hopper.',
		teaches: [],
		breaks: [],
		lens: 2,
		scenario: {
			...base,
			hosts: base.hosts.map((host) =>
				host.id === 'desk'
					? {
							...host,
							account: { server: 'post', user: ADA.name, password: ADA.password, policy: 'leave' }
						}
					: host
			)
		},
		seed: 110,
		prelude: [],
		terminal: 'desk',
		note: 'ada\nlovelace',
		goal: [],
		questions: [],
		par: { unit: 'command', n: 0 },
		hints: ['', '', ''],
		milestones: [],
		showMe: [],
		alternatives: [],
		bypasses: [],
		debrief: ''
	};
}
