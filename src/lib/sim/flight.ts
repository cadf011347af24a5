/**
 * Which packet first carried which sequence numbers of one connection, kept only while they are unacknowledged: what
 * tells a reader of the log that packet 14 repeats packet 9.
 */
import { lengthOf } from '#lib/tcp/tcb.ts';
import { add, between, diff, lte } from '#lib/wire/seq.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import type { Sent } from './kernel.ts';

interface Carried {
	readonly from: number;
	readonly to: number;
	readonly sent: Sent;
}

export class Flight {
	/** In the order of their sequence numbers. */
	#carried: Carried[] = [];

	/** The packet that first carried the segment's first sequence number; null: none did. */
	original(segment: TcpSegment): Sent | null {
		if (lengthOf(segment) === 0) return null;
		for (const { from, to, sent } of this.#carried) if (between(from, segment.seq, to)) return sent;
		return null;
	}

	/** Notes the sequence numbers that `segment` is the first to carry. */
	note(segment: TcpSegment, sent: Sent): void {
		const last = this.#carried[this.#carried.length - 1];
		const to = add(segment.seq, lengthOf(segment));
		const from = last && diff(last.to, segment.seq) > 0 ? last.to : segment.seq;
		if (diff(to, from) > 0) this.#carried.push({ from, to, sent });
	}

	/** Forgets what an acknowledgement number covers; one beyond everything sent covers nothing. */
	acknowledged(ack: number): void {
		const last = this.#carried[this.#carried.length - 1];
		if (!last || !lte(ack, last.to)) return;
		const kept = this.#carried.findIndex(({ to }) => !lte(to, ack));
		this.#carried = kept < 0 ? [] : kept > 0 ? this.#carried.slice(kept) : this.#carried;
	}
}
