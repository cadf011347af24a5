/** 4.1: DELE marks, RSET unmarks, and QUIT makes it so in UPDATE. */
import { beyond, count, latest, met, never, seen, type Log, type Match } from './goals.ts';
import { answeredRight, expunged, marked, online, pop3State, settled } from './matches.ts';
import { answer, inside, QUIT, type, WAY_IN } from './inputs.ts';
import type { Level, Option, Question } from './level.ts';
import type { Total } from './maildrop.ts';
import { drop } from './projections.ts';
import { ADA, t0 } from './topologies.ts';

const scenario = t0();
const box = drop(scenario, ADA.name);
const PRIZE = 'u-won-2';
const MARKED = [1, 3, 4];
const prelude = [...WAY_IN, ...MARKED.map((n) => type(`DELE ${n}`))];

/** Replies of the prelude: the greeting, and one for each line after `connect`. */
const OLD = prelude.length;
const fresh: Match = beyond((event) => event.kind === 'pop3.reply', OLD);
const total = ({ letters, octets }: Total): string => `${letters} ${octets}`;

/** What STAT would say, what is stored, and what the marked ones have. */
function totals(log: Log): readonly Option[] {
	const { now, afterUpdate } = box(log);
	const rest = { letters: now.letters - afterUpdate.letters, octets: now.octets - afterUpdate.octets };
	return [
		{ value: total(now), label: `${total(now)}: all of them` },
		{ value: total(afterUpdate), label: `${total(afterUpdate)}: those not marked` },
		{ value: total(rest), label: `${total(rest)}: those marked` }
	];
}
/** As the day clerk left it: up to the last mark of the prelude. */
const asLeft = (log: Log): Log => {
	const last = count(marked(), MARKED.length)(log);
	return last ? log.slice(0, last.seq + 1) : log;
};

const stat: Question = {
	id: 'stat',
	kind: 'predict',
	ask: 'Three letters are marked for deletion. What would STAT say now: how many letters, how many octets?',
	form: { kind: 'choice', options: (log) => totals(asLeft(log)) },
	opens: marked('u-photo-4'),
	gate: fresh,
	answer: (log) => (seen(fresh)(log) ? total(box(asLeft(log)).afterUpdate) : null),
	explain: (_given, right) =>
		`STAT says ${right}: marked letters are no longer counted, though they are still on the disk.`
};

const saved = (log: Log) =>
	box(log).letters.every(({ marked: mark, number }) => mark === null || number === 2);
const prizeMarked = met(
	latest(
		(event) => (event.kind === 'maildrop.mark' && event.uid === PRIZE) || event.kind === 'maildrop.lock',
		marked(PRIZE)
	)
);
const gone = seen(expunged(PRIZE));
const committed = seen(pop3State({ from: 'TRANSACTION', to: 'UPDATE' }));
const over = (log: Log) => gone(log) !== null && committed(log) !== null;
const other: Match = (event) => event.kind === 'maildrop.expunge' && event.uid !== PRIZE;

const told = answer('stat', '1 150');
const reset = type('RSET');
const drop2 = type('DELE 2');

export const goodbye: Level = {
	slug: 'goodbye',
	number: '4.1',
	chapter: 4,
	title: 'Nothing is gone until goodbye',
	concept: 'DELE marks, RSET unmarks, QUIT makes it so.',
	mission:
		'The day clerk marked letters 1, 3 and 4 for deletion and went home, the line still open. Wrong ones! Only the prize letter, number 2, may go. Put it right before you say goodbye.',
	teaches: ['DELE', 'RSET', 'UPDATE'],
	breaks: ['M1', 'M2'],
	lens: 1,
	scenario,
	seed: 410,
	prelude,
	terminal: 'desk',
	goal: [
		{ say: 'You said what STAT would say now', is: answeredRight(stat) },
		{ say: 'post went from TRANSACTION to UPDATE', is: committed },
		{ say: 'The prize letter is gone', is: gone },
		{ say: 'No other letter is gone', is: never(other), guard: true }
	],
	questions: [stat],
	par: [{ unit: 'command', n: 3 }],
	hints: [
		'Ask STAT what is still visible, or look into the Mailbox.',
		'One command forgets all marks of this session.',
		'Type RSET, then DELE 2, then QUIT.'
	],
	milestones: [
		{ is: settled(stat), next: 'Say first what STAT would answer now.', step: told },
		{
			is: (log) => over(log) || online('desk')(log),
			next: 'The line is closed. Knock again: connect post 110',
			step: WAY_IN[0] ?? null
		},
		{
			is: (log) => over(log) || inside(log) || met(latest(pop3State(), pop3State({ on: 'USER' })))(log),
			next: 'Say who you are: USER ada',
			step: WAY_IN[1] ?? null
		},
		{
			is: (log) => over(log) || inside(log),
			next: 'Now the word: PASS lovelace',
			step: WAY_IN[2] ?? null
		},
		{
			is: (log) => over(log) || saved(log),
			next: 'Take all the marks back, the wrong ones with them: RSET',
			step: reset
		},
		{ is: (log) => over(log) || prizeMarked(log), next: 'Mark the prize letter: DELE 2', step: drop2 },
		{ is: over, next: 'Say goodbye, which makes it so: QUIT', step: QUIT }
	],
	strays: [
		{
			is: (event, log) =>
				event.kind === 'maildrop.mark' &&
				event.marked &&
				event.uid !== PRIZE &&
				log.slice(0, event.seq).filter(({ kind }) => kind === 'maildrop.mark').length >= MARKED.length,
			say: 'That letter is to stay. RSET takes all marks back.',
			amended: (log) => saved(log) && never(other)(log) === null,
			breaks: true
		}
	],
	showMe: [told, reset, drop2, QUIT],
	alternatives: [
		[told, type('RSET'), type('LIST'), type('DELE 2'), type('STAT'), type('QUIT')],
		[type('STAT'), answer('stat', '4 7042'), told, reset, type('DELE 3'), reset, drop2, QUIT],
		[told, drop2, reset, type('dele 2'), type('quit')]
	],
	bypasses: [
		[told, QUIT],
		[told, drop2, QUIT],
		[told, reset, QUIT],
		[told, reset, drop2],
		[reset, drop2, QUIT],
		[told, reset, drop2, type('DELE 1'), QUIT],
		[told, drop2, reset, QUIT]
	],
	debrief:
		'Marked letters vanish from STAT and LIST, but not from the disk: until QUIT every mark can be taken back. Goodbye is the moment when the server enters UPDATE and they really go.'
};
