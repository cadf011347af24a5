/**
 * What the peer has reported by SACK beyond SND.UNA (RFC 6675 §3, §4): disjoint ranges in order. Its law: it only
 * advises what to send again; no octet leaves the send queue before it is acknowledged, since a peer may take a report
 * back (RFC 2018 §8).
 */
import { diff, gt, gte, lt, lte, max, type Seq } from '#lib/wire/seq.ts';

export type Block = readonly [left: Seq, right: Seq];

/** DupThresh (RFC 6675 §2). */
const THRESHOLD = 3;
/** Ranges kept: a peer that reports more of them is not believed further. */
const MAX_RANGES = 1024;

export class Scoreboard {
	#ranges: [left: Seq, right: Seq][] = [];
	/** Octets reported. */
	sacked = 0;
	/** Duplicates that the peer has reported (RFC 2883). */
	duplicates = 0;

	/** In order. */
	get ranges(): readonly Block[] {
		return this.#ranges;
	}

	/** End of the last range; `una` when there is none. */
	highest(una: Seq): Seq {
		return this.#ranges.at(-1)?.[1] ?? una;
	}

	/** Take a report. Returns the octets that are new in it. */
	update(blocks: readonly Block[], una: Seq, nxt: Seq): number {
		const before = this.sacked;
		for (const [index, [left, right]] of blocks.entries()) {
			if (index === 0 && isDuplicate(blocks, una)) {
				this.duplicates += 1;
				continue;
			}
			// believe only what lies in flight
			if (lt(left, right) && gte(left, una) && lte(right, nxt)) this.#add(left, right);
		}
		return this.sacked - before;
	}

	/** Everything before `una` is acknowledged. */
	acknowledge(una: Seq): void {
		let first = this.#ranges[0];
		while (first !== undefined && lt(first[0], una)) {
			if (gt(first[1], una)) {
				this.sacked -= diff(una, first[0]);
				first[0] = una;
				return;
			}
			this.sacked -= diff(first[1], first[0]);
			this.#ranges.shift();
			first = this.#ranges[0];
		}
	}

	/** A time-out: the peer may have dropped what it reported (RFC 2018 §8). */
	clear(): void {
		this.#ranges = [];
		this.sacked = 0;
	}

	/**
	 * Every octet before this one that is not reported is lost (IsLost, RFC 6675 §4): three ranges, or more than two
	 * segments' worth, were reported above it. `una`: nothing is.
	 */
	lostEdge(una: Seq, mss: number): Seq {
		let octets = 0;
		for (let index = this.#ranges.length - 1, count = 1; index >= 0; index -= 1, count += 1) {
			const [left, right] = this.#ranges[index] ?? [una, una];
			octets += diff(right, left);
			if (count >= THRESHOLD || octets > (THRESHOLD - 1) * mss) return left;
		}
		return una;
	}

	/** Octets reported within `[from, to)`. */
	within(from: Seq, to: Seq): number {
		let octets = 0;
		for (const [left, right] of this.#ranges) {
			if (!lt(left, to)) break;
			const start = max(left, from);
			const end = lt(right, to) ? right : to;
			if (lt(start, end)) octets += diff(end, start);
		}
		return octets;
	}

	/** The first octet at or after `seq` that is not reported, and the octets from there to the next range, or Infinity. */
	hole(seq: Seq): { readonly at: Seq; readonly length: number } {
		let at = seq;
		for (const [left, right] of this.#ranges) {
			if (lt(at, left)) return { at, length: diff(left, at) };
			at = max(at, right);
		}
		return { at, length: Infinity };
	}

	/** The last octets in flight that are not reported; `from` equals `to` when all are. */
	lastGap(una: Seq, nxt: Seq): { readonly from: Seq; readonly to: Seq } {
		let to = nxt;
		for (let index = this.#ranges.length - 1; index >= 0; index -= 1) {
			const [left, right] = this.#ranges[index] ?? [una, una];
			if (lt(right, to)) return { from: right, to };
			to = left;
		}
		return { from: una, to };
	}

	#add(left: Seq, right: Seq): void {
		const ranges = this.#ranges;
		let index = 0;
		while (index < ranges.length && lt(ranges[index]?.[1] ?? left, left)) index += 1;
		let end = index;
		let from = left;
		let to = right;
		for (let range = ranges[end]; range !== undefined && lte(range[0], right); range = ranges[end]) {
			if (lt(range[0], from)) from = range[0];
			to = max(to, range[1]);
			this.sacked -= diff(range[1], range[0]);
			end += 1;
		}
		if (end === index && ranges.length >= MAX_RANGES) return;
		this.sacked += diff(to, from);
		ranges.splice(index, end - index, [from, to]);
	}
}

/** RFC 2883 §4: the first block lies before the ACK number, or within the second: it reports what came twice. */
export function isDuplicate(blocks: readonly Block[], una: Seq): boolean {
	const [first, second] = blocks;
	if (first === undefined) return false;
	if (lt(first[0], una)) return true;
	return second !== undefined && gte(first[0], second[0]) && lte(first[1], second[1]);
}
