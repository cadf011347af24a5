/**
 * The receiving half: RCV.NXT, the window, the octets the user has not read, and the runs that came too early
 * (RFC 9293 §3.10.7.4, seventh step). Its law: unread octets and held octets together never exceed the buffer, so the
 * window's right edge never moves back (§3.8.6, SHLD-14); of octets that come twice the first copy is kept.
 */
import { add, diff, type Seq } from '#lib/wire/seq.ts';

/** The window field has 16 bits. */
const MAX_WINDOW = 0xffff;
/** Runs held after a gap: a run costs more than its octets, so many tiny ones are not all kept. */
const MAX_RUNS = 1024;
const NOTHING = new Uint8Array(0);

interface Run {
	seq: Seq;
	octets: Uint8Array;
}

/** What a connection that holds nothing has in common with all others: nobody adds to them. */
const NO_CHUNKS: Uint8Array[] = [];
const NO_RUNS: Run[] = [];

export interface Inserted {
	/** Octets that became readable. */
	readonly readable: number;
	/** RCV.NXT has passed the peer's FIN. */
	readonly ended: boolean;
}

export class ReceiveQueue {
	/** RCV.NXT. */
	nxt: Seq = 0;
	readonly #buffer: number;
	#ready: Uint8Array[] = NO_CHUNKS;
	/** First chunk of `#ready` not wholly read. */
	#head = 0;
	#unread = 0;
	#limit = MAX_WINDOW;
	/** Runs after a gap: in order, apart from each other, all within the window. */
	#held: Run[] = NO_RUNS;
	/** Sequence number of the peer's FIN once seen: nothing at or after it is text. */
	#fin: Seq | null = null;

	/** `buffer`: octets of receive buffer. */
	constructor(buffer: number) {
		this.#buffer = buffer;
	}

	/** RCV.WND: buffer minus unread octets, octets. */
	get wnd(): number {
		return Math.min(this.#limit, Math.max(0, this.#buffer - this.#unread));
	}

	get unread(): number {
		return this.#unread;
	}

	/** Something is held after a gap. */
	get gapped(): boolean {
		return this.#held.length > 0;
	}

	/** Octets held after a gap. */
	get held(): number {
		return this.#held.reduce((sum, run) => sum + run.octets.length, 0);
	}

	/** The window field counts in units of 2^shift octets (RFC 7323 §2.3). */
	scale(shift: number): void {
		this.#limit = MAX_WINDOW * 2 ** shift;
	}

	/** The octets held without a gap around the one at `seq`, as their edges; null: that one is not held. */
	blockAt(seq: Seq): readonly [left: Seq, right: Seq] | null {
		let index = this.#firstEndingAfter(seq);
		let run = this.#held[index];
		if (run === undefined || diff(run.seq, seq) > 0) return null;
		let left = run.seq;
		let right = add(run.seq, run.octets.length);
		for (let before = this.#held[index - 1]; before; before = this.#held[index - 1]) {
			if (add(before.seq, before.octets.length) !== left) break;
			left = before.seq;
			index -= 1;
		}
		index = this.#firstEndingAfter(seq);
		for (run = this.#held[index + 1]; run?.seq === right; run = this.#held[index + 1]) {
			right = add(right, run.octets.length);
			index += 1;
		}
		return [left, right];
	}

	/** The peer's SYN had sequence number `irs`. */
	start(irs: Seq): void {
		this.nxt = add(irs, 1);
	}

	/**
	 * Take octets at `seq` and perhaps the FIN that follows them. What lies outside the window is cut off. Octets in order
	 * are handed on as they are, not copied: nobody may change them afterwards.
	 */
	insert(seq: Seq, octets: Uint8Array, fin: boolean): Inserted {
		const before = this.#unread;
		const left = Math.max(0, diff(this.nxt, seq));
		let right = diff(add(this.nxt, this.wnd), seq);
		if (fin && left <= octets.length && octets.length < right) this.#endAt(add(seq, octets.length));
		if (this.#fin !== null) right = Math.min(right, diff(this.#fin, seq));
		if (left < Math.min(octets.length, right)) {
			this.#place(add(seq, left), octets.subarray(left, Math.max(left, right)));
		}
		const ended = this.#fin !== null && this.#fin === this.nxt;
		if (ended) {
			this.#held = NO_RUNS;
			this.nxt = add(this.nxt, 1);
		}
		return { readable: this.#unread - before, ended };
	}

	/** Hand over up to `max` octets in order. */
	read(max = Infinity): Uint8Array {
		const length = Math.min(max, this.#unread);
		if (length <= 0) return NOTHING;
		const first = this.#ready[this.#head] ?? NOTHING;
		if (first.length === length) {
			this.#advance();
			this.#unread -= length;
			return first;
		}
		const out = new Uint8Array(length);
		for (let at = 0; at < length;) {
			const chunk = this.#ready[this.#head] ?? NOTHING;
			const part = chunk.subarray(0, length - at);
			out.set(part, at);
			at += part.length;
			if (part.length === chunk.length) this.#advance();
			else this.#ready[this.#head] = chunk.subarray(part.length);
		}
		this.#unread -= length;
		return out;
	}

	/** Drop the runs after a gap: they will never be reached. */
	dropHeld(): void {
		this.#held = NO_RUNS;
	}

	/** The peer's FIN is at `seq`: whatever was held beyond it is not part of the stream. The first FIN seen counts. */
	#endAt(seq: Seq): void {
		if (this.#fin !== null) return;
		this.#fin = seq;
		if (this.#held.length === 0) return;
		for (const run of this.#held) {
			const inside = Math.max(0, diff(seq, run.seq));
			if (inside < run.octets.length) run.octets = run.octets.subarray(0, inside);
		}
		this.#held = this.#held.filter((run) => run.octets.length > 0);
	}

	#advance(): void {
		this.#ready[this.#head] = NOTHING;
		this.#head += 1;
		if (this.#head === this.#ready.length) {
			this.#ready = NO_CHUNKS;
			this.#head = 0;
		} else if (this.#head > 32 && this.#head * 2 > this.#ready.length) {
			this.#ready = this.#ready.slice(this.#head);
			this.#head = 0;
		}
	}

	#append(octets: Uint8Array): void {
		if (this.#ready === NO_CHUNKS) this.#ready = [octets];
		else this.#ready.push(octets);
		this.#unread += octets.length;
		this.nxt = add(this.nxt, octets.length);
	}

	/** `octets` lie within the window, `seq` at or after RCV.NXT. */
	#place(seq: Seq, octets: Uint8Array): void {
		if (this.#held.length === 0 && seq === this.nxt) {
			this.#append(octets);
			return;
		}
		this.#hold(seq, octets);
		let passed = 0;
		for (const run of this.#held) {
			if (run.seq !== this.nxt) break;
			this.#append(run.octets);
			passed += 1;
		}
		this.#held.splice(0, passed);
	}

	/** Put what is new of `octets` between the runs already held. */
	#hold(seq: Seq, octets: Uint8Array): void {
		if (this.#held === NO_RUNS) this.#held = [];
		let at = seq;
		let rest = octets;
		let index = this.#firstEndingAfter(at);
		while (rest.length > 0) {
			const next = this.#held[index];
			const gap = next === undefined ? rest.length : diff(next.seq, at);
			if (gap > 0) {
				const length = Math.min(gap, rest.length);
				if (this.#held.length < MAX_RUNS || at === this.nxt) {
					this.#held.splice(index, 0, { seq: at, octets: rest.slice(0, length) });
					index += 1;
				}
				at = add(at, length);
				rest = rest.subarray(length);
			}
			if (next === undefined || rest.length === 0) break;
			const covered = diff(add(next.seq, next.octets.length), at);
			at = add(at, covered);
			rest = rest.subarray(covered);
			index += 1;
		}
	}

	#firstEndingAfter(seq: Seq): number {
		let low = 0;
		let high = this.#held.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const run = this.#held[middle];
			if (run !== undefined && diff(add(run.seq, run.octets.length), seq) > 0) high = middle;
			else low = middle + 1;
		}
		return low;
	}
}
