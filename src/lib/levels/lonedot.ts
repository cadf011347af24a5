/** 3.2: CR LF ends a line, and a line with one dot ends a reply of many lines. */
import { hexValue } from './answers.ts';
import { met, seen, type Log, type Match } from './goals.ts';
import { answeredRight, number, receivedOf, repliedTo } from './matches.ts';
import { answer, letterLost, type, WAY_IN, wayBack } from './inputs.ts';
import type { Level, Question } from './level.ts';
import { drop } from './projections.ts';
import { textOf } from './segment.ts';
import { ADA, t0 } from './topologies.ts';

const scenario = t0();
/** CR LF . CR LF */
const END = '\r\n.\r\n';

const written: Match = repliedTo('RETR', true, number(1));
const fetched: Match = receivedOf('RETR', true, number(1), 'desk');

const end: Question = {
	id: 'end',
	kind: 'predict',
	ask: 'Letter 1 is about to come. How will desk know where it ends?',
	form: {
		kind: 'choice',
		options: [
			{ value: 'dot', label: 'a line with one dot' },
			{ value: 'packet', label: 'the packet ends' },
			{ value: 'size', label: 'desk counts to the size' }
		]
	},
	gate: written,
	answer: (log) => (seen(written)(log) ? 'dot' : null),
	explain: (given) =>
		given === 'packet'
			? 'TCP carries a stream and may cut it anywhere: a packet’s end means nothing to POP3. A line with one dot does.'
			: 'The size is told for people and is not what ends a reply. A line with one dot does.'
};

/** Where the end of letter 1 stands in a packet that brings it. */
function endIn(bytes: Uint8Array): readonly [number, number] | null {
	const text = textOf(bytes);
	if (!text.endsWith(END) || !text.includes('Subject: Welcome')) return null;
	return [bytes.length - END.length, bytes.length];
}

const range: Question = {
	id: 'range',
	kind: 'point',
	ask: 'Open the packet with the letter. Mark the bytes that say it is over, from the last line’s end on.',
	form: { kind: 'range', octets: endIn },
	opens: fetched,
	answer: (log) => {
		for (const event of log) {
			const found = event.kind === 'packet.sent' ? endIn(event.bytes) : null;
			if (event.kind === 'packet.sent' && found) return hexValue(event.bytes.subarray(...found));
		}
		return null;
	},
	explain: (given, right) =>
		`You chose ${given}. The end is the last line’s 0d 0a, then a dot alone with its own: ${right}, the last five bytes.`
};

const retrieve = type('RETR 1');
const answers = [answer('end', 'dot'), answer('range', '0d 0a 2e 0d 0a')];
const needs = { box: drop(scenario, ADA.name), uids: ['u-welcome-1'] };
const done = (log: Log) => seen(fetched)(log) !== null;

export const lonedot: Level = {
	slug: 'lonedot',
	number: '3.2',
	chapter: 3,
	title: 'The lone dot',
	concept: 'How a long reply ends: a line with one dot.',
	mission:
		'TCP, which carries your lines, brings octets and no borders: nothing in it says where a letter ends. Fetch letter 1, say how desk will know that it is complete, then mark the very bytes that say so.',
	teaches: ['CRLF', 'multi-line reply'],
	breaks: ['M3', 'M5'],
	lens: 4,
	scenario,
	seed: 320,
	prelude: WAY_IN,
	terminal: 'desk',
	goal: [
		{ say: 'You said what ends a letter', is: answeredRight(end) },
		{ say: 'Letter 1 has reached desk', is: seen(fetched) },
		{ say: 'You marked the bytes that end it', is: answeredRight(range) }
	],
	questions: [end, range],
	par: [{ unit: 'command', n: 1 }],
	hints: [
		'Look at the last row of bytes in the packet with the letter.',
		'A line end is 0d 0a. What stands alone between two of them?',
		'Mark the last five bytes: 0d 0a 2e 0d 0a. Drag, or Shift and the arrows.'
	],
	milestones: [
		...wayBack(done, needs),
		{ is: met(seen(fetched)), next: 'Fetch the first letter: RETR 1', step: retrieve },
		{
			is: met(answeredRight(end)),
			next: 'Say how desk knows that the letter is over.',
			step: answers[0] ?? null
		},
		{
			is: met(answeredRight(range)),
			next: 'In the packet with the letter, mark the last five bytes.',
			step: answers[1] ?? null
		}
	],
	strays: [letterLost(done, needs)],
	showMe: [retrieve, ...answers],
	alternatives: [
		[type('LIST'), retrieve, ...answers],
		[type('RETR 2'), type('retr 1'), answer('end', 'size'), ...answers],
		[retrieve, answer('range', '2e 0d 0a'), ...answers.toReversed()]
	],
	bypasses: [
		[retrieve],
		[type('RETR 2'), ...answers],
		[type('TOP 1 0'), ...answers],
		[type('RETR'), ...answers],
		[retrieve, answer('end', 'packet'), answer('range', '2e')]
	],
	debrief:
		'You never type these bytes: Enter sends 0d 0a for you. The server ends every long reply with a dot on a line of its own, however the packets are cut. But what if a letter holds such a line?'
};
