/** 6.1: all of a session could be read on the way, on every link of it: the secret word too. */
import type { Event } from '#lib/sim/event.ts';
import { hexValue, manyValue } from './answers.ts';
import { met, type Log } from './goals.ts';
import { answeredRight, carries, commanded } from './matches.ts';
import { answer, QUIT, type, WAY_IN } from './inputs.ts';
import type { Level, Question } from './level.ts';
import { segmentOf, textOf } from './segment.ts';
import { ADA, t1 } from './topologies.ts';

const scenario = t1({}, { mallory: true });
const pass = commanded('PASS');

/** The word as the server read it first; null: it has not come. */
const wordIn = (log: Log): string | null => {
	const read = log.find((event) => pass(event, log));
	return read?.kind === 'pop3.command' ? read.args : null;
};

/** Where in a datagram the word stands, `[from, to)`. */
function placeOf(bytes: Uint8Array, log: Log): readonly [number, number] | null {
	const word = wordIn(log);
	const at = word === null ? -1 : textOf(bytes).indexOf(`PASS ${word}\r\n`);
	if (word === null || at < 0) return null;
	const from = bytes.length - (segmentOf(bytes)?.payload.length ?? 0) + at + 'PASS '.length;
	return [from, from + word.length];
}

const sent = (log: Log, word: string): Event[] =>
	log.filter((event) => carries(`PASS ${word}\r\n`)(event, log));

const word: Question = {
	id: 'secret',
	kind: 'tell',
	ask: 'You are Mallory, and this is what you kept. What is Ada’s secret word?',
	form: { kind: 'text', label: 'Secret word' },
	opens: pass,
	answer: wordIn,
	explain: (given) =>
		`“${given}” is not it. Look for the packet whose text begins with PASS: what follows the space is the word.`
};

const octets: Question = {
	id: 'octets',
	kind: 'point',
	ask: 'Point at it: open the packet that carries the word, and select its octets, nothing more.',
	form: { kind: 'range', octets: placeOf },
	opens: pass,
	answer: (log) => {
		const [first] = sent(log, wordIn(log) ?? '');
		const place = first?.kind === 'packet.sent' && placeOf(first.bytes, log);
		return place && first?.kind === 'packet.sent' ? hexValue(first.bytes.subarray(...place)) : null;
	},
	explain: (given) =>
		`You chose ${given}. The word begins after “PASS” and its space, and ends before 0d 0a, the line’s end.`
};

const LINKS = scenario.links.map(({ id, ends }) => ({ value: id, label: ends.join(' – ') }));
const links: Question = {
	id: 'links',
	kind: 'tell',
	ask: 'On which links could the word be read? Choose all of them.',
	form: { kind: 'many', options: LINKS },
	opens: pass,
	answer: (log) => {
		const given = wordIn(log);
		if (given === null) return null;
		const crossed = sent(log, given).flatMap((event) => (event.kind === 'packet.sent' ? [event.link] : []));
		return manyValue(new Set(crossed), LINKS);
	},
	explain: () =>
		'Follow the packet: desk gives it to r1, r1 to r2, r2 to post. Three links, and the same octets on each. Mallory’s own link it never needs.'
};

const told = answer('secret', ADA.password);
const shown = answer('octets', hexValue(Uint8Array.from(ADA.password, (letter) => letter.charCodeAt(0))));
const crossed = answer('links', 'desk-r1, r1-r2, r2-post');

export const postcards: Level = {
	slug: 'postcards',
	number: '6.1',
	chapter: 6,
	title: 'Mail is a postcard',
	concept: 'Everything so far could be read on the path.',
	mission:
		'Mallory sits at the first router and keeps a copy of all that passes. Ada has fetched a letter, as you have done so often. Sit in Mallory’s chair: read the recording and find Ada’s secret word.',
	teaches: ['tap', 'clear text'],
	breaks: ['M10'],
	lens: 3,
	scenario,
	seed: 610,
	prelude: [...WAY_IN, type('STAT'), type('RETR 1'), QUIT],
	terminal: 'desk',
	seats: [],
	goal: [
		{ say: 'You told the secret word', is: answeredRight(word) },
		{ say: 'You pointed at its octets', is: answeredRight(octets) },
		{ say: 'You named every link that it crossed', is: answeredRight(links) }
	],
	questions: [word, octets, links],
	par: [{ unit: 'wrong', n: 0 }],
	hints: [
		'Packets with text are marked POP3 in the list: filter it with pop.',
		'Look right after the login name. Which command says a secret?',
		'Open the packet PASS lovelace. Select the eight octets after the space.'
	],
	milestones: [
		{
			is: met(answeredRight(word)),
			next: 'Find the packet with PASS in the list, and type the word.',
			step: told
		},
		{
			is: met(answeredRight(octets)),
			next: 'Open that packet and select the octets of the word.',
			step: shown
		},
		{
			is: met(answeredRight(links)),
			next: 'Follow that packet on the stage: which links does it cross?',
			step: crossed
		}
	],
	showMe: [told, shown, crossed],
	alternatives: [
		[crossed, shown, told],
		[answer('secret', 'ada'), answer('links', 'r1-r2'), told, answer('octets', '6c 6f'), shown, crossed]
	],
	bypasses: [
		[answer('secret', 'LOVELACE'), shown, crossed],
		[told, answer('octets', '50 41 53 53 20 6c 6f 76 65 6c 61 63 65'), crossed],
		[told, shown, answer('links', 'r1-r2')],
		[told, shown, answer('links', 'desk-r1, mallory-r1, r1-r2, r2-post')]
	],
	debrief:
		'A router needs only the outer envelope, yet it sees it all: name, word, letters. So does everyone on the way. Whoever kept this recording can open the box tomorrow.'
};
