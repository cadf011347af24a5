/**
 * What a server sends, as lines: CRLF ends one (RFC 1939 §3). A bare LF or CR ends a piece too, and is told apart, so
 * that octets can be counted exactly and only what follows a CRLF is taken for the beginning of a line.
 */
import { LineFramer, type Line } from '#lib/pop3/framer.ts';

/** Octets of a line that are kept. */
const LIMIT = 65_536;

export interface ServerLine {
	readonly text: string;
	readonly end: Line['end'];
	/** Octets with the end; of a longer line than the limit: at least so many. */
	readonly octets: number;
	/** Its text is not whole. */
	readonly cut: boolean;
	/** It follows a CRLF, or is the first. */
	readonly fresh: boolean;
	readonly packet: number;
	readonly at: number;
}

export class ServerLines {
	readonly #framer = new LineFramer({ limit: LIMIT });
	#fresh = true;

	push(octets: Uint8Array, packet: number, at: number): ServerLine[] {
		return this.#framer.push(octets).map(({ text, end, tooLong }) => {
			const fresh = this.#fresh;
			this.#fresh = end === 'CRLF';
			return { text, end, octets: text.length + (end === 'CRLF' ? 2 : 1), cut: tooLong, fresh, packet, at };
		});
	}
}

/** A multi-line reply's body as it grows: counted, hashed, and of listings kept. */
export class Body {
	/** Octets as the message has them: dots unstuffed, the last line not counted. */
	octets = 0;
	/** FNV-1a over the octets. */
	hash = 0x811c9dc5;
	/** Some line was too long to be counted. */
	cut = false;
	/** Lines after the first empty one. */
	after = 0;
	/** The first line that begins with a single dot, with its packet. */
	unstuffed: { readonly text: string; readonly packet: number } | null = null;
	readonly lines: string[] = [];
	readonly #most: number;
	#empty = false;

	/** `most`: lines that are kept. */
	constructor(most: number) {
		this.#most = most;
	}

	/** False: it was the lone dot, and the body is over. */
	take(line: ServerLine): boolean {
		let { text } = line;
		if (line.fresh && text.startsWith('.')) {
			if (text === '.' && line.end === 'CRLF') return false;
			if (text.startsWith('..')) text = text.slice(1);
			else this.unstuffed ??= { text: text.slice(0, 60), packet: line.packet };
		}
		this.cut ||= line.cut;
		this.octets += text.length + line.octets - line.text.length;
		const end = line.end === 'CRLF' ? '\r\n' : line.end === 'LF' ? '\n' : '\r';
		for (const part of [text, end])
			for (let i = 0; i < part.length; i++) this.hash = Math.imul(this.hash ^ part.charCodeAt(i), 0x01000193);
		if (this.#empty) this.after++;
		if (text === '') this.#empty = true;
		if (this.lines.length < this.#most) this.lines.push(text);
		return true;
	}
}
