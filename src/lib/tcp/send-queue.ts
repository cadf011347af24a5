/**
 * The octets the user has written and the peer has not yet acknowledged, addressed by sequence number. One chunk per
 * SEND: a chunk's end is where PSH belongs. Chunks wholly acknowledged are dropped, so memory follows what is
 * outstanding and not what was ever sent; a segment within one chunk is a view of it, not a copy.
 */
import { add, diff, type Seq } from '#lib/wire/seq.ts';

export interface Cut {
	readonly payload: Uint8Array;
	/** The last octet of a SEND is in it (RFC 9293 §3.9.1.2). */
	readonly push: boolean;
}

const NOTHING = new Uint8Array(0);
/** What a connection that has sent no text has in common with all others: nobody adds to them. */
const NO_CHUNKS: Uint8Array[] = [];
const NO_OFFSETS: number[] = [];

export class SendQueue {
	#chunks: Uint8Array[] = NO_CHUNKS;
	/** Stream offset of each chunk's first octet; ordinary numbers, which do not wrap within 2^53 octets. */
	#offsets: number[] = NO_OFFSETS;
	/** Index of the first chunk still held. */
	#head = 0;
	/** Stream offset and sequence number of the first octet not acknowledged. */
	#acknowledged = 0;
	#first: Seq;
	/** Stream offset after the last octet written. */
	#written = 0;

	/** `first`: sequence number of the first octet (ISS + 1). */
	constructor(first: Seq) {
		this.#first = first;
	}

	/** Sequence number after the last octet written: that of our FIN. */
	get end(): Seq {
		return add(this.#first, this.length);
	}

	/** Octets held. */
	get length(): number {
		return this.#written - this.#acknowledged;
	}

	/** Append what one SEND brings. The octets are copied: the caller may reuse its array. */
	write(octets: Uint8Array): void {
		if (octets.length === 0) return;
		if (this.#chunks === NO_CHUNKS) {
			this.#chunks = [];
			this.#offsets = [];
		}
		this.#chunks.push(octets.slice());
		this.#offsets.push(this.#written);
		this.#written += octets.length;
	}

	/** Drop everything before `seq`. A number at or before the first octet, or after the last, is cut to them. */
	acknowledge(seq: Seq): void {
		const octets = Math.min(Math.max(0, diff(seq, this.#first)), this.length);
		this.#acknowledged += octets;
		this.#first = add(this.#first, octets);
		while (this.#head < this.#chunks.length && this.#endOf(this.#head) <= this.#acknowledged) {
			this.#chunks[this.#head] = NOTHING;
			this.#head += 1;
		}
		if (this.#head > 32 && this.#head * 2 > this.#chunks.length) {
			this.#chunks = this.#chunks.slice(this.#head);
			this.#offsets = this.#offsets.slice(this.#head);
			this.#head = 0;
		}
	}

	/** Up to `length` octets from `seq` on, which must not lie before the first one held. */
	cut(seq: Seq, length: number): Cut {
		const from = this.#acknowledged + Math.max(0, diff(seq, this.#first));
		const to = Math.min(from + length, this.#written);
		if (to <= from) return { payload: NOTHING, push: false };
		let index = this.#find(from);
		if (to <= this.#endOf(index)) {
			const start = this.#offsetOf(index);
			const chunk = this.#chunkAt(index);
			const whole = to - from === chunk.length;
			// a view of a small array costs more than the array
			const payload = whole ? chunk : chunk.subarray(from - start, to - start);
			return { payload, push: to === start + chunk.length };
		}
		const payload = new Uint8Array(to - from);
		for (let at = from; at < to; index += 1) {
			const start = this.#offsetOf(index);
			const part = this.#chunkAt(index).subarray(at - start, to - start);
			payload.set(part, at - from);
			at += part.length;
		}
		return { payload, push: true };
	}

	/** Forget everything: the connection is gone. */
	clear(): void {
		this.#chunks = NO_CHUNKS;
		this.#offsets = NO_OFFSETS;
		this.#head = 0;
		this.#first = this.end;
		this.#acknowledged = this.#written;
	}

	/** Index of the chunk that holds stream offset `offset`: the last one that starts at or before it. */
	#find(offset: number): number {
		let low = this.#head;
		let high = this.#chunks.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if (this.#offsetOf(middle) <= offset) low = middle;
			else high = middle - 1;
		}
		return low;
	}

	#chunkAt(index: number): Uint8Array {
		return this.#chunks[index] ?? NOTHING;
	}

	#offsetOf(index: number): number {
		return this.#offsets[index] ?? this.#written;
	}

	#endOf(index: number): number {
		return this.#offsetOf(index) + this.#chunkAt(index).length;
	}
}
