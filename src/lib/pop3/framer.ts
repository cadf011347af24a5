/**
 * Octets into lines, over any segment boundaries. TCP gives no message borders; CRLF does (RFC 1939 §3). A
 * bare LF, or a CR followed by anything but LF, ends a line too, a malformed one: it gets an answer of its
 * own, so that neither side waits for the other. Memory is bounded: of a line longer than the limit only the
 * start is kept.
 */

/** Longest command line in octets, CRLF included (RFC 2449 §4). */
export const COMMAND_LIMIT = 255;

export interface Line {
	/** latin1, without the line end; cut off at the limit when `tooLong`. */
	readonly text: string;
	readonly end: 'CRLF' | 'LF' | 'CR';
	/** The line and its end together were longer than the limit. */
	readonly tooLong: boolean;
}

export interface FramerOptions {
	/** Octets of a line with its end; absent: 255. */
	readonly limit?: number;
	/** As Dovecot: LF ends a line with or without a CR before it, a CR elsewhere is an octet like others, and what is too long is told as soon as it is. */
	readonly lenient?: boolean;
}

const CR = 13;
const LF = 10;

export class LineFramer {
	#limit: number;
	#kept: number[] = [];
	#length = 0;
	#afterCR = false;
	#lenient: boolean;

	constructor({ limit = COMMAND_LIMIT, lenient = false }: FramerOptions = {}) {
		this.#limit = limit;
		this.#lenient = lenient;
	}

	/** Octets of the line that has not ended yet. */
	get pending(): number {
		return this.#length + (this.#afterCR ? 1 : 0);
	}

	/** The lines that these octets bring to an end, in order. */
	push(octets: Uint8Array): Line[] {
		const lines: Line[] = [];
		for (const octet of octets) {
			if (this.#afterCR) {
				this.#afterCR = false;
				if (octet === LF) {
					lines.push(this.#end('CRLF'));
					continue;
				}
				if (this.#lenient) this.#keep(CR);
				else lines.push(this.#end('CR'));
			}
			if (octet === CR) this.#afterCR = true;
			else if (octet === LF) lines.push(this.#end('LF'));
			else this.#keep(octet);
			if (this.#lenient && this.#length > this.#limit) lines.push(this.#end('LF'));
		}
		return lines;
	}

	#keep(octet: number): void {
		this.#length++;
		if (this.#kept.length < this.#limit) this.#kept.push(octet);
	}

	#end(end: Line['end']): Line {
		const tooLong = this.#length + (end === 'CRLF' ? 2 : 1) > this.#limit;
		const text = String.fromCharCode(...this.#kept);
		this.#kept = [];
		this.#length = 0;
		return { text, end, tooLong };
	}
}
