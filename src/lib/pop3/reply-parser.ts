/**
 * Replies read as RFC 1939 §3 and RFC 2449 §4 have them, strictly: CRLF ends a line and nothing else does, a status line
 * is `+OK` or `-ERR` of at most 512 octets, lines after it go on to a dot alone and those that begin with a dot have
 * it doubled. Segment boundaries mean nothing; what is kept is bounded.
 */
import { concatOctets, octetsToLatin1 } from '#lib/mail/octets.ts';
import { quoted, whereIn, type Expected, type Problem, type Read, type Reader } from './reply.ts';

/** Longest status line or row in octets, CRLF included (RFC 2449 §4). */
export const REPLY_LIMIT = 512;
/** Longest letter that is taken, octets. */
export const LETTER_LIMIT = 64 * 1024 * 1024;
/** Most rows of a listing that are taken. */
export const ROWS_LIMIT = 200_000;

const CR = 13;
const LF = 10;
const DOT = 46;

/** A reply of which the status line has been read. */
interface Reading {
	readonly text: string;
	readonly rows: string[];
	readonly parts: Uint8Array[];
	flaw: Problem | null;
	lines: number;
	octets: number;
	size: number;
	/** The next octet begins a line of the letter. */
	atStart: boolean;
	afterCR: boolean;
}

export class ReplyParser implements Reader {
	readonly #anyDotEnds: boolean;
	#rest: Uint8Array = new Uint8Array();
	#at = 0;
	#reading: Reading | null = null;

	/** `anyDotEnds`: takes every line that begins with a dot for the end of a letter, which is wrong. */
	constructor(anyDotEnds = false) {
		this.#anyDotEnds = anyDotEnds;
	}

	get rest(): string | null {
		const begun = octetsToLatin1(this.#rest.subarray(this.#at, this.#at + REPLY_LIMIT));
		return begun === '' ? null : (begun.split('\r\n')[0] ?? '');
	}

	push(octets: Uint8Array): void {
		this.#rest =
			this.#at === this.#rest.length ? octets : concatOctets([this.#rest.subarray(this.#at), octets]);
		this.#at = 0;
	}

	where({ label }: Expected): string {
		return whereIn(label, this.#reading ? this.#reading.lines + 2 : 1);
	}

	next(expected: Expected): Read | null {
		if (!this.#reading) {
			const line = this.#line(expected);
			if (line === null || typeof line !== 'string') return line;
			const begun = this.#status(line, expected);
			if (begun) return begun;
		}
		const reading = this.#reading;
		if (!reading) return null;
		return expected.body === 'letter' ? this.#letter(reading, expected) : this.#rows(reading, expected);
	}

	/** A whole line without its CRLF; null: it has not come yet. */
	#line(expected: Expected): string | Read | null {
		const problem = (what: string): Read => ({ type: 'problem', what, where: this.where(expected) });
		const lf = this.#rest.indexOf(LF, this.#at);
		const to = lf < 0 ? this.#rest.length : lf + 1;
		if (to - this.#at > REPLY_LIMIT || (lf < 0 && to - this.#at === REPLY_LIMIT))
			return problem(`a line of more than ${REPLY_LIMIT} octets`);
		const cr = this.#rest.subarray(this.#at, to).indexOf(CR);
		if (lf >= 0 && cr < 0) return problem('a line ends with LF alone, without CR');
		if (cr >= 0 && this.#at + cr < to - (lf < 0 ? 1 : 2)) return problem('a CR without LF after it');
		if (lf < 0) return null;
		const line = octetsToLatin1(this.#rest.subarray(this.#at, to - 2));
		if (/[^ -~\x80-\xff]/.test(line)) return problem(`a control character in ${quoted(line)}`);
		this.#at = to;
		return line;
	}

	/** Null: the reply goes on, and `#reading` holds it. */
	#status(line: string, { label, body, challenge }: Expected): Read | null {
		const asked = challenge ? /^\+ (.*)$/.exec(line) : null;
		if (asked) return { type: 'challenge', text: asked[1] ?? '' };
		const status = /^(\+OK|-ERR)(?: (.*))?$/.exec(line);
		if (!status) {
			const what = `${quoted(line)} begins with neither +OK nor -ERR`;
			return { type: 'problem', what, where: whereIn(label, 1) };
		}
		const ok = status[1] === '+OK';
		const text = status[2] ?? '';
		const octets = line.length + 2;
		if (!ok || body === 'none') {
			const reply = { ok, text, rows: [], letter: null, flaw: null, lines: 0, octets };
			return { type: 'reply', reply };
		}
		const begun = { flaw: null, lines: 0, octets, size: 0, atStart: true, afterCR: false };
		this.#reading = { text, rows: [], parts: [], ...begun };
		return null;
	}

	#done(letter: Uint8Array | null): Read | null {
		const reading = this.#reading;
		if (!reading) return null;
		this.#reading = null;
		const { text, rows, flaw, lines, octets } = reading;
		return { type: 'reply', reply: { ok: true, text, rows, letter, flaw, lines, octets } };
	}

	#rows(reading: Reading, expected: Expected): Read | null {
		for (;;) {
			const line = this.#line(expected);
			if (line === null || typeof line !== 'string') return line;
			reading.octets += line.length + 2;
			if (line === '.') return this.#done(null);
			const wrong = rowProblem(line);
			if (wrong) return { type: 'problem', what: wrong, where: this.where(expected) };
			if (reading.rows.length === ROWS_LIMIT)
				return { type: 'problem', what: `more than ${ROWS_LIMIT} lines`, where: this.where(expected) };
			reading.rows.push(line.startsWith('.') ? line.slice(1) : line);
			reading.lines++;
		}
	}

	/** Takes what has come of the letter; at a line's start it waits until it can tell what a dot means. */
	#letter(reading: Reading, expected: Expected): Read | null {
		const rest = this.#rest;
		while (this.#at < rest.length) {
			if (reading.atStart && rest[this.#at] === DOT) {
				const skip = this.#dot(reading, expected);
				if (skip === null) return null;
				this.#at += skip.octets;
				reading.octets += skip.octets;
				if (skip.ends) return this.#done(concatOctets(reading.parts));
				reading.atStart = false;
				continue;
			}
			const lf = rest.indexOf(LF, this.#at);
			const to = lf < 0 ? rest.length : lf + 1;
			const ended = lf > this.#at ? rest[lf - 1] === CR : lf >= 0 && reading.afterCR;
			reading.parts.push(rest.subarray(this.#at, to));
			reading.size += to - this.#at;
			reading.octets += to - this.#at;
			reading.atStart = ended;
			reading.afterCR = rest[to - 1] === CR;
			if (ended) reading.lines++;
			this.#at = to;
			if (reading.size > LETTER_LIMIT)
				return {
					type: 'problem',
					what: `a letter of more than ${LETTER_LIMIT} octets`,
					where: this.where(expected)
				};
		}
		return null;
	}

	/** The dot at a line's start: how many octets to pass over, and whether they end the letter. Null: it cannot be told yet. */
	#dot(reading: Reading, expected: Expected): { octets: number; ends: boolean } | null {
		const [second, third] = [this.#rest[this.#at + 1], this.#rest[this.#at + 2]];
		if (this.#anyDotEnds) {
			const lf = this.#rest.indexOf(LF, this.#at);
			return lf < 0 ? null : { octets: lf + 1 - this.#at, ends: true };
		}
		if (second === undefined || (second === CR && third === undefined)) return null;
		if (second === CR && third === LF) return { octets: 3, ends: true };
		if (second !== DOT)
			reading.flaw ??= {
				what: 'a line of the letter begins with a dot that is not doubled',
				where: this.where(expected)
			};
		return { octets: 1, ends: false };
	}
}

function rowProblem(line: string): string | null {
	if (/^(\+OK|-ERR)( |$)/.test(line))
		return `${quoted(line)} where a line of the listing or the final dot must be`;
	if (/^\.[^.]/.test(line)) return `${quoted(line)} begins with a dot that is not doubled`;
	return null;
}
