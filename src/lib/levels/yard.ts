/**
 * The yard: no mission and nothing to solve, a terminal and a mail program on one desk, and a server that behaves as it
 * is told to. Law: it is played as any level is, by inputs and a log, so it replays, branches and is exported alike.
 */
import { commands, type Keyword } from '#lib/pop3/commands.ts';
import { TOOLS, type Level } from './level.ts';
import { ADA, along, t0, type WayId } from './topologies.ts';

const PLAIN: readonly Keyword[] = commands.map(({ keyword }) => keyword);
const EXTENDED: readonly Keyword[] = [...PLAIN, 'CAPA', 'AUTH', 'UTF8', 'LANG'];
const without = (missing: Keyword) => EXTENDED.filter((keyword) => keyword !== missing);

/** Whose ways the server of the yard can have: names of files in pop3/personalities, what a player reads, what each takes. */
export const SERVERS = [
	{ id: 'post', name: 'post, the campaign’s own', offers: PLAIN },
	{ id: 'rfc', name: 'the words of RFC 1939', offers: EXTENDED },
	{ id: 'dovecot', name: 'Dovecot', offers: [...PLAIN, 'CAPA', 'AUTH', 'LAST'] },
	{ id: 'report', name: 'the student report', offers: PLAIN },
	{ id: 'no-stuffing', name: 'forgets to stuff dots', offers: EXTENDED },
	{ id: 'renumbering', name: 'renumbers after DELE', offers: EXTENDED },
	{ id: 'unstable-uidl', name: 'UIDLs that change', offers: EXTENDED },
	{ id: 'no-uidl', name: 'knows no UIDL', offers: without('UIDL') },
	{ id: 'no-top', name: 'knows no TOP', offers: without('TOP') },
	{ id: 'list-all', name: 'answers LIST n with lines', offers: EXTENDED },
	{ id: 'silent', name: 'silent on unknown words', offers: EXTENDED },
	{ id: 'characters', name: 'counts characters', offers: EXTENDED },
	{ id: 'one-try', name: 'closes after one bad PASS', offers: EXTENDED },
	{ id: 'impatient', name: 'closes after 60 idle seconds', offers: EXTENDED },
	{ id: 'talkative', name: 'tells who has a box', offers: EXTENDED },
	{ id: 'hasty', name: 'deletes when the line breaks', offers: EXTENDED }
] as const;

export type YardServer = (typeof SERVERS)[number]['id'];

export function yard(server: YardServer, way: WayId = 'direct'): Level {
	const ends = t0({
		personality: server,
		greeting: undefined,
		apop: true,
		users: [
			{ ...ADA, box: [...ADA.box, 'html', 'nested', 'charset'] },
			{ name: 'grace', password: 'hopper', box: ['welcome'] }
		]
	});
	const base = along(ends, way);
	return {
		slug: way === 'direct' ? `yard-${server}` : `yard-${server}-${way}`,
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
		tools: TOOLS,
		prelude: [],
		terminal: 'desk',
		offers: SERVERS.find(({ id }) => id === server)?.offers ?? PLAIN,
		note: 'ada\nlovelace',
		goal: [],
		questions: [],
		par: [],
		hints: ['', '', ''],
		milestones: [],
		showMe: [],
		alternatives: [],
		bypasses: [],
		debrief: ''
	};
}
