/**
 * One run of one level as a person sees it: the log, the cursor in it, and the verbs. The engine always runs ahead to
 * the next quiet moment; the person sees what the cursor has passed. Typing behind the furthest event seen is a branch
 * and is asked for; typing while events are still in flight is not, for nobody has seen that future.
 */
import type { Answer, Event, Input, Micros, TimedInput } from '#lib/sim/event.ts';
import type { FromEngine, SavedGame } from '#lib/engine/protocol.ts';
import type { Level, Question } from '#lib/levels/level.ts';
import { Bookmarks, nextPlace } from './bookmarks.svelte.ts';
import { EngineLine, type EnginePort } from './engine-line.ts';
import { findGate, preludeEnd } from './gate.ts';
import { countUntil, paceOf, toShown, toVirtual, type Millis, type Ratio } from './pace.ts';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** A run that was left behind by branching. */
export interface Track {
	readonly inputs: readonly TimedInput[];
	readonly log: readonly Event[];
}

export class Game {
	readonly level: Level;
	readonly bookmarks = new Bookmarks();
	readonly #engine: EngineLine;
	#pending: Input[] = [];
	#preludeLeft: Input[] = [];

	#log = $state.raw<readonly Event[]>([]);
	#time = $state.raw<number>(0);
	#cursor = $state.raw(0);
	#seen = $state.raw(0);
	#inputs = $state.raw<readonly TimedInput[]>([]);
	#playing = $state.raw(true);
	#speed = $state.raw<Speed>(1);
	#ready = $state.raw(false);
	#waiting = $state.raw(false);
	#now = $state.raw<Micros>(0);
	#timerAt = $state.raw<Micros | null>(null);
	#left = $state.raw<Track | null>(null);
	#fault = $state.raw<string | null>(null);
	#skipped = $state.raw<readonly string[]>([]);
	#first = new Map<string, Answer>();

	#ratio = $state.raw<Ratio>('event');
	#pace = $derived(paceOf(this.#log, this.#ratio));
	#start = $derived.by(() => (this.#isRecorded ? 0 : preludeEnd(this.#log, this.level.prelude.length)));
	#gate = $derived.by(() => findGate(this.#log, this.#start, this.level.questions, this.#skipped));
	#shownLog = $derived(this.#log.slice(0, this.#cursor));

	/** The whole run can be gone through, from its first event. */
	get #isRecorded(): boolean {
		return this.#engine.recorded === true || this.level.seats?.length === 0;
	}

	/** `connect` starts an engine whose messages go to the given function. */
	constructor(level: Level, connect: (receive: (message: FromEngine) => void) => EnginePort) {
		this.level = level;
		this.#engine = new EngineLine(level, connect, (message) => this.#receive(message));
		this.reset();
	}

	/** Everything computed so far, beyond the cursor too. */
	get log(): readonly Event[] {
		return this.#log;
	}
	/** The log up to the cursor: what has happened as far as the person can see. */
	get shown(): readonly Event[] {
		return this.#shownLog;
	}
	/** Everything had happened before anybody looked. */
	get recorded(): boolean {
		return this.#engine.recorded === true;
	}
	/** How many events are shown. */
	get cursor(): number {
		return this.#cursor;
	}
	/** Virtual time of the playhead in µs, fractional while something is under way. */
	get time(): number {
		return this.#time;
	}
	/** Where the player's own part begins. */
	get start(): number {
		return this.#start;
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
	/** The world and the prelude are there and input is taken. */
	get ready(): boolean {
		return this.#ready;
	}
	get inputs(): readonly TimedInput[] {
		return this.#inputs;
	}
	/** How many events the person has seen at most in this run. */
	get seen(): number {
		return this.#seen;
	}
	/** True while the cursor is behind what the person has already seen. */
	get inPast(): boolean {
		return this.#cursor < this.#seen;
	}
	/** Nothing left to play, and nothing more to come from the engine until someone acts. */
	get atEnd(): boolean {
		return !this.#waiting && this.#cursor >= this.#log.length;
	}
	/** The run left behind by the last branch. */
	get left(): Track | null {
		return this.#left;
	}
	get fault(): string | null {
		return this.#fault;
	}
	/** The next background timer while the world is otherwise quiet. */
	get timerAt(): Micros | null {
		return this.atEnd ? this.#timerAt : null;
	}
	get now(): Micros {
		return this.#now;
	}
	/** The prediction that holds playback at the cursor. */
	get question(): Question | null {
		const gate = this.#gate;
		return gate && this.#cursor >= gate.limit && this.#time >= gate.time ? gate.question : null;
	}
	/** The first value given for each question, whatever was rewound since: what the third stamp looks at. */
	get firstAnswers(): ReadonlyMap<string, Answer> {
		return this.#first;
	}

	reset(inputs: readonly TimedInput[] = this.level.opened ?? []): void {
		this.#pending = [];
		this.#preludeLeft = inputs.length ? [] : [...this.level.prelude];
		this.#inputs = inputs;
		this.#log = [];
		this.#cursor = this.#seen = 0;
		this.#time = 0;
		this.#ready = false;
		this.#left = null;
		this.bookmarks.set([]);
		this.#fault = null;
		this.#skipped = [];
		this.#playing = true;
		this.#waiting = true;
		this.#engine.load(inputs);
		this.#engine.advance();
	}

	/**
	 * Acts at the playhead. Behind the furthest event seen nothing happens unless `branch` is true, and the answer is
	 * `'past'`: ask first. Before the world is ready the input waits.
	 */
	act(input: Input, { branch = false } = {}): 'done' | 'past' {
		if (!this.#ready) {
			this.#pending.push(input);
			return 'done';
		}
		if (input.kind === 'answer') {
			// an answer changes nothing in the world: given in the past, it is recorded in the present
			if (this.inPast) this.toPresent();
			if (!this.#first.has(input.question)) this.#first.set(input.question, input.value);
		} else if (this.inPast) {
			if (!branch) return 'past';
			this.#left = { inputs: this.#inputs, log: this.#log };
		}
		this.#perform(input, Math.floor(this.#time));
		this.#playing = true;
		return 'done';
	}

	type(line: string, options?: { branch?: boolean; host?: string }): 'done' | 'past' {
		return this.act({ kind: 'type', host: options?.host ?? this.level.terminal, line }, options);
	}
	answer(question: string, value: Answer, options?: { branch?: boolean }): 'done' | 'past' {
		return this.act({ kind: 'answer', question, value }, options);
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
		const limit = this.#gate?.limit ?? this.#log.length;
		this.#cursor = Math.max(this.#start, Math.min(count, limit));
		this.#time = this.#log[this.#cursor - 1]?.at ?? 0;
		if (this.#gate && this.#cursor >= limit) this.#time = Math.max(this.#time, this.#gate.time);
		this.#seen = Math.max(this.#seen, this.#cursor);
		this.#playing = false;
	}
	/** One event back or on; with `packets` to the next departure or arrival of a packet. */
	step(direction: 1 | -1, { packets = false } = {}): void {
		let count = this.#cursor + direction;
		const isStop = (event: Event | undefined) => !packets || event?.kind.startsWith('packet.') === true;
		while (count > this.#start && count < this.#log.length && !isStop(this.#log[count - 1]))
			count += direction;
		this.seek(count);
	}
	toStart(): void {
		this.seek(this.#start);
	}
	toEnd(): void {
		this.seek(this.#log.length);
	}
	/** Returns from the past to the furthest event seen. */
	toPresent(): void {
		this.seek(this.#seen);
		this.#playing = true;
	}
	/** Takes up the run that the last branch left behind; this one is left behind in its place. */
	returnToTrack(): void {
		const track = this.#left;
		if (!track) return;
		const mine = { inputs: this.#inputs, log: this.#log };
		const { places } = this.bookmarks;
		this.reset(track.inputs);
		this.#left = mine;
		this.bookmarks.set(places);
	}
	/** The nearest of `places` behind or before the cursor; false: there is none. */
	jump(direction: 1 | -1, places: readonly number[]): boolean {
		const to = nextPlace(places, this.#cursor, direction);
		if (to === null) return false;
		this.seek(to);
		return true;
	}
	/** Lets virtual time pass until the next background timer (TIME-WAIT, autologout). */
	waitForTimer(): void {
		if (this.timerAt === null) return;
		this.#engine.advance(this.timerAt);
		this.#playing = true;
	}

	/** Moves the playhead by `elapsed` ms of shown time; called once a frame. Returns true if anything moved. */
	tick(elapsed: Millis): boolean {
		if (!this.#playing || !this.#ready || this.#cursor > this.#log.length) return false;
		const end = this.#log[this.#log.length - 1]?.at ?? 0;
		const gate = this.#gate;
		const target = toVirtual(
			this.#pace,
			toShown(this.#pace, this.#time) + elapsed * this.#speed * (this.level.pace ?? 1)
		);
		const time = Math.max(this.#time, Math.min(target, gate ? gate.time : end));
		const cursor = Math.max(this.#cursor, Math.min(countUntil(this.#log, time), gate?.limit ?? Infinity));
		if (time === this.#time && cursor === this.#cursor) return false;
		this.#time = time;
		this.#cursor = cursor;
		this.#seen = Math.max(this.#seen, cursor);
		return true;
	}

	/** A run that replays anywhere. */
	save(): SavedGame {
		return { version: 1, level: this.level.slug, seed: this.level.seed, inputs: this.#inputs };
	}
	close(): void {
		this.#engine.close();
	}

	/**
	 * Acts at `at`, in the past after the inputs whose events are shown, and what came later falls away; in the present
	 * after all of them, also those of which the engine has said nothing yet.
	 */
	#perform(input: Input, at: Micros): void {
		const timed = { at, input };
		const shown = this.#shownLog.filter(({ kind }) => kind === 'input').length;
		const kept = this.inPast ? this.#inputs.slice(0, shown) : this.#inputs;
		// an input can share its instant with what is kept: the engine tells futures apart by time alone
		const replay = this.#inputs[shown] !== undefined && this.#inputs[shown].at <= at;
		this.#inputs = [...kept, timed];
		const upTo = replay ? this.#cursor : countUntil(this.#log, at);
		this.#log = this.#log.slice(0, upTo);
		this.#cursor = Math.min(this.#cursor, upTo);
		this.#seen = upTo;
		this.#waiting = true;
		if (replay) this.#engine.load(kept);
		this.#engine.input(timed, !replay);
		this.#engine.advance();
	}

	#receive(message: FromEngine): void {
		if (message.type === 'fault') {
			this.#fault = message.message;
			this.#waiting = false;
			return;
		}
		if (message.events.length || message.from < this.#log.length)
			this.#log = [...this.#log.slice(0, message.from), ...message.events];
		this.#now = message.now;
		this.#timerAt = message.timerAt;
		this.#waiting = message.nextAt !== null;
		if (!this.#ready && message.nextAt === null) this.#opened();
	}

	/** The world is quiet: go on with the prelude, then hand over. A restored run opens at its end. */
	#opened(): void {
		this.#cursor = this.#seen = this.#log.length;
		this.#time = this.#now;
		const next = this.#preludeLeft.shift();
		if (next) {
			this.#perform(next, this.#now);
			return;
		}
		this.#ready = true;
		for (const input of this.#pending.splice(0)) this.act(input);
	}
}
