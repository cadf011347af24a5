/**
 * One direction of a TCP conversation put together again: octets in order, each run with the packet that first brought
 * it. Law: an octet is handed on once; what waits for a gap is bounded, and a gap that never closes ends the stream.
 */
import { gt, lte } from '#lib/wire/seq.ts';

export interface Run {
	readonly octets: Uint8Array;
	readonly packet: number;
}

interface Waiting extends Run {
	readonly seq: number;
}

/** Octets that may wait. */
const MOST_WAITING = 256 * 1024;

export class Stream {
	#next: number | null;
	#waiting: Waiting[] = [];
	#octets = 0;
	#broken = false;

	/** `next`: relative number of the next octet; null: that of the first that comes. */
	constructor(next: number | null) {
		this.#next = next;
	}

	/** Octets are missing that the capture does not hold. */
	get broken(): boolean {
		return this.#broken;
	}
	/** Something waits for octets that were not seen yet. */
	get waits(): boolean {
		return this.#waiting.length > 0;
	}

	/** `length`: octets that were on the link; the capture may have kept fewer. */
	take(seq: number, octets: Uint8Array, length: number, packet: number): readonly Run[] {
		if (this.#broken || length === 0) return [];
		this.#next ??= seq;
		const runs: Run[] = [];
		if (gt(seq, this.#next)) {
			this.#octets += octets.length;
			if (octets.length < length || this.#octets > MOST_WAITING) this.#broken = true;
			else this.#waiting.push({ seq, octets, packet });
			return runs;
		}
		this.#give({ seq, octets, packet }, runs);
		if (octets.length < length && gt((seq + length) >>> 0, this.#next)) this.#broken = true;
		while (!this.#broken) {
			const next: number = this.#next;
			const i = this.#waiting.findIndex((one) => lte(one.seq, next));
			const [found] = i < 0 ? [] : this.#waiting.splice(i, 1);
			if (!found) break;
			this.#octets -= found.octets.length;
			this.#give(found, runs);
		}
		return runs;
	}

	#give({ seq, octets, packet }: Waiting, runs: Run[]): void {
		const next = this.#next ?? seq;
		const known = (next - seq) >>> 0;
		if (known >= octets.length) return;
		runs.push({ octets: octets.subarray(known), packet });
		this.#next = (seq + octets.length) >>> 0;
	}
}
