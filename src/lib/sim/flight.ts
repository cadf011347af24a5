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
	next: Carried | null;
}

export class Flight {
	/** A row in the order of their sequence numbers. */
	#first: Carried | null = null;
	#last: Carried | null = null;

	/** The packet that first carried the segment's first sequence number; null: none did. */
	original(segment: TcpSegment): Sent | null {
		if (this.#last === null || diff(segment.seq, this.#last.to) >= 0 || lengthOf(segment) === 0) return null;
		for (let one = this.#first; one; one = one.next)
			if (between(one.from, segment.seq, one.to)) return one.sent;
		return null;
	}

	/** Notes the sequence numbers that `segment` is the first to carry. */
	note(segment: TcpSegment, sent: Sent): void {
		const length = lengthOf(segment);
		if (length === 0) return;
		const last = this.#last;
		const to = add(segment.seq, length);
		const from = last && diff(last.to, segment.seq) > 0 ? last.to : segment.seq;
		if (diff(to, from) <= 0) return;
		this.#last = { from, to, sent, next: null };
		if (last) last.next = this.#last;
		else this.#first = this.#last;
	}

	/** Forgets what an acknowledgement number covers; one beyond everything sent covers nothing. */
	acknowledged(ack: number): void {
		if (this.#last === null || !lte(ack, this.#last.to)) return;
		while (this.#first && lte(this.#first.to, ack)) this.#first = this.#first.next;
		if (this.#first === null) this.#last = null;
	}
}
