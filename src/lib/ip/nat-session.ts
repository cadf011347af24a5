/**
 * What a translator sees of one TCP connection, and how long that may be silent before it is forgotten (RFC 5382 §5 REQ-5):
 * two hours and four minutes while it is open, four minutes while it is being opened or closed. It keeps no windows and no
 * sequence numbers: the ends do.
 */
import { ACK, FIN, RST, SYN } from '#lib/wire/tcp.ts';

const SECOND = 1_000_000;
const OPEN = 7_440 * SECOND;
const TRANSITORY = 240 * SECOND;

export class Session {
	/** µs. */
	expires = 0;
	/** Control bits seen in each direction. */
	#out = 0;
	#in = 0;

	/** A segment with these control bits has passed, `outward` or the other way. */
	see(flags: number, outward: boolean, now: number): void {
		// the same ends begin anew (RFC 9293 §3.6.1)
		if ((flags & (SYN | ACK)) === SYN && this.#over) this.#out = this.#in = 0;
		if (outward) this.#out |= flags;
		else this.#in |= flags;
		this.expires = now + (this.#open ? OPEN : TRANSITORY);
	}

	get #over(): boolean {
		return (((this.#out | this.#in) & RST) | (this.#out & this.#in & FIN)) !== 0;
	}

	/** Both have answered, and neither has given up, nor both closed. */
	get #open(): boolean {
		return (this.#out & this.#in & ACK) !== 0 && !this.#over;
	}
}
