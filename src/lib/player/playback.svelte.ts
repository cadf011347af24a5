/**
 * The playhead of a run: how much of its log is shown, at what instant, and how fast it goes on. Law: `tick` is the only
 * clock; nothing is shown beyond a prediction that is neither answered nor skipped.
 */
import type { Event } from '#lib/sim/event.ts';
import type { Level, Question } from '#lib/levels/level.ts';
import { nextPlace } from './bookmarks.svelte.ts';
import { findGate } from './gate.ts';
import { countUntil, paceOf, toShown, toVirtual, type Millis, type Ratio } from './pace.ts';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export abstract class Playback {
	readonly level: Level;

	#time = $state.raw<number>(0);
	#cursor = $state.raw(0);
	#seen = $state.raw(0);
	#playing = $state.raw(true);
	#speed = $state.raw<Speed>(1);
	#ratio = $state.raw<Ratio>('event');
	#skipped = $state.raw<readonly string[]>([]);

	#pace = $derived.by(() => paceOf(this.log, this.#ratio));
	#gate = $derived.by(() => findGate(this.log, this.start, this.level.questions, this.#skipped));
	#shown = $derived.by(() => this.log.slice(0, this.#cursor));

	constructor(level: Level) {
		this.level = level;
	}

	/** Everything computed so far, beyond the cursor too. */
	abstract get log(): readonly Event[];
	/** Where the player's own part begins. */
	abstract get start(): number;
	/** The world and the prelude are there and input is taken. */
	abstract get ready(): boolean;

	/** The log up to the cursor: what has happened as far as the person can see. */
	get shown(): readonly Event[] {
		return this.#shown;
	}
	/** How many events are shown. */
	get cursor(): number {
		return this.#cursor;
	}
	/** Virtual time of the playhead in µs, fractional while something is under way. */
	get time(): number {
		return this.#time;
	}
	get playing(): boolean {
		return this.#playing;
	}
	get speed(): Speed {
		return this.#speed;
	}
	get ratio(): Ratio {
		return this.#ratio;
	}
	/** How many events the person has seen at most in this run. */
	get seen(): number {
		return this.#seen;
	}
	/** True while the cursor is behind what the person has already seen. */
	get inPast(): boolean {
		return this.#cursor < this.#seen;
	}
	/** The prediction that holds playback at the cursor. */
	get question(): Question | null {
		const gate = this.#gate;
		return gate && this.#cursor >= gate.limit && this.#time >= gate.time ? gate.question : null;
	}
	/** Goes on without answering a prediction. */
	skip(question: string): void {
		this.#skipped = [...this.#skipped, question];
	}

	play(): void {
		this.#playing = true;
	}
	pause(): void {
		this.#playing = false;
	}
	toggle(): void {
		this.#playing = !this.#playing;
	}
	setSpeed(speed: Speed): void {
		this.#speed = speed;
	}
	setRatio(ratio: Ratio): void {
		this.#ratio = ratio;
	}

	/** Shows exactly the first `count` events, at the instant of the last of them; pauses. */
	seek(count: number): void {
		const limit = this.#gate?.limit ?? this.log.length;
		this.#cursor = Math.max(this.start, Math.min(count, limit));
		this.#time = this.log[this.#cursor - 1]?.at ?? 0;
		if (this.#gate && this.#cursor >= limit) this.#time = Math.max(this.#time, this.#gate.time);
		this.#seen = Math.max(this.#seen, this.#cursor);
		this.#playing = false;
	}
	/** One event back or on; with `packets` to the next departure or arrival of a packet. */
	step(direction: 1 | -1, { packets = false } = {}): void {
		const { log, start } = this;
		let count = this.#cursor + direction;
		const isStop = (event: Event | undefined) => !packets || event?.kind.startsWith('packet.') === true;
		while (count > start && count < log.length && !isStop(log[count - 1])) count += direction;
		this.seek(count);
	}
	toStart(): void {
		this.seek(this.start);
	}
	toEnd(): void {
		this.seek(this.log.length);
	}
	/** Returns from the past to the furthest event seen. */
	toPresent(): void {
		this.seek(this.#seen);
		this.#playing = true;
	}
	/** The nearest of `places` behind or before the cursor; false: there is none. */
	jump(direction: 1 | -1, places: readonly number[]): boolean {
		const to = nextPlace(places, this.#cursor, direction);
		if (to === null) return false;
		this.seek(to);
		return true;
	}

	/** Moves the playhead by `elapsed` ms of shown time; called once a frame. Returns true if anything moved. */
	tick(elapsed: Millis): boolean {
		const { log } = this;
		if (!this.#playing || !this.ready || this.#cursor > log.length) return false;
		const end = log[log.length - 1]?.at ?? 0;
		const gate = this.#gate;
		const target = toVirtual(
			this.#pace,
			toShown(this.#pace, this.#time) + elapsed * this.#speed * (this.level.pace ?? 1)
		);
		const time = Math.max(this.#time, Math.min(target, gate ? gate.time : end));
		const cursor = Math.max(this.#cursor, Math.min(countUntil(log, time), gate?.limit ?? Infinity));
		if (time === this.#time && cursor === this.#cursor) return false;
		this.#time = time;
		this.#cursor = cursor;
		this.#seen = Math.max(this.#seen, cursor);
		return true;
	}

	/** To where nothing has been seen, and goes on from there. */
	protected rewind(): void {
		this.arrive(0, 0);
		this.#skipped = [];
		this.#playing = true;
	}
	/** Is at `count` events, all of them seen, at the instant `time`. */
	protected arrive(count: number, time: number): void {
		this.#cursor = this.#seen = count;
		this.#time = time;
	}
	/** The log ends after `count` events now. */
	protected cut(count: number): void {
		this.#cursor = Math.min(this.#cursor, count);
		this.#seen = count;
	}
}
