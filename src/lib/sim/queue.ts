/**
 * The one queue of everything that will happen: two binary heaps (foreground, background) over typed arrays, keyed by
 * (instant, insertion order). Ties leave in the order in which they came. An entry can be taken back by its ticket,
 * so no stale entry ever decides when the world wakes.
 */
import type { Micros } from './event.ts';

/** Names one pending entry, for `cancel`; never reused while the queue lives. */
export type Ticket = number;

const FIRST_CAPACITY = 64;
/** A ticket is slot + SLOTS × generation, so that a spent ticket cannot cancel the slot's next tenant. */
const SLOTS = 2 ** 22;

/** Rows (at, order, slot) in heap order, as columns. */
class Heap {
	size = 0;
	at = new Float64Array(FIRST_CAPACITY);
	order = new Float64Array(FIRST_CAPACITY);
	slot = new Int32Array(FIRST_CAPACITY);
	/** Heap row by slot; shared by both heaps, since a slot is in only one of them. */
	#row: { of: Int32Array };

	constructor(row: { of: Int32Array }) {
		this.#row = row;
	}

	grow(): void {
		const { at, order, slot } = this;
		this.at = new Float64Array(at.length * 2);
		this.at.set(at);
		this.order = new Float64Array(at.length * 2);
		this.order.set(order);
		this.slot = new Int32Array(at.length * 2);
		this.slot.set(slot);
	}

	push(at: number, order: number, slot: number): void {
		if (this.size === this.at.length) this.grow();
		this.#rise(this.size++, at, order, slot);
	}

	/** Takes row `hole` out; the last row fills its place. */
	remove(hole: number): void {
		const last = --this.size;
		if (hole === last) return;
		const at = this.at[last] as number;
		const order = this.order[last] as number;
		const slot = this.slot[last] as number;
		const parent = (hole - 1) >> 1;
		if (hole > 0 && this.#before(at, order, parent)) this.#rise(hole, at, order, slot);
		else this.#sink(hole, at, order, slot);
	}

	/** Whether (at, order) leaves before what is in `row`. */
	#before(at: number, order: number, row: number): boolean {
		const there = this.at[row] as number;
		return at < there || (at === there && order < (this.order[row] as number));
	}

	#put(row: number, at: number, order: number, slot: number): void {
		this.at[row] = at;
		this.order[row] = order;
		this.slot[row] = slot;
		this.#row.of[slot] = row;
	}

	#move(from: number, to: number): void {
		this.#put(to, this.at[from] as number, this.order[from] as number, this.slot[from] as number);
	}

	#rise(from: number, at: number, order: number, slot: number): void {
		let row = from;
		while (row > 0) {
			const parent = (row - 1) >> 1;
			if (!this.#before(at, order, parent)) break;
			this.#move(parent, row);
			row = parent;
		}
		this.#put(row, at, order, slot);
	}

	#sink(from: number, at: number, order: number, slot: number): void {
		let row = from;
		for (;;) {
			let child = 2 * row + 1;
			if (child >= this.size) break;
			const right = child + 1;
			if (right < this.size && this.#before(this.at[right] as number, this.order[right] as number, child))
				child = right;
			if (this.#before(at, order, child)) break;
			this.#move(child, row);
			row = child;
		}
		this.#put(row, at, order, slot);
	}
}

export class Queue<T> {
	readonly #row = { of: new Int32Array(FIRST_CAPACITY) };
	readonly #foreground = new Heap(this.#row);
	readonly #background = new Heap(this.#row);
	#order = 0;
	/** By slot. */
	readonly #values: (T | undefined)[] = [];
	readonly #generations: number[] = [];
	readonly #lanes: (Heap | null)[] = [];
	readonly #free: number[] = [];

	/** Entries pending. */
	get size(): number {
		return this.#foreground.size + this.#background.size;
	}

	/** Instant of the earliest foreground entry; null: none. */
	get nextAt(): Micros | null {
		return this.#foreground.size > 0 ? (this.#foreground.at[0] as number) : null;
	}

	/** Instant of the earliest background entry; null: none. */
	get timerAt(): Micros | null {
		return this.#background.size > 0 ? (this.#background.at[0] as number) : null;
	}

	/** Instant of the entry that `pop` would take; null: the queue is empty. */
	get dueAt(): Micros | null {
		const lane = this.#first();
		return lane ? (lane.at[0] as number) : null;
	}

	push(at: Micros, value: T, background = false): Ticket {
		const lane = background ? this.#background : this.#foreground;
		const slot = this.#free.pop() ?? this.#newSlot();
		this.#values[slot] = value;
		this.#lanes[slot] = lane;
		lane.push(at, this.#order++, slot);
		return slot + SLOTS * (this.#generations[slot] as number);
	}

	/** Removes and returns the earliest entry of both lanes; undefined when the queue is empty. */
	pop(): T | undefined {
		const lane = this.#first();
		if (!lane) return undefined;
		const slot = lane.slot[0] as number;
		lane.remove(0);
		return this.#release(slot);
	}

	/** Takes an entry back. False when it has already left. */
	cancel(ticket: Ticket): boolean {
		const slot = ticket % SLOTS;
		const lane = this.#lanes[slot];
		if (!lane || this.#generations[slot] !== (ticket - slot) / SLOTS) return false;
		lane.remove(this.#row.of[slot] as number);
		this.#release(slot);
		return true;
	}

	#first(): Heap | null {
		const near = this.#foreground;
		const far = this.#background;
		if (far.size === 0) return near.size > 0 ? near : null;
		if (near.size === 0) return far;
		const gap = (near.at[0] as number) - (far.at[0] as number);
		return gap < 0 || (gap === 0 && (near.order[0] as number) < (far.order[0] as number)) ? near : far;
	}

	#newSlot(): number {
		const slot = this.#values.length;
		if (slot >= SLOTS) throw new RangeError(`more than ${SLOTS} entries pending`);
		this.#values.push(undefined);
		this.#generations.push(0);
		this.#lanes.push(null);
		if (slot >= this.#row.of.length) {
			const wider = new Int32Array(this.#row.of.length * 2);
			wider.set(this.#row.of);
			this.#row.of = wider;
		}
		return slot;
	}

	#release(slot: number): T {
		const value = this.#values[slot] as T;
		this.#values[slot] = undefined;
		this.#lanes[slot] = null;
		this.#generations[slot] = (this.#generations[slot] as number) + 1;
		this.#free.push(slot);
		return value;
	}
}
