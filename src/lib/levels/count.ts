/** 3.1: STAT, LIST and RETR; sizes are counted in octets. */
import { either, met, never, seen, type Log, type Match } from './goals.ts';
import { answeredRight, number, packet, received, receivedOf, replied, repliedTo } from './matches.ts';
import { answer, letterLost, type, WAY_IN, wayBack } from './inputs.ts';
import type { Level, Question } from './level.ts';
import { drop } from './projections.ts';
import { ADA, t0 } from './topologies.ts';

const scenario = t0();
const box = drop(scenario, ADA.name);
/** What Ada has, before anything was done. */
const { letters, now } = box([]);
const smallest = letters.reduce((a, b) => (b.octets < a.octets ? b : a));
const largest = letters.reduce((a, b) => (b.octets > a.octets ? b : a));

const listedAll: Match = receivedOf('LIST', true, (args) => args === '', 'desk');
/** As post wrote them. */
const sizes: Match = replied('LIST', true);
const counted: Match = either(listedAll, received('STAT', true, 'desk'));

const total: Question = {
	id: 'total',
	kind: 'tell',
	ask: 'An octet is a byte, eight bits. How many octets do all of Ada’s letters have together?',
	form: { kind: 'number', label: 'Octets' },
	opens: counted,
	answer: (log) => (seen(counted)(log) ? box(log).now.octets : null),
	explain: (given, right) =>
		`You said ${given}. post counts ${letters.map(({ octets }) => octets).join(' + ')} = ${right}. The first number is how many letters there are.`
};

const least: Question = {
	id: 'smallest',
	kind: 'point',
	ask: 'Open the packet with LIST’s answer, and point at the line of the smallest letter.',
	form: {
		kind: 'field',
		name: 'pop.response.data',
		also: ['pop.text'],
		packet: packet({ from: 'post', srcPort: 110, payload: true }),
		is: (shown) => /^\d+ \d+$/.test(shown)
	},
	opens: listedAll,
	answer: (log) => (seen(listedAll)(log) ? `${smallest.number} ${smallest.octets}` : null),
	explain: (given, right) =>
		`You chose ${given}. In each line the number of the letter comes first, its size second. Look for ${right}.`
};

const fetched: Match = receivedOf('RETR', true, number(smallest.number), 'desk');
const other: Match = repliedTo('RETR', true, (args) => !number(smallest.number)(args));

const list = type('LIST');
const retrieve = type(`RETR ${smallest.number}`);
const answers = [answer('total', now.octets), answer('smallest', `${smallest.number} ${smallest.octets}`)];
const needs = { box, uids: [smallest.uid] };
const done = (log: Log) => seen(listedAll)(log) !== null && seen(fetched)(log) !== null;

export const count: Level = {
	slug: 'count',
	number: '3.1',
	chapter: 3,
	title: 'Count and carry',
	concept: 'STAT, LIST and RETR; sizes are counted in octets.',
	mission:
		'You are inside, and the line is slow. Ada can carry only one letter tonight: the smallest. Ask post how large each one is, then fetch that letter and no other.',
	teaches: ['LIST', 'RETR', 'octet'],
	breaks: ['M9'],
	lens: 1,
	scenario,
	seed: 310,
	prelude: WAY_IN,
	terminal: 'desk',
	goal: [
		{ say: 'You said how many octets lie in the box', is: answeredRight(total) },
		{ say: 'You pointed at the smallest letter', is: answeredRight(least) },
		{ say: 'The smallest letter has reached desk', is: seen(fetched) },
		{ say: 'No other letter was carried', is: never(other), guard: true }
	],
	questions: [total, least],
	par: [{ unit: 'command', n: 2 }],
	hints: [
		'One command lists the size of every letter.',
		'STAT gives totals only. You need a list.',
		'Type LIST, find the smallest second number, then RETR and its first number.'
	],
	milestones: [
		...wayBack(done, needs),
		{ is: met(seen(listedAll)), next: 'Ask for all the sizes: LIST', step: list },
		{
			is: met(answeredRight(total)),
			next: 'Say how many octets there are in all. LIST’s first line has them in brackets.',
			step: answers[0] ?? null
		},
		{
			is: met(answeredRight(least)),
			next: 'Open the packet with the list. Point at the line whose second number is smallest.',
			step: answers[1] ?? null
		},
		{ is: met(seen(fetched)), next: `Fetch the smallest: RETR ${smallest.number}`, step: retrieve }
	],
	strays: [letterLost(done, needs)],
	showMe: [list, ...answers, retrieve],
	alternatives: [
		[type('STAT'), ...answers.slice(0, 1), list, ...answers.slice(1), retrieve],
		[type('list'), retrieve, answer('total', 4), ...answers],
		[type('LIST 2'), retrieve, list, ...answers]
	],
	bypasses: [
		[retrieve],
		[retrieve, ...answers],
		[type('STAT'), ...answers, retrieve],
		[list, ...answers, type('RETR 3'), retrieve],
		[list, ...answers, type('RETR 9')]
	],
	debrief: (log) => {
		const asked = log.reduce(
			(n, event) => n + (event.kind === 'pop3.reply' && sizes(event, log) ? event.octets : 0),
			0
		);
		return `LIST counts octets as they are stored, not the letters you see: every line end is two of them. Asking first cost ${asked} octets. The largest letter alone has ${largest.octets}.`;
	}
};
