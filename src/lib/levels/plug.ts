/** 4.2: a line that breaks before QUIT never reaches UPDATE, and every mark dies with its session. */
import type { Event, Input } from '#lib/sim/event.ts';
import { RST } from '#lib/wire/tcp.ts';
import { becomes, both, met, never, seen, type Log, type Match } from './goals.ts';
import { answeredRight, expunged, locked, marked, online, originOf, packet, received } from './matches.ts';
import { answer, inside, QUIT, type, WAY_IN, wayBack } from './inputs.ts';
import type { Level, Milestone, Question } from './level.ts';
import { drop } from './projections.ts';
import { ADA, t0 } from './topologies.ts';

const scenario = t0();
const box = drop(scenario, ADA.name);
const marks = (log: Log): number => box(log).letters.filter((letter) => letter.marked !== null).length;

const LID: Input = { kind: 'abort', host: 'desk' };
const slammed: Match = both(
	packet({ from: 'desk', flags: RST }),
	(event, log) => originOf(log, event)?.input.kind === 'abort'
);
const twoMarked = becomes(marked(), (log) => marks(log) >= 2);
/** The lid falls on two marks or more. */
const cut = becomes(slammed, (log) => marks(log) >= 2);
/** Something that matches, after the lid fell. */
const later =
	(match: Match): Match =>
	(event, log) => {
		if (!match(event, log)) return false;
		const lid = cut(log);
		return lid !== null && lid.seq < event.seq;
	};
const back = later(locked(ADA.name));
const counted = seen(later(received('STAT', true, 'desk')));

const many: Question = {
	id: 'letters',
	kind: 'predict',
	ask: 'You are logging in again. How many letters will post say that the box has?',
	form: { kind: 'number', label: 'Letters' },
	gate: back,
	answer: (log) => {
		const login = seen(back)(log);
		return login ? box(log.slice(0, login.seq + 1)).now.letters : null;
	},
	explain: (given, right) =>
		`${given}? It is ${right}. Marks live in the session. The line broke, the session died, and nobody came to UPDATE: nothing was deleted.`
};

const isCut = met(cut);
const first = type('DELE 1');
const second = type('DELE 2');
const stat = type('STAT');
const told = answer('letters', 4);
const isMarked = (number: number) => (log: Log) =>
	box(log).letters.some((letter) => letter.number === number && letter.marked !== null);
const enough = (log: Log) => isCut(log) || (online('desk')(log) && inside(log) && marks(log) >= 2);
/** The same way leads in before the lid and after it. */
const [knock, user, pass] = wayBack((log) => counted(log) !== null);
const again = (milestone: Milestone | undefined): Milestone[] =>
	milestone ? [{ ...milestone, is: (log) => isCut(log) || milestone.is(log) }] : [];
const after = (milestone: Milestone | undefined): Milestone[] => (milestone ? [milestone] : []);

/** The lid fell on fewer marks than two. */
const tooEarly: Match = both(slammed, (event: Event, log) => marks(log.slice(0, event.seq)) < 2);

export const plug: Level = {
	slug: 'plug',
	number: '4.2',
	chapter: 4,
	title: 'The pulled plug',
	concept: 'Without QUIT nothing is deleted.',
	mission:
		'Mark two letters or more for deletion. desk is a laptop: slam its lid, and the line is cut in the middle of the session, with no goodbye. Then come back, log in and let STAT count what is left.',
	teaches: ['lid', 'lost session'],
	breaks: ['M1', 'M2'],
	lens: 1,
	scenario,
	seed: 420,
	prelude: WAY_IN,
	terminal: 'desk',
	levers: [
		{ kind: 'button', host: 'desk', say: 'Slam the lid: cut the line', input: LID, ready: online('desk') }
	],
	goal: [
		{ say: 'Two letters are marked', is: twoMarked },
		{ say: 'The lid cuts the line: RST', is: cut },
		{ say: 'You said how many letters are left', is: answeredRight(many) },
		{ say: 'You are back, and STAT has counted', is: counted },
		{ say: 'post has deleted nothing', is: never(expunged()), guard: true }
	],
	questions: [many],
	par: [
		{ unit: 'command', n: 6 },
		{ unit: 'act', n: 1 }
	],
	hints: [
		'The button for the lid stands above the box where you type.',
		'Marks live in the session. What dies with it?',
		'DELE 1, DELE 2, then the lid. After that connect post 110, USER ada, PASS lovelace, STAT.'
	],
	milestones: [
		...[knock, user, pass].flatMap(again),
		{
			is: (log) => enough(log) || isMarked(1)(log),
			next: 'Mark a letter for deletion: DELE 1',
			step: first
		},
		{ is: enough, next: 'Mark another one: DELE 2', step: second },
		{ is: isCut, next: 'Do not say QUIT. Press “Slam the lid: cut the line”.', step: LID },
		...[knock, user, pass].flatMap(after),
		{ is: met(answeredRight(many)), next: 'Say how many letters are left.', step: told },
		{ is: met(counted), next: 'Let post count: STAT', step: stat }
	],
	strays: [
		{
			is: tooEarly,
			say: 'The lid fell too early: fewer than two letters were marked. Log in again and mark two.',
			amended: isCut
		}
	],
	showMe: [first, second, LID, ...WAY_IN, told, stat],
	alternatives: [
		[type('DELE 4'), type('dele 3'), type('STAT'), LID, ...WAY_IN, told, type('stat')],
		[first, LID, ...WAY_IN, first, second, LID, ...WAY_IN, answer('letters', 2), told, stat],
		[first, type('RSET'), second, first, LID, LID, ...WAY_IN, stat, told]
	],
	bypasses: [
		[first, second, QUIT, ...WAY_IN, answer('letters', 2), told, stat],
		[first, LID, ...WAY_IN, told, stat],
		[first, second, type('RSET'), LID, ...WAY_IN, told, stat],
		[LID, ...WAY_IN, first, second, told, stat],
		[first, second, LID, told, stat]
	],
	debrief:
		'Safe for the mail, and dear for you: all that was marked is there again, and whatever you had already copied will be offered a second time. The next chapter is about that.'
};
