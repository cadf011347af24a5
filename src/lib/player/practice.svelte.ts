/**
 * A morning round as a person meets it: the run is played by the engine, the questions are read from its log, and what was
 * missed is kept on the device, so that it comes again. A storage that refuses costs only that.
 */
import { exercise, grade, round, type Missed } from '#lib/levels/practice.ts';
import { KINDS, type Kind, type Task } from '#lib/levels/practice-task.ts';
import type { Event, Input } from '#lib/sim/event.ts';
import type { FromEngine } from '#lib/engine/protocol.ts';
import type { EnginePort } from './engine-line.ts';
import type { Shelf } from './progress-slots.ts';

const KEY = 'interactive-pop3.practice';
const QUIET = Number.MAX_SAFE_INTEGER;
/** A kind is not weighted by more misses than these. */
const MOST = 9;

export function readMissed(shelf: Shelf | null): Missed {
	try {
		const kept: unknown = JSON.parse(shelf?.getItem(KEY) ?? '{}');
		if (typeof kept !== 'object' || kept === null) return {};
		const entries = Object.entries(kept).filter(
			([kind, n]) => KINDS.some((known) => known === kind) && Number.isInteger(n) && n > 0 && n <= MOST
		);
		return Object.fromEntries(entries) as Missed;
	} catch {
		return {};
	}
}

export class Round {
	readonly seed: number;
	readonly #shelf: Shelf | null;
	readonly #engine: EnginePort;
	readonly #left: Input[];
	#log: Event[] = [];
	#epoch = 1;
	#tasks = $state.raw<readonly Task[]>([]);
	#at = $state.raw(0);
	#marks = $state.raw<readonly (readonly boolean[])[]>([]);
	#fault = $state.raw<string | null>(null);

	constructor(
		seed: number,
		shelf: Shelf | null,
		connect: (receive: (message: FromEngine) => void) => EnginePort
	) {
		this.seed = seed;
		this.#shelf = shelf;
		const { scenario, inputs } = exercise(seed);
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
		this.#keep(task.kind, marks.every(Boolean));
	}
	next(): void {
		if (this.#marks.length > this.#at) this.#at++;
	}
	close(): void {
		this.#engine.close();
	}

	#keep(kind: Kind, right: boolean): void {
		const before = readMissed(this.#shelf);
		const n = Math.max(0, Math.min(MOST, (before[kind] ?? 0) + (right ? -1 : 2)));
		try {
			this.#shelf?.setItem(KEY, JSON.stringify({ ...before, [kind]: n }));
		} catch {
			// full or refused: the next round asks as if nothing had been missed
		}
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
		} else this.#tasks = round(this.#log, this.seed, readMissed(this.#shelf));
	}
}
