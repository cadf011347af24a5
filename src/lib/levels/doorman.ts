/** 2.3: a server's chart with three wrong arrows, re-aimed until six transcripts pass. */
import type { Outcome } from '#lib/pop3/transcripts.ts';
import type { Wire } from '#lib/pop3/wiring.ts';
import type { Event, Input } from '#lib/sim/event.ts';
import { met, never, seen, type Log, type Match, type Predicate } from './goals.ts';
import { answeredRight } from './matches.ts';
import type { Level, Question } from './level.ts';
import { t0 } from './topologies.ts';

const FAULTS: readonly Wire[] = [
	{ from: 'AUTHORIZATION', on: 'USER', to: 'TRANSACTION' },
	{ from: 'TRANSACTION', on: 'DELE', to: 'TRANSACTION', expunges: true },
	{ from: 'AUTHORIZATION', on: 'QUIT', to: 'UPDATE' }
];
const ALL = 6;

const aim = (wire: Wire): Input => ({ kind: 'wire', host: 'post', wire });
const run: Input = { kind: 'drill', host: 'post' };
const answer = (value: string): Input => ({ kind: 'answer', question: 'loses', value });

const drilled: Match = (event) => event.kind === 'pop3.drill';
const sameArrow = (a: Wire, b: Wire): boolean => a.from === b.from && a.on === b.on;
/** How an arrow stands now, as far as the player has aimed it. */
const standing = (log: Log, arrow: Wire): Wire => {
	const last = log.findLast(
		(event) => event.kind === 'input' && event.input.kind === 'wire' && sameArrow(event.input.wire, arrow)
	);
	return last?.kind === 'input' && last.input.kind === 'wire' ? last.input.wire : arrow;
};
const aimed =
	(right: Wire) =>
	(log: Log): boolean => {
		const { to, expunges } = standing(log, FAULTS.find((fault) => sameArrow(fault, right)) ?? right);
		return to === right.to && !expunges;
	};
const soundTouched: Match = (event) =>
	event.kind === 'input' &&
	event.input.kind === 'wire' &&
	!FAULTS.some((fault) => event.input.kind === 'wire' && sameArrow(fault, event.input.wire));

/** All transcripts of one drill pass: the event of the last of them. */
const allPass: Predicate = (log) => {
	const passed = new Map<Event['cause'], number>();
	for (const event of log) {
		if (event.kind !== 'pop3.drill' || !event.outcome.passed) continue;
		const n = (passed.get(event.cause) ?? 0) + 1;
		if (n === ALL) return event;
		passed.set(event.cause, n);
	}
	return null;
};

/** The command at which a letter went that UPDATE has not taken. */
function lossIn({ steps }: Outcome): string | null {
	const before = (i: number) => steps[i - 1]?.letters ?? 4;
	const step = steps.find(({ letters, states }, i) => letters < before(i) && !states.includes('UPDATE'));
	return step ? (step.say.split(' ')[0] ?? null) : null;
}

const loses: Question = {
	id: 'loses',
	kind: 'predict',
	ask: 'Three arrows are wrong. Which of them can lose a letter that nobody gave up?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'USER', label: 'USER opens the box' },
			{ value: 'DELE', label: 'DELE removes at once' },
			{ value: 'QUIT', label: 'QUIT passes through UPDATE' }
		]
	},
	gate: drilled,
	answer(log) {
		if (!seen(drilled)(log)) return null;
		const lost = log.flatMap((event) => (event.kind === 'pop3.drill' ? (lossIn(event.outcome) ?? []) : []));
		// whoever mends that arrow first never sees the loss
		return lost[0] ?? FAULTS.find(({ expunges }) => expunges)?.on ?? null;
	},
	explain: (given) =>
		given === 'USER'
			? 'USER lets a stranger in, which is bad enough, but reading removes nothing. DELE does: it takes the letter at once, before any goodbye.'
			: 'Nobody is logged in at that QUIT, so UPDATE finds no marks and removes nothing. DELE takes the letter at once, before any goodbye.'
};

const user = aim({ from: 'AUTHORIZATION', on: 'USER', to: 'AUTHORIZATION.waitingForPassword' });
const dele = aim({ from: 'TRANSACTION', on: 'DELE', to: 'TRANSACTION' });
const quit = aim({ from: 'AUTHORIZATION', on: 'QUIT', to: 'closed' });
const steps = [user, dele, quit] as const;
const mended = (step: Input): ((log: Log) => boolean) =>
	step.kind === 'wire' ? aimed(step.wire) : () => false;

const ends = t0();

export const doorman: Level = {
	slug: 'doorman',
	number: '2.3',
	chapter: 2,
	title: 'Fix the doorman',
	concept: 'The protocol is a state machine: repair its arrows.',
	mission:
		'This is the chart that post’s server runs on. Three arrows are wrong. Run the six transcripts. Then drag arrow heads to other boxes, or choose in the list, until all pass. Leave sound arrows alone.',
	teaches: ['state machine', 'transition'],
	breaks: ['M1', 'M2', 'M16'],
	lens: 1,
	scenario: {
		...ends,
		hosts: ends.hosts.map((host) => (host.pop3 ? { ...host, pop3: { ...host.pop3, wires: FAULTS } } : host))
	},
	seed: 23,
	prelude: [],
	terminal: 'desk',
	goal: [
		{ say: 'All six transcripts pass', is: allPass },
		{ say: 'Only wrong arrows were touched', is: never(soundTouched), guard: true },
		{ say: 'You said which arrow loses letters', is: answeredRight(loses) }
	],
	questions: [loses],
	par: [{ unit: 'edit', n: 3 }],
	hints: [
		'Run a red transcript and watch where the token goes.',
		'Login needs two steps, and deleting is only a mark.',
		'USER waits for the password. DELE only marks. QUIT before login ends without UPDATE.'
	],
	milestones: [
		{ is: mended(user), next: 'USER lets anyone in. Aim it at waiting for password.', step: user },
		{ is: met(answeredRight(loses)), next: 'Say which arrow can lose a letter.', step: answer('DELE') },
		{ is: mended(dele), next: 'DELE removes at once. Let it only mark.', step: dele },
		{ is: mended(quit), next: 'QUIT before login goes through UPDATE. Aim it at closed.', step: quit }
	],
	strays: [
		{
			is: soundTouched,
			say: 'That arrow was right as it was. Go back to before you touched it.',
			amended: () => false
		}
	],
	showMe: [user, answer('DELE'), dele, quit],
	alternatives: [
		[run, answer('DELE'), quit, dele, user],
		[dele, answer('USER'), answer('DELE'), user, quit],
		[
			{ kind: 'type', host: 'desk', line: 'connect post 110' },
			{ kind: 'type', host: 'desk', line: 'USER ada' },
			aim({ from: 'AUTHORIZATION', on: 'USER', to: 'AUTHORIZATION.waitingForName' }),
			...steps,
			answer('DELE')
		]
	],
	bypasses: [
		[run, answer('DELE')],
		[...steps, answer('QUIT')],
		[user, dele, answer('DELE')],
		[...steps, aim({ from: 'TRANSACTION', on: 'STAT', to: 'closed' }), answer('DELE')],
		[
			aim({ from: 'TRANSACTION', on: 'LOST', to: 'UPDATE' }),
			aim({ from: 'TRANSACTION', on: 'LOST', to: 'closed' }),
			...steps,
			answer('DELE')
		]
	],
	debrief:
		'A protocol is a machine: states, and arrows with conditions and deeds. Most bugs that lose mail are one wrong arrow. A server that expunges on DELE looks right in every test that ends with QUIT.'
};
