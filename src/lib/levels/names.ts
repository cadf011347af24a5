/** 5.1: message numbers belong to a session; the names that UIDL tells stay. */
import { both, either, met, never, seen, type Log, type Match } from './goals.ts';
import {
	answeredRight,
	commanded,
	number,
	packet,
	received,
	receivedOf,
	replied,
	settled
} from './matches.ts';
import { answer, letterLost, type, WAY_IN, wayBack } from './inputs.ts';
import type { Level, Question } from './level.ts';
import { drop } from './projections.ts';
import { textOf } from './segment.ts';
import { ADA, t0 } from './topologies.ts';

const PHOTO = 'u-photo-4';
const scenario = t0({ users: [{ ...ADA, box: ADA.box.filter((name) => name !== 'won') }] });
const box = drop(scenario, ADA.name);
const { letters } = box([]);
const yesterday = drop(t0(), ADA.name)([]).letters;
const today = letters.find(({ uid }) => uid === PHOTO)?.number ?? 0;
const before = yesterday.find(({ uid }) => uid === PHOTO)?.number ?? 0;

/** What tells the numbers of today. */
const told: Match = either(
	replied('UIDL', true),
	replied('LIST', true),
	replied('STAT', true),
	replied('RETR', true),
	replied('RETR', false),
	replied('TOP', true)
);
const named: Match = receivedOf('UIDL', true, (args) => args === '', 'desk');

const photo: Question = {
	id: 'photo',
	kind: 'predict',
	ask: `Yesterday the Photo was number ${before}. Letter 2 is gone since. Which number has the Photo today?`,
	form: { kind: 'number', label: 'Number' },
	opens: received('PASS', true),
	gate: told,
	answer: (log) => (seen(told)(log) ? today : null),
	explain: (given, right) =>
		`You said ${given}. Numbers are handed out anew at each login, from 1 without a gap: the Photo is ${right} of ${letters.length} today.`
};

const line: Question = {
	id: 'line',
	kind: 'point',
	ask: 'Open the packet with UIDL’s answer, and point at the line that names the Photo.',
	form: {
		kind: 'field',
		name: 'pop.response.data',
		also: ['pop.text'],
		packet: both(packet({ from: 'post', srcPort: 110 }), (event) =>
			event.kind === 'packet.sent' ? textOf(event.bytes).includes(PHOTO) : false
		),
		is: (shown) => /^\d+ u-/.test(shown)
	},
	opens: named,
	answer: (log) => (seen(named)(log) ? `${today} ${PHOTO}` : null),
	explain: (given, right) =>
		`You chose ${given}. The note says what the Photo is called; its line today is ${right}.`
};

const fetched: Match = receivedOf('RETR', true, number(today), 'desk');
/** A RETR of anything else before the Photo is there, refused or not. */
const missed: Match = both(
	commanded('RETR', 'TRANSACTION'),
	(event) => event.kind === 'pop3.command' && !number(today)(event.args)
);

const uidl = type('UIDL');
const retrieve = type(`RETR ${today}`);
const answers = [answer('photo', today), answer('line', `${today} ${PHOTO}`)];
/** With another gone the Photo would have another number. */
const needs = { box };
const done = (log: Log) => seen(named)(log) !== null && seen(fetched)(log) !== null;

export const names: Level = {
	slug: 'names',
	number: '5.1',
	chapter: 5,
	title: 'Names, not numbers',
	concept: 'Numbers belong to a session; UIDL names stay.',
	mission:
		'Yesterday’s note says which letter is which, but letter 2 was deleted since, and this is a new session. Ada wants the Photo. Ask post for the names, and fetch it at the first try.',
	teaches: ['UIDL', 'unique-id'],
	breaks: ['M6', 'M8'],
	lens: 1,
	scenario,
	seed: 510,
	prelude: WAY_IN,
	terminal: 'desk',
	note: `yesterday:\n${yesterday.map(({ number: n, uid }) => `${n}\u00a0${uid.replaceAll('-', '-\u2060')}`).join(',\n')}`,
	goal: [
		{ say: 'You said which number the Photo has today', is: answeredRight(photo) },
		{ say: 'post told the names of all letters', is: seen(named) },
		{ say: 'You pointed at the Photo’s name', is: answeredRight(line) },
		{ say: 'The Photo has reached desk', is: seen(fetched) },
		{ say: 'Your first RETR was for the Photo', is: never(missed, fetched), guard: true }
	],
	questions: [photo, line],
	par: [{ unit: 'command', n: 2 }],
	hints: [
		'Yesterday’s note shows a name beside each number.',
		'Numbers are handed out anew in each session. The names stay.',
		`Type UIDL, find ${PHOTO}, then RETR and the number in front of it.`
	],
	milestones: [
		{
			is: settled(photo),
			next: 'Say which number the Photo has today: one letter before it is gone.',
			step: answers[0] ?? null
		},
		...wayBack(done, needs),
		{ is: met(seen(named)), next: 'Ask for the names of all letters: UIDL', step: uidl },
		{
			is: met(answeredRight(line)),
			next: `Open the packet with the names, and point at the line with ${PHOTO}.`,
			step: answers[1] ?? null
		},
		{ is: met(seen(fetched)), next: `Fetch the Photo by its number of today: RETR ${today}`, step: retrieve }
	],
	strays: [letterLost(done, needs)],
	showMe: [answer('photo', today), uidl, answer('line', `${today} ${PHOTO}`), retrieve],
	alternatives: [
		[type('LIST'), answer('photo', 4), ...answers.slice(0, 1), type('uidl'), ...answers.slice(1), retrieve],
		[uidl, retrieve, ...answers],
		[...answers.slice(0, 1), type('UIDL 3'), uidl, ...answers.slice(1), retrieve, type('RETR 1')]
	],
	bypasses: [
		[answers[0] ?? retrieve, retrieve],
		[answers[0] ?? retrieve, type(`RETR ${before}`), uidl, answers[1] ?? retrieve, retrieve],
		[answers[0] ?? retrieve, type('UIDL 3'), answers[1] ?? retrieve, retrieve],
		[uidl, answer('photo', 4), answers[1] ?? retrieve, retrieve],
		[answers[0] ?? retrieve, uidl, answers[1] ?? retrieve, type('TOP 3 0')],
		[answers[0] ?? retrieve, uidl, answers[1] ?? retrieve, type('RETR 1'), retrieve]
	],
	debrief:
		'The name is the server’s promise: the same letter, the same unique-id, in every session. The number is only its place in today’s queue. Mail programs remember names.'
};
