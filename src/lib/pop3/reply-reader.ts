/**
 * What a server sends, cut into lines as it arrives. Only CRLF ends a line here (RFC 1939 §3): a client that
 * took less would see ends where there are none. Lines of messages may be long, so an endless line is handed
 * on in pieces, never kept whole.
 */
import { octetsToLatin1 } from '#lib/mail/octets.ts';

const LF = 10;

export interface Piece {
	/** latin1, exactly as it arrived, the CRLF included. */
	readonly octets: string;
	/** The piece begins a line. */
	readonly begins: boolean;
	/** The piece ends with the line's CRLF. */
	readonly ends: boolean;
}

/** Octets of an unfinished line that are kept back; more are handed on. */
export const PIECE_LIMIT = 8192;

export class ReplyReader {
	#kept = '';
	#begins = true;

	/** The lines that these octets complete. */
	push(octets: Uint8Array): Piece[] {
		const pieces: Piece[] = [];
		let from = 0;
		while (from < octets.length) {
			const room = from + PIECE_LIMIT - this.#kept.length;
			const lf = octets.indexOf(LF, from);
			const to = Math.min(lf < 0 ? octets.length : lf + 1, room);
			this.#kept += octetsToLatin1(octets.subarray(from, to));
			from = to;
			const ends = this.#kept.endsWith('\r\n');
			if (ends || this.#kept.length >= PIECE_LIMIT) this.#hand(pieces, ends);
		}
		return pieces;
	}

	/** What is left of a line that will never end: '' when there is none. */
	flush(): string {
		const left = this.#kept;
		this.#kept = '';
		this.#begins = true;
		return left;
	}

	/** A CR at the very end of a full piece stays behind: an LF may follow it. */
	#hand(pieces: Piece[], ends: boolean): void {
		const back = !ends && this.#kept.endsWith('\r') ? 1 : 0;
		const octets = this.#kept.slice(0, this.#kept.length - back);
		this.#kept = this.#kept.slice(octets.length);
		pieces.push({ octets, begins: this.#begins, ends });
		this.#begins = ends;
	}
}
