/**
 * What a server sends, cut into lines as it arrives. Only CRLF ends a line here (RFC 1939 §3): a client that took less would see ends
 * where there are none. Lines of messages may be long, so an endless line is handed on in pieces, never kept whole.
 */

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
		for (const octet of octets) {
			this.#kept += String.fromCharCode(octet);
			const ends = octet === 10 && this.#kept.endsWith('\r\n');
			const full = this.#kept.length >= PIECE_LIMIT && octet !== 13;
			if (ends || full) pieces.push(this.#hand(ends));
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

	#hand(ends: boolean): Piece {
		const piece = { octets: this.#kept, begins: this.#begins, ends };
		this.#kept = '';
		this.#begins = ends;
		return piece;
	}
}
