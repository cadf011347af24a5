/** 5.2: post keeps no "read" mark: whoever leaves letters there must remember their names. */
import type { Input } from '#lib/sim/event.ts';
import { ADA, t0, withMail } from './topologies.ts';
import { becomes, both, either, met, never, seen, type Log, type Match } from './goals.ts';
import { answeredRight, expunged, synced } from './matches.ts';
import { answer } from './inputs.ts';
import type { Lever, Level, Question } from './level.ts';
import { store } from './projections.ts';
import { standing } from './seats.ts';

const HOST = 'desk';
const SYNC: Input = { kind: 'sync', host: HOST };
const TIDY = { kind: 'tidy', host: HOST } as const;
const set = (settings: { readonly remember?: boolean; readonly keepDays?: number | null }) =>
	({ kind: 'settings', host: HOST, settings }) as const;
const REMEMBER = set({ remember: true });
const FORGET = set({ remember: false });
const LEAVE = set({ keepDays: null });
const DELETE = set({ keepDays: 0 });

type Switch = Extract<Lever, { kind: 'switch' }>;
const memory: Switch = {
	kind: 'switch',
	host: HOST,
	say: 'Remember what was fetched',
	ways: [
		{ label: 'no', input: FORGET },
		{ label: 'yes', input: REMEMBER }
	]
};
const leaving: Switch = {
	kind: 'switch',
	host: HOST,
	say: 'Leave letters at post',
	ways: [
		{ label: 'yes', input: LEAVE },
		{ label: 'no', input: DELETE }
	]
};
const remembers = (log: Log) => standing(memory, log) === 1;
const leaves = (log: Log) => standing(leaving, log) === 0;

const copies = (log: Log): readonly number[] => [...store(log, HOST).values()].map((each) => each.copies);
const doubled = (log: Log) => copies(log).some((n) => n > 1);
const stored: Match = (event) => event.kind === 'mail.letter' && event.host === HOST;
/** The same letter has come again to a desk that does not remember. */
const twiceHere = becomes(stored, (log) => doubled(log) && !remembers(log));
const done: Match = (event) => event.kind === 'mail.done' && event.host === HOST;
const said = (line: RegExp): Match => {
	return (event) => event.kind === 'pop3.sent' && event.host === HOST && line.test(event.line);
};
const askedNames = said(/^UIDL/);
/** A sync that asked for names and fetched nothing of what post has. */
const nothingNew = seen((event, log) => {
	if (event.kind !== 'mail.done' || event.host !== HOST || event.fetched > 0 || !event.updated) return false;
	const names = log.findLast((other) => other.seq < event.seq && askedNames(other, log));
	return names?.kind === 'pop3.sent' && names.session === event.session && copies(log).length === 4;
});
const onceEach = becomes(
	either(done, (event) => event.kind === 'input' && event.input.kind === 'tidy'),
	(log) => {
		const all = [...store(log, HOST).values()];
		const once = all.length === ADA.box.length && all.every((each) => each.copies === 1 && each.intact);
		return once && twiceHere(log) !== null && nothingNew(log) !== null;
	}
);

/** The first letter asked for by a sync that has no memory of those that are here. */
const again: Match = both(said(/^RETR/), (event, log) => {
	const begun = log.findLast((other) => other.seq < event.seq && synced(HOST)(other, log));
	const before = log.slice(0, begun?.seq ?? 0);
	return copies(before).length > 0 && !remembers(before);
});

const travels: Question = {
	id: 'travels',
	kind: 'predict',
	ask: 'The second Sync, and no new mail has come. How many letters will travel this time?',
	form: { kind: 'number', label: 'Letters' },
	gate: again,
	answer: (log) => {
		const repeat = seen(again)(log);
		const end = repeat && log.find((event) => event.seq > repeat.seq && done(event, log));
		return end?.kind === 'mail.done' ? end.fetched : null;
	},
	explain: (given, right) =>
		`You said ${given}. It was ${right}: post does not note what you have read, and desk did not ask for names. To both of them all is new.`
};
const names: Match = (event) =>
	event.kind === 'pop3.received' && event.host === HOST && event.keyword === 'UIDL' && event.ok;
const knows: Question = {
	id: 'knows',
	kind: 'predict',
	ask: 'Now desk asks post for the letters’ names. Who knows which of them have been fetched before?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'desk', label: 'my device: it writes names down' },
			{ value: 'post', label: 'post: it marks what was read' },
			{ value: 'both', label: 'both of them' }
		]
	},
	gate: names,
	answer: (log) => (seen(names)(log) ? 'desk' : null),
	explain: () =>
		'Only your device: post gives out names and sizes, never a “read” mark. A second device, or a lost memory, begins from nothing.'
};

const known = (log: Log): boolean => {
	const uids = log.flatMap((event) =>
		event.kind === 'mail.known' && event.host === HOST ? [event.uid] : []
	);
	return new Set(uids).size === ADA.box.length;
};
const count = answer('travels', 4);
const who = answer('knows', 'desk');
const isTwice = met(twiceHere);

export const twice: Level = {
	slug: 'twice',
	number: '5.2',
	chapter: 5,
	title: 'Why did my mail come twice?',
	concept: 'The server does not know what you have read.',
	mission:
		'Ada’s mail program leaves her letters at post. Press Sync, and again: see the inbox grow. Find the one setting that stops it, throw the copies out, and show that the next Sync brings nothing twice.',
	teaches: ['mail program', 'leave on server', 'remembered names'],
	breaks: ['M7'],
	lens: 1,
	scenario: withMail(t0(), [HOST], {
		capa: false,
		utf8: false,
		login: ['user'],
		keepDays: null,
		remember: false,
		withoutUidl: 'everything'
	}),
	seed: 520,
	prelude: [],
	terminal: HOST,
	seats: [{ host: HOST, program: 'mail' }],
	levers: [
		memory,
		leaving,
		{ kind: 'button', host: HOST, say: 'Throw copies out', input: TIDY, ready: doubled }
	],
	pace: 3,
	goal: [
		{ say: 'Letters have come twice to a desk without memory', is: twiceHere },
		{ say: 'You said how many travel the second time', is: answeredRight(travels) },
		{ say: 'You said who knows what was fetched', is: answeredRight(knows) },
		{ say: 'A Sync asked for names and fetched nothing', is: nothingNew },
		{ say: 'Each of the four letters is here once', is: onceEach },
		{ say: 'post still keeps them all', is: never(expunged()), guard: true }
	],
	questions: [travels, knows],
	par: [{ unit: 'act', n: 6 }],
	hints: [
		'Compare two Syncs in the list of commands: what does the mail program never ask?',
		'To skip known letters one needs names. A memory begins empty: it is filled by a Sync.',
		'Set “Remember what was fetched” to yes, Sync, throw the copies out, Sync.'
	],
	milestones: [
		{ is: leaves, next: 'Set “Leave letters at post” to yes again: they are to stay.', step: LEAVE },
		{
			is: (log) => isTwice(log) || !remembers(log),
			next: 'First see the fault: set “Remember what was fetched” to no.',
			step: FORGET
		},
		{ is: (log) => isTwice(log) || copies(log).length > 0, next: 'Fetch the mail: press Sync.', step: SYNC },
		{ is: isTwice, next: 'And again: press Sync, and watch the wire.', step: SYNC },
		{ is: met(answeredRight(travels)), next: 'Say how many letters travelled the second time.', step: count },
		{
			is: (log) => remembers(log) || met(onceEach)(log),
			next: 'Set “Remember what was fetched” to yes.',
			step: REMEMBER
		},
		{
			is: (log) => known(log) || met(nothingNew)(log),
			next: 'The memory is empty yet. Sync once more to fill it.',
			step: SYNC
		},
		{ is: met(answeredRight(knows)), next: 'Say who knows what was fetched before.', step: who },
		{
			is: (log) => !doubled(log) || met(onceEach)(log),
			next: 'Now throw the copies out: one of each stays.',
			step: TIDY
		},
		{
			is: (log) => met(nothingNew)(log) && met(onceEach)(log),
			next: 'And the proof: Sync brings nothing twice.',
			step: SYNC
		}
	],
	strays: [
		{
			is: both(
				(event) => event.kind === 'input' && event.input.kind === 'settings',
				(event) =>
					event.kind === 'input' && event.input.kind === 'settings' && event.input.settings.keepDays === 0
			),
			say: 'With “no” the letters at post are deleted, and they are to stay there.',
			amended: leaves,
			breaks: true
		}
	],
	showMe: [SYNC, SYNC, count, REMEMBER, SYNC, who, TIDY, SYNC],
	alternatives: [
		[SYNC, SYNC, SYNC, answer('travels', 0), count, REMEMBER, SYNC, who, SYNC, TIDY],
		[SYNC, SYNC, count, TIDY, REMEMBER, SYNC, TIDY, SYNC, answer('knows', 'post'), who],
		[REMEMBER, FORGET, SYNC, SYNC, DELETE, LEAVE, REMEMBER, SYNC, TIDY, SYNC, count, who]
	],
	bypasses: [
		[SYNC, REMEMBER, SYNC, TIDY, SYNC, count, who],
		[SYNC, SYNC, count, TIDY, who],
		[SYNC, SYNC, count, DELETE, SYNC, TIDY, SYNC, who],
		[SYNC, SYNC, count, REMEMBER, TIDY, SYNC, who],
		[SYNC, SYNC, count, REMEMBER, SYNC, who, SYNC]
	],
	debrief:
		'Mail comes twice as well when a session is cut before QUIT, on a new phone, or when a mail program has lost its notes. Every cause is a memory that was lost on your side. UIDL gives the names to remember.'
};
