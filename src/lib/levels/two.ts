/** 5.3: POP3 does not synchronise: the first device takes everything, unless it is told to leave it. */
import type { Input } from '#lib/sim/event.ts';
import { becomes, met, seen, type Log, type Match } from './goals.ts';
import { answeredRight, expunged } from './matches.ts';
import { answer } from './inputs.ts';
import type { Lever, Level, Question } from './level.ts';
import { drop, store } from './projections.ts';
import { standing } from './seats.ts';
import { ADA, t2, withMail } from './topologies.ts';

const DEVICES = ['desk', 'pocket'] as const;
type Device = (typeof DEVICES)[number];

const sync = (host: Device): Input => ({ kind: 'sync', host });
const set = (host: Device, keepDays: 0 | null) =>
	({ kind: 'settings', host, settings: { keepDays } }) as const;

type Switch = Extract<Lever, { kind: 'switch' }>;
const after = (host: Device): Switch => ({
	kind: 'switch',
	host,
	say: 'After fetching',
	ways: [
		{ label: 'delete at post', input: set(host, 0) },
		{ label: 'leave at post', input: set(host, null) }
	]
});
const switches = { desk: after('desk'), pocket: after('pocket') };
const leaves = (host: Device) => (log: Log) => standing(switches[host], log) === 1;

const scenario = withMail(t2(), DEVICES, {
	capa: false,
	utf8: false,
	login: ['user'],
	remember: true,
	keepDays: 0
});
const box = drop(scenario, ADA.name);
const there = (log: Log): readonly string[] =>
	box(log).letters.flatMap(({ uid, gone }) => (gone === null ? [uid] : []));
const ALL = there([]);

const stored =
	(host: Device): Match =>
	(event) =>
		event.kind === 'mail.letter' && event.host === host;
const isFull = (host: Device) => (log: Log) => {
	const here = store(log, host);
	return ALL.every((uid) => here.get(uid)?.copies === 1 && here.get(uid)?.intact === true);
};
const full = (host: Device) => becomes(stored(host), isFull(host));
const emptied = becomes(expunged(), (log) => there(log).length === 0);
const isEmpty = (log: Log) => there(log).length === 0;
const [deskFull, pocketFull] = [isFull('desk'), isFull('pocket')];
/** What a device has not yet can still be fetched. */
const inReach = (log: Log) =>
	DEVICES.every((host) => {
		const here = store(log, host);
		const left = new Set(there(log));
		return ALL.every((uid) => here.has(uid) || left.has(uid));
	});
const lost: Match = (event, log) =>
	event.kind === 'maildrop.expunge' && !inReach(log.slice(0, event.seq + 1));

/** The second device gets its first letter. */
const second: Match = (event, log) =>
	event.kind === 'mail.letter' &&
	log.some((other) => other.kind === 'mail.letter' && other.host !== event.host && other.seq < event.seq);

const read: Question = {
	id: 'read',
	kind: 'predict',
	ask: 'On the first device Ada has read all four letters. Will the second one show them as read?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'yes', label: 'yes, post tells it' },
			{ value: 'devices', label: 'yes, the devices tell each other' },
			{ value: 'no', label: 'no, to it all are new' }
		]
	},
	gate: second,
	answer: (log) => (seen(second)(log) ? 'no' : null),
	explain: () =>
		'All are new to it: POP3 has no word for “read”, and the devices never speak to each other. They only share a box.'
};

const keepDesk = set('desk', null);
const [syncDesk, syncPocket] = [sync('desk'), sync('pocket')];
const no = answer('read', 'no');

export const two: Level = {
	slug: 'two',
	number: '5.3',
	chapter: 5,
	title: 'Two devices, one box',
	concept: 'POP3 does not synchronise: first come, first served.',
	mission:
		'Ada wants all four letters on her desk and on pocket, her telephone, each of them once, and nothing left at post. Both mail programs delete what they have fetched. Think before the first Sync.',
	teaches: ['second device', 'delete after fetching'],
	breaks: ['M7'],
	lens: 1,
	scenario,
	seed: 530,
	prelude: [],
	terminal: 'desk',
	seats: DEVICES.map((host) => ({ host, program: 'mail' })),
	levers: [switches.desk, switches.pocket],
	pace: 5,
	goal: [
		{ say: 'desk has all four letters, each once', is: full('desk') },
		{ say: 'pocket has all four letters, each once', is: full('pocket') },
		{ say: 'Ada’s box at post is empty', is: emptied },
		{ say: 'You said what the second device shows', is: answeredRight(read) }
	],
	questions: [read],
	par: [{ unit: 'act', n: 3 }],
	hints: [
		'Who fetches first takes everything, and deletes it.',
		'The first device should leave the letters, the last may clear the box.',
		'At desk: leave at post. Sync desk. Then sync pocket.'
	],
	milestones: [
		{
			is: inReach,
			next: 'Letters are gone that the other device never had. Only a step back helps: rewind.',
			step: null
		},
		{
			is: (log) => deskFull(log) || pocketFull(log) || leaves('desk')(log),
			next: 'Whoever fetches first must leave the letters. Set desk to “leave at post”.',
			step: keepDesk
		},
		{ is: (log) => deskFull(log) || pocketFull(log), next: 'Fetch at the desk first: Sync.', step: syncDesk },
		{
			is: pocketFull,
			next: 'Go to pocket and press Sync there.',
			step: syncPocket
		},
		{ is: deskFull, next: 'Go to desk and press Sync there.', step: syncDesk },
		{
			is: (log) => isEmpty(log) || DEVICES.some((host) => !leaves(host)(log)),
			next: 'Both have everything. Set one of them to delete at post.',
			step: set('pocket', 0)
		},
		{
			is: (log) => isEmpty(log) || leaves('pocket')(log),
			next: 'Sync once more: pocket clears the box.',
			step: syncPocket
		},
		{ is: isEmpty, next: 'Sync once more: desk clears the box.', step: syncDesk },
		{ is: met(answeredRight(read)), next: 'Say what the second device shows of what was read.', step: no }
	],
	strays: [
		{
			is: lost,
			say: 'A letter was deleted before the other device had it. Nobody can bring it back.',
			amended: inReach
		}
	],
	showMe: [keepDesk, syncDesk, syncPocket, no],
	alternatives: [
		[set('pocket', null), syncPocket, answer('read', 'yes'), no, syncDesk, no],
		[keepDesk, set('pocket', null), syncDesk, syncPocket, no, syncDesk, set('desk', 0), syncDesk]
	],
	bypasses: [
		[syncDesk, syncPocket, no],
		[syncPocket, syncDesk, no],
		[keepDesk, syncPocket, syncDesk, no],
		[keepDesk, set('pocket', null), syncDesk, syncPocket, no],
		[keepDesk, syncDesk, set('desk', 0), syncDesk, syncPocket, no]
	],
	debrief:
		'Even now a reply, a flag or a folder on one device is unknown to the other. IMAP, in a later chapter, moves that memory to the server; with POP3 it stays in your pocket.'
};
