/** 3.4: TOP n k reads the header and k lines of the body, and leaves the rest where it is. */
import { letter } from '#lib/mail/letters.ts';
import { manyValue, readMany } from './answers.ts';
import { all, beyond, moreOctets, never, seen, type Log, type Match } from './goals.ts';
import {
	answeredRight,
	commanded,
	commandOf,
	number,
	receivedOf,
	replied,
	repliedTo,
	settled
} from './matches.ts';
import { answer, letterLost, type, WAY_IN, wayBack } from './inputs.ts';
import type { Level, Meter, Option, Question } from './level.ts';
import { drop } from './projections.ts';
import { ADA, t0 } from './topologies.ts';

const scenario = t0();
const box = drop(scenario, ADA.name);
const { letters } = box([]);
const LETTERS: readonly Option[] = letters.map(({ number: n }) => ({
	value: String(n),
	label: `letter ${n}`
}));
const largest = letters.reduce((a, b) => (b.octets > a.octets ? b : a));
const textOf = (name: string): string => String.fromCharCode(...letter(name).octets);
/** Octets that RETR of every letter would take: status line, stuffed letter, final dot. */
const CARRIED = letters.reduce((n, { name, octets }) => {
	const ends = `+OK ${octets} octets\r\n.\r\n`.length;
	return n + ends + octets + [...textOf(name).matchAll(/^\./gm)].length;
}, 0);
/** Octets that the tops of four letters may cost. */
const MOST = 800;

/** Octets that the tops cost at par. */
const PAR = 746;

/** The sender's line of a letter. */
function senderOf(name: string): string {
	return /^From: (.*)\r\n/.exec(textOf(name))?.[1] ?? '';
}
const FROM_GRACE = manyValue(
	new Set(letters.filter(({ name }) => senderOf(name).startsWith('Grace')).map(({ number: n }) => String(n))),
	LETTERS
);

/** The top of a letter has been read. */
const topOf = (n: number): Match =>
	receivedOf('TOP', true, (args) => number(n)(args.split(' ')[0] ?? ''), 'desk');
const tops = letters.map(({ number: n }) => seen(topOf(n)));
const readAll = all(...tops);

const done = (log: Log) => readAll(log) !== null;
const needs = { box };

const grace: Question = {
	id: 'grace',
	kind: 'tell',
	ask: 'Which letters are from Grace?',
	form: { kind: 'many', options: LETTERS },
	opens: (event, log) => replied('TOP', true)(event, log),
	answer: (log) => (readAll(log) ? FROM_GRACE : null),
	explain: (given, right) => {
		const said = readMany(given);
		const is = readMany(right);
		const n = letters.find(({ number: each }) => said.has(String(each)) !== is.has(String(each)));
		return n ? `Letter ${n.number} is from ${senderOf(n.name)}. The line that begins with From tells.` : '';
	}
};

/** Octets of those of post's replies to the player that are tops, or are not. */
const sent =
	(tops: boolean) =>
	(log: Log): number => {
		const first = log.filter(({ kind }) => kind === 'input')[WAY_IN.length]?.seq ?? log.length;
		return log
			.slice(first)
			.reduce(
				(n, event) =>
					n + (event.kind === 'pop3.reply' && replied('TOP', true)(event, log) === tops ? event.octets : 0),
				0
			);
	};
const meter: Meter = {
	say: 'Octets sent by post',
	parts: [
		{ say: 'tops', of: sent(true) },
		{ say: 'other replies', of: sent(false) }
	],
	marks: [
		{ at: PAR, say: 'par' },
		{ at: MOST, say: 'most' }
	],
	most: 1000
};

const tooMuch = moreOctets(replied('TOP', true), MOST);
/** Of a letter whose top was read before, or with lines of its body. */
const wasted: Match = (event, log) => {
	if (event.kind !== 'pop3.reply' || !replied('TOP', true)(event, log)) return false;
	const [n, lines] = commandOf(log, event)?.args.split(' ').map(Number) ?? [];
	const again = repliedTo('TOP', true, (args) => Number(args.split(' ')[0]) === n);
	return lines !== 0 || beyond(again, 1)(event, log);
};

const topLine = (n: number) => type(`TOP ${n} 0`);
const said = answer('grace', FROM_GRACE);
const carried: Match = commanded('RETR');

export const top: Level = {
	slug: 'top',
	number: '3.4',
	chapter: 3,
	title: 'Just the top',
	concept: 'TOP reads the headers and leaves the rest.',
	mission: `Ada asks which letters are from Grace, and she pays by the octet. Find out without carrying a single letter home. post may send you ${MOST} octets of tops at most; one letter alone has ${largest.octets}.`,
	teaches: ['TOP', 'header'],
	breaks: ['M9'],
	lens: 1,
	scenario,
	seed: 340,
	prelude: WAY_IN,
	terminal: 'desk',
	goal: [
		{ say: 'You have read the top of all four', is: readAll },
		{ say: 'You said which are from Grace', is: answeredRight(grace) },
		{ say: 'No letter was carried home', is: never(carried), guard: true },
		{ say: `The tops cost at most ${MOST} octets`, is: tooMuch, guard: true }
	],
	questions: [grace],
	par: [{ unit: 'octet', n: PAR }],
	meter,
	hints: [
		'The sender stands in the header, at the top of each letter.',
		'TOP takes two numbers: which letter, and how many lines of its body. None will do.',
		'Type TOP 1 0, and the same for 2, 3 and 4. Read the lines with From.'
	],
	milestones: [
		...wayBack(done, needs),
		...letters.map(({ number: n }, i) => ({
			is: (log: Log) => tops[i]?.(log) != null,
			next: `Read the top of letter ${n}, and no line of its body: TOP ${n} 0`,
			step: topLine(n)
		})),
		{ is: settled(grace), next: 'Say which letters are from Grace.', step: said }
	],
	strays: [
		letterLost(done, needs),
		{
			is: wasted,
			say: 'Octets were spent here that nobody needed. Read each top once, with 0 lines of the body.',
			amended: (log) => tooMuch(log) === null,
			breaks: true
		}
	],
	showMe: [...letters.map(({ number: n }) => topLine(n)), said],
	alternatives: [
		[...letters.map(({ number: n }) => topLine(n)).reverse(), said],
		[type('LIST'), topLine(1), topLine(2), type('TOP 3 1'), answer('grace', '3'), topLine(4), said],
		[type('TOP 9 0'), ...letters.map(({ number: n }) => topLine(n)), answer('grace', 'none'), said]
	],
	bypasses: [
		[said],
		[topLine(3), topLine(4), said],
		[...letters.map(({ number: n }) => type(`RETR ${n}`)), said],
		[...letters.map(({ number: n }) => type(`TOP ${n} 99`)), said],
		[type('RETR 1'), ...letters.map(({ number: n }) => topLine(n)), said],
		[...letters.map(({ number: n }) => topLine(n)), answer('grace', '1, 3, 4')]
	],
	debrief: (log) =>
		`The tops took ${sent(true)(log)} octets; all the letters would have taken ${CARRIED}. A mail program that shows only subjects works like this. A server need not have TOP, though: CAPA, in chapter 6, tells.`
};
