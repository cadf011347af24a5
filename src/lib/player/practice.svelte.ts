/** A morning round as a person meets it: the run is played by the engine, the questions are read from its log. */
import { exercise, grade, round, type Exercise, type Missed } from '#lib/levels/practice.ts';
import type { Kind, Task } from '#lib/levels/practice-task.ts';
import type { Event, Input } from '#lib/sim/event.ts';
import type { FromEngine } from '#lib/engine/protocol.ts';
import type { EnginePort } from './engine-line.ts';

const QUIET = Number.MAX_SAFE_INTEGER;

/** Where what was missed is kept. */
export interface Misses {
	readonly progress: { readonly missed: Missed };
	practised(kind: Kind, right: boolean): void;
}

export class Round {
	readonly seed: number;
	readonly #misses: Misses;
	readonly #exercise: Exercise;
	readonly #engine: EnginePort;
	readonly #left: Input[];
	#log: Event[] = [];
	#epoch = 1;
	#tasks = $state.raw<readonly Task[]>([]);
	#at = $state.raw(0);
	#marks = $state.raw<readonly (readonly boolean[])[]>([]);
	#fault = $state.raw<string | null>(null);

	constructor(seed: number, misses: Misses, connect: (receive: (message: FromEngine) => void) => EnginePort) {
		this.seed = seed;
		this.#misses = misses;
		this.#exercise = exercise(seed);
		const { scenario, inputs } = this.#exercise;
		this.#left = [...inputs];
		this.#engine = connect((message) => this.#receive(message));
		this.#engine.send({ type: 'load', epoch: 1, scenario, seed, inputs: [] });
		this.#engine.send({ type: 'advance', epoch: 1, to: QUIET });
	}

	get tasks(): readonly Task[] {
		return this.#tasks;
	}
	/** The question that is asked; null: the round is over, or not made yet. */
	get task(): Task | null {
		return this.#tasks[this.#at] ?? null;
	}
	/** Number of the question that is asked, from 0. */
	get at(): number {
		return this.#at;
	}
	/** What was right, question by question and blank by blank. */
	get marks(): readonly (readonly boolean[])[] {
		return this.#marks;
	}
	get over(): boolean {
		return this.#tasks.length > 0 && this.#at >= this.#tasks.length;
	}
	get fault(): string | null {
		return this.#fault;
	}

	/** Grades the question that is asked; it stays until `next`. */
	answer(answers: readonly string[]): void {
		const { task } = this;
		if (!task || this.#marks.length > this.#at) return;
		const marks = grade(task, answers);
		this.#marks = [...this.#marks, marks];
		this.#misses.practised(task.kind, marks.every(Boolean));
	}
	next(): void {
		if (this.#marks.length > this.#at) this.#at++;
	}
	close(): void {
		this.#engine.close();
	}

	#receive(message: FromEngine): void {
		if (message.type === 'fault') {
			this.#fault = message.message;
			return;
		}
		if (message.epoch !== this.#epoch) return;
		this.#log = [...this.#log.slice(0, message.from), ...message.events];
		if (message.nextAt !== null || this.#tasks.length > 0) return;
		const input = this.#left.shift();
		if (input) {
			const epoch = ++this.#epoch;
			this.#engine.send({ type: 'input', epoch, timed: { at: message.now, input } });
			this.#engine.send({ type: 'advance', epoch, to: QUIET });
		} else this.#tasks = round(this.#log, this.#exercise, this.#misses.progress.missed);
	}
}
