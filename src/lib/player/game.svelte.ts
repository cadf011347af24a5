/**
 * One run of one level as a person sees it: the log, what was done in it, and the verbs. The engine always runs ahead to
 * the next quiet moment; the person sees what the cursor has passed. Typing behind the furthest event seen is a branch
 * and is asked for; typing while events are still in flight is not, for nobody has seen that future.
 */
import type { Answer, Event, Input, Micros, TimedInput } from '#lib/sim/event.ts';
import type { FromEngine, SavedGame } from '#lib/engine/protocol.ts';
import type { Level } from '#lib/levels/level.ts';
import { Bookmarks } from './bookmarks.svelte.ts';
import { EngineLine, type EnginePort } from './engine-line.ts';
import { preludeEnd } from './gate.ts';
import { countUntil } from './pace.ts';
import { Playback } from './playback.svelte.ts';

/** A run that was left behind by branching. */
export interface Track {
	readonly inputs: readonly TimedInput[];
	readonly log: readonly Event[];
	/** How many of its events somebody has seen. */
	readonly seen: number;
}

export class Game extends Playback {
	readonly bookmarks = new Bookmarks();
	readonly #engine: EngineLine;
	#pending: Input[] = [];
	#preludeLeft: Input[] = [];

	#log = $state.raw<readonly Event[]>([]);
	#inputs = $state.raw<readonly TimedInput[]>([]);
	#ready = $state.raw(false);
	#waiting = $state.raw(false);
	#now = $state.raw<Micros>(0);
	#timerAt = $state.raw<Micros | null>(null);
	#left = $state.raw<Track | null>(null);
	#fault = $state.raw<string | null>(null);
	#first = new Map<string, Answer>();

	#start = $derived.by(() => (this.#isRecorded ? 0 : preludeEnd(this.#log, this.level.prelude.length)));

	/** The whole run can be gone through, from its first event. */
	get #isRecorded(): boolean {
		return this.#engine.recorded === true || this.level.seats?.length === 0;
	}

	/** `connect` starts an engine whose messages go to the given function. */
	constructor(level: Level, connect: (receive: (message: FromEngine) => void) => EnginePort) {
		super(level);
		this.#engine = new EngineLine(level, connect, (message) => this.#receive(message));
		this.reset();
	}

	/** Everything computed so far, beyond the cursor too. */
	get log(): readonly Event[] {
		return this.#log;
	}
	/** Everything had happened before anybody looked. */
	get recorded(): boolean {
		return this.#engine.recorded === true;
	}
	/** Where the player's own part begins. */
	get start(): number {
		return this.#start;
	}
	/** The world and the prelude are there and input is taken. */
	get ready(): boolean {
		return this.#ready;
	}
	get inputs(): readonly TimedInput[] {
		return this.#inputs;
	}
	/** Nothing left to play, and nothing more to come from the engine until someone acts. */
	get atEnd(): boolean {
		return !this.#waiting && this.cursor >= this.#log.length;
	}
	/** Plays or pauses; at the end of a run it is played once more. */
	override toggle(): void {
		if (!this.atEnd) return super.toggle();
		if (this.cursor > this.start) this.toStart();
		this.play();
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
	/** The first value given for each question, whatever was rewound since: what the third stamp looks at. */
	get firstAnswers(): ReadonlyMap<string, Answer> {
		return this.#first;
	}

	reset(inputs: readonly TimedInput[] = this.level.opened ?? []): void {
		this.#pending = [];
		this.#preludeLeft = inputs.length ? [] : [...this.level.prelude];
		this.#inputs = inputs;
		this.#log = [];
		this.#ready = false;
		this.#left = null;
		this.bookmarks.set([]);
		this.#fault = null;
		this.rewind();
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
			this.#left = { inputs: this.#inputs, log: this.#log, seen: this.seen };
		}
		this.#perform(input, Math.floor(this.time));
		this.play();
		return 'done';
	}

	type(line: string, options?: { branch?: boolean; host?: string }): 'done' | 'past' {
		return this.act({ kind: 'type', host: options?.host ?? this.level.terminal, line }, options);
	}
	answer(question: string, value: Answer, options?: { branch?: boolean }): 'done' | 'past' {
		return this.act({ kind: 'answer', question, value }, options);
	}
	/** Takes up the run that the last branch left behind; this one is left behind in its place. */
	returnToTrack(): void {
		const track = this.#left;
		if (!track) return;
		const mine = { inputs: this.#inputs, log: this.#log, seen: this.seen };
		const { places } = this.bookmarks;
		this.reset(track.inputs);
		this.#left = mine;
		this.bookmarks.set(places);
	}
	/** Lets virtual time pass until the next background timer (TIME-WAIT, autologout). */
	waitForTimer(): void {
		if (this.timerAt === null) return;
		this.#engine.advance(this.timerAt);
		this.play();
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
		const shown = this.shown.filter(({ kind }) => kind === 'input').length;
		const kept = this.inPast ? this.#inputs.slice(0, shown) : this.#inputs;
		// an input can share its instant with what is kept: the engine tells futures apart by time alone
		const replay = this.#inputs[shown] !== undefined && this.#inputs[shown].at <= at;
		this.#inputs = [...kept, timed];
		const upTo = replay ? this.cursor : countUntil(this.#log, at);
		this.#log = this.#log.slice(0, upTo);
		this.cut(upTo);
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
		if (message.from === 0) this.#log = message.events;
		else if (message.events.length || message.from < this.#log.length)
			this.#log = [...this.#log.slice(0, message.from), ...message.events];
		this.#now = message.now;
		this.#timerAt = message.timerAt;
		this.#waiting = message.nextAt !== null;
		if (!this.#ready && message.nextAt === null) this.#opened();
	}

	/** The world is quiet: go on with the prelude, then hand over. A restored run opens at its end. */
	#opened(): void {
		this.arrive(this.#log.length, this.#now);
		const next = this.#preludeLeft.shift();
		if (next) {
			this.#perform(next, this.#now);
			return;
		}
		this.#ready = true;
		for (const input of this.#pending.splice(0)) this.act(input);
	}
}
