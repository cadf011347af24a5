/**
 * What is in flight, segment by segment, and when each was last sent (RFC 8985 §5.2). Its law: segments lie in order and
 * apart from each other, and `pipe` counts the octets of those that are neither reported nor lost.
 */
import { diff, gt, lt, type Seq } from '#lib/wire/seq.ts';
import type { Micros } from './rto.ts';
import type { Scoreboard } from './scoreboard.ts';

export interface Sent {
	seq: Seq;
	end: Seq;
	/** Of the last transmission. */
	at: Micros;
	/** It was sent more than once. */
	again: boolean;
	/** `out`: on its way, as far as is known. `lost`: to be sent again. */
	mark: 'out' | 'reported' | 'lost';
}

export class Flight {
	#segments: Sent[] = [];
	/** Octets thought to be in the network (RFC 6675 §2). */
	pipe = 0;
	/** Segments that are lost and not sent again yet. */
	losses = 0;
	/** Segments that the peer has reported. */
	reported = 0;

	get segments(): readonly Sent[] {
		return this.#segments;
	}

	/** `[seq, end)` goes for the first time, after everything before it. */
	push(seq: Seq, end: Seq, at: Micros): void {
		this.#segments.push({ seq, end, at, again: false, mark: 'out' });
		this.pipe += diff(end, seq);
	}

	/** Everything before `una` is acknowledged. Returns what that is the first word of. */
	acknowledge(una: Seq): Sent[] {
		const gone = this.#segments.findIndex(({ end }) => gt(end, una));
		const removed = this.#segments.splice(0, gone < 0 ? this.#segments.length : gone);
		const delivered = removed.filter(({ mark }) => mark !== 'reported');
		// the counts lose what leaves
		for (const sent of removed) this.#count(sent, -1);
		const first = this.#segments[0];
		if (first !== undefined && lt(first.seq, una)) {
			if (first.mark === 'out') this.pipe -= diff(una, first.seq);
			first.seq = una;
		}
		return delivered;
	}

	/** The peer has reported by SACK. Returns the segments that the report is the first word of, in order. */
	report(board: Scoreboard): Sent[] {
		const delivered: Sent[] = [];
		let index = 0;
		for (const [left, right] of board.ranges) {
			for (; index < this.#segments.length; index += 1) {
				const sent = this.#segments[index];
				if (sent === undefined || gt(sent.end, right)) break;
				if (sent.mark === 'reported' || lt(sent.seq, left)) continue;
				this.mark(sent, 'reported');
				delivered.push(sent);
			}
		}
		return delivered;
	}

	/** The earliest segment to be sent again; null: none is. */
	firstLost(): Sent | null {
		if (this.losses === 0) return null;
		return this.#segments.find(({ mark }) => mark === 'lost') ?? null;
	}

	mark(sent: Sent, mark: Sent['mark']): void {
		if (sent.mark === mark) return;
		this.#count(sent, -1);
		sent.mark = mark;
		this.#count(sent, 1);
	}

	/** The octets of `sent` before `end` are sent again; those after it are a segment by themselves from now on. */
	repeat(sent: Sent, end: Seq, at: Micros): void {
		if (lt(end, sent.end)) {
			const rest: Sent = { ...sent, seq: end };
			this.#count(sent, -1);
			sent.end = end;
			this.#count(sent, 1);
			this.#segments.splice(this.#segments.indexOf(sent) + 1, 0, rest);
			this.#count(rest, 1);
		}
		this.mark(sent, 'out');
		sent.at = at;
		sent.again = true;
	}

	#count({ seq, end, mark }: Sent, by: 1 | -1): void {
		if (mark === 'out') this.pipe += by * diff(end, seq);
		else if (mark === 'lost') this.losses += by;
		else this.reported += by;
	}
}

/** Whether what ended at `end` and was sent at `at` was sent after the other (RFC 8985 §6.2, RACK_sent_after). */
export function sentAfter(at: Micros, end: Seq, otherAt: Micros, otherEnd: Seq): boolean {
	return at > otherAt || (at === otherAt && gt(end, otherEnd));
}
