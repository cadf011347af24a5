/**
 * POP3 text inside one TCP segment (RFC 1939 §3). A dissection knows no conversation: it looks at one segment's octets
 * and at who sent them. From the client every line is a command; from the server a first line with +OK or -ERR is a
 * status line and what follows is data of its reply; a segment that starts otherwise is the middle of a reply.
 */
import type { Node } from './node.ts';
import { leaf, parent, type About } from './nodes.ts';
import { count, latin1 } from './text.ts';

/** The port of POP3 servers (RFC 1939 §3). */
export const POP3_PORT = 110;
/** Most octets of a command line with its CRLF (RFC 2449 §4). */
const MAX_COMMAND = 255;
/** Most octets of a status line with its CRLF (RFC 1939 §3). */
const MAX_STATUS = 512;

const CR = 13;
const LF = 10;
const SPACE = 32;
const DOT = 46;

const RFC = 'RFC 1939 §3';

const POP = {
	name: 'pop',
	label: 'Post Office Protocol',
	rfc: 'RFC 1939',
	note: 'The conversation between the mail program and the post office, in plain lines of text.'
};
const REQUEST = {
	name: 'pop.request',
	label: 'Command',
	rfc: RFC,
	note: 'One line from the mail program: a word of command and what it is about.'
};
const COMMAND = {
	name: 'pop.request.command',
	label: 'Keyword',
	rfc: RFC,
	note: 'The word that says what the post office should do; big and small letters mean the same.'
};
const PARAMETER = {
	name: 'pop.request.parameter',
	label: 'Argument',
	rfc: RFC,
	note: 'What the command is about, such as a name or the number of a letter.'
};
const RESPONSE = {
	name: 'pop.response',
	label: 'Status line',
	rfc: RFC,
	note: 'The first line of every answer says whether it worked.'
};
const INDICATOR = {
	name: 'pop.response.indicator',
	label: 'Status indicator',
	rfc: RFC,
	note: '+OK means that it worked, -ERR that it did not; programs read only this word.'
};
const DESCRIPTION = {
	name: 'pop.response.description',
	label: 'Description',
	rfc: RFC,
	note: 'The rest of the line is mostly for people and may be worded as the server likes.'
};
const DATA = {
	name: 'pop.response.data',
	label: 'Data line',
	rfc: RFC,
	note: 'One line of an answer that has several lines.'
};
const CONTINUATION = {
	name: 'pop.continuation',
	label: 'Data line',
	rfc: RFC,
	note: 'One line of an answer that began in an earlier segment.'
};
const CHALLENGE = {
	name: 'pop.challenge',
	label: 'Challenge',
	rfc: 'RFC 5034 §4',
	note: 'A plus sign and a riddle: the mail program must answer it to prove who it is.'
};
const TEXT = { name: 'pop.text', label: 'Text', rfc: RFC, note: 'The line itself.' };
const STUFFED = {
	name: 'pop.stuffed_dot',
	label: 'Stuffed dot',
	rfc: RFC,
	note: 'Put before a line that starts with a dot, so that nobody takes it for the end; the reader removes it.'
};
const FINAL = {
	name: 'pop.final_dot',
	label: 'Final dot',
	rfc: RFC,
	note: 'A line with nothing but a dot says that the answer ends here.'
};
const SEPARATOR = {
	name: 'pop.space',
	label: 'Space',
	rfc: RFC,
	note: 'Keeps the word and what follows it apart.'
};
const CRLF = {
	name: 'pop.crlf',
	label: 'Line end',
	rfc: RFC,
	note: 'Two octets, carriage return and line feed, end every line.'
};

/** What lines are made of, for the eye: the parts that `dissectPop3` shows. */
export const POP3_PARTS: readonly About[] = [
	POP,
	REQUEST,
	COMMAND,
	SEPARATOR,
	PARAMETER,
	CRLF,
	RESPONSE,
	INDICATOR,
	DESCRIPTION,
	DATA,
	CONTINUATION,
	STUFFED,
	FINAL,
	CHALLENGE,
	TEXT
];

/** A line's octets: text `[from, end)`, line end `[end, next)`. */
interface Line {
	readonly from: number;
	readonly end: number;
	readonly next: number;
}

function lineAt(bytes: Uint8Array, from: number, to: number): Line {
	for (let i = from; i < to; i++) {
		const octet = bytes[i]!;
		if (octet === LF) return { from, end: i, next: i + 1 };
		if (octet === CR) return { from, end: i, next: i + 1 < to && bytes[i + 1] === LF ? i + 2 : i + 1 };
	}
	return { from, end: to, next: to };
}

/** Text as it can be shown: control characters as escapes. */
function visible(text: string): string {
	return text.replace(/[^ -~\u00a0-\u00ff]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function text(about: About, bytes: Uint8Array, from: number, to: number, problem?: string): Node {
	return leaf(about, visible(latin1(bytes, from, to)), from, to, problem);
}

function lineEnd(bytes: Uint8Array, line: Line, to: number): Node[] {
	const { from, end, next } = line;
	if (end === next) return [];
	if (next - end === 2) return [leaf(CRLF, 'CR LF', end, next)];
	if (bytes[end] === LF) {
		// a segment may start between CR and LF
		const cut =
			from === end ? undefined : 'a line feed without the carriage return before it does not end a line';
		return [leaf(CRLF, 'LF', end, next, cut)];
	}
	// and may end between them
	const lone =
		next === to ? undefined : 'a carriage return without the line feed after it does not end a line';
	return [leaf(CRLF, 'CR', end, next, lone)];
}

/** Splits `[from, end)` at its first space: word, spaces, rest. */
function words(bytes: Uint8Array, from: number, end: number): { word: number; rest: number } {
	let word = from;
	while (word < end && bytes[word] !== SPACE) word++;
	let rest = word;
	while (rest < end && bytes[rest] === SPACE) rest++;
	return { word, rest };
}

function unprintable(bytes: Uint8Array, from: number, to: number): string | undefined {
	for (let i = from; i < to; i++) {
		if (bytes[i]! < SPACE || bytes[i]! > 126) return 'only printable ASCII characters are allowed here';
	}
	return undefined;
}

function tooLong(line: Line, most: number): string | undefined {
	const length = line.next - line.from;
	return length > most ? `the line has ${count(length, 'octet')}, at most ${most} are allowed` : undefined;
}

function pair(bytes: Uint8Array, line: Line, first: About, second: About, strict: boolean): Node[] {
	const { from, end } = line;
	const { word, rest } = words(bytes, from, end);
	if (word === from && end > from) {
		return [
			text(
				second,
				bytes,
				from,
				end,
				strict ? 'a command starts with its keyword, not with a space' : undefined
			)
		];
	}
	const nodes: Node[] = [];
	if (word > from)
		nodes.push(text(first, bytes, from, word, strict ? unprintable(bytes, from, word) : undefined));
	if (rest > word) nodes.push(leaf(SEPARATOR, count(rest - word, 'space'), word, rest));
	if (end > rest)
		nodes.push(text(second, bytes, rest, end, strict ? unprintable(bytes, rest, end) : undefined));
	return nodes;
}

function shownLine(bytes: Uint8Array, line: Line): string {
	return visible(latin1(bytes, line.from, line.end));
}

function command(bytes: Uint8Array, line: Line, to: number): Node {
	const children = [...pair(bytes, line, COMMAND, PARAMETER, true), ...lineEnd(bytes, line, to)];
	return parent(REQUEST, shownLine(bytes, line), children, tooLong(line, MAX_COMMAND));
}

function status(bytes: Uint8Array, line: Line, to: number): Node {
	const children = [...pair(bytes, line, INDICATOR, DESCRIPTION, false), ...lineEnd(bytes, line, to)];
	return parent(RESPONSE, shownLine(bytes, line), children, tooLong(line, MAX_STATUS));
}

/** A line of a multi-line reply. `starts`: its first octet is surely the start of a line. */
function data(about: About, bytes: Uint8Array, line: Line, to: number, starts: boolean): Node {
	const { from, end, next } = line;
	const ending = lineEnd(bytes, line, to);
	const alone = end - from === 1 && bytes[from] === DOT;
	if (alone && next > end && (starts || next === to)) {
		return parent({ ...about, label: FINAL.label }, '.', [leaf(FINAL, '.', from, end), ...ending]);
	}
	const children: Node[] = [];
	let at = from;
	if (starts && bytes[from] === DOT && end - from > 1) {
		const doubled = bytes[from + 1] === DOT ? undefined : 'a line that starts with a dot needs a second one';
		children.push(leaf(STUFFED, '.', from, from + 1, doubled));
		at = from + 1;
	}
	if (end > at) children.push(text(TEXT, bytes, at, end));
	return parent(about, shownLine(bytes, line), [...children, ...ending]);
}

function isStatus(bytes: Uint8Array, from: number, to: number): boolean {
	const start = latin1(bytes, from, Math.min(to, from + 4));
	return start.startsWith('+OK') || start === '-ERR';
}

function isChallenge(bytes: Uint8Array, line: Line): boolean {
	return bytes[line.from] === 43 && (line.end - line.from === 1 || bytes[line.from + 1] === SPACE);
}

function serverLine(bytes: Uint8Array, line: Line, from: number, to: number, about: About): Node {
	if (line.from === from) {
		if (isStatus(bytes, from, line.end)) return status(bytes, line, to);
		if (isChallenge(bytes, line) && line.next === to) return data(CHALLENGE, bytes, line, to, true);
	}
	return data(about, bytes, line, to, line.from > from);
}

/**
 * The lines in octets `[from, to)`, which must not be empty, as one node. `fromServer` says who sent them.
 */
export function dissectPop3(bytes: Uint8Array, from: number, to: number, fromServer: boolean): Node {
	const lines: Node[] = [];
	const about = isStatus(bytes, from, to) ? DATA : CONTINUATION;
	for (let at = from; at < to;) {
		const line = lineAt(bytes, at, to);
		lines.push(fromServer ? serverLine(bytes, line, from, to, about) : command(bytes, line, to));
		at = line.next;
	}
	const shown = lines[0]!.shown + (lines.length > 1 ? ` (${lines.length} lines)` : '');
	return parent(POP, shown, lines);
}
