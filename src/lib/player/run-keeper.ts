/** Keeps the run under way on its shelf, frame by frame, and takes it up again. Law: until the shelf was read nothing is kept. */
import type { Level } from '#lib/levels/level.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Game } from './game.svelte.ts';
import type { Shelf } from './progress-slots.ts';
import { forgetRun, keepRun, keptRun, type Kept } from './run.ts';

export class RunKeeper {
	readonly #level: Level;
	readonly #game: Game;
	#shelf: Shelf | null = null;
	/** What the shelf has, or need not have; null: it was not read yet. */
	#known: readonly TimedInput[] | null = null;

	constructor(level: Level, game: Game) {
		this.#level = level;
		this.#game = game;
	}

	/** The run that a reload cut off; null: there is none, or somebody was faster. */
	async open(shelf: Shelf | null): Promise<Kept | null> {
		this.#shelf = shelf;
		const own = this.#level.prelude.length;
		const kept = await keptRun(shelf, this.#level);
		this.#known = this.#game.inputs;
		return kept && kept.inputs.length > own && this.#game.inputs.length <= own ? kept : null;
	}
	takeUp({ inputs }: Kept): void {
		this.#known = inputs;
		this.#game.reset(inputs);
	}
	/** Keeps what is new, with the help that was taken. */
	keep(help: { hints: number; shown: boolean }): void {
		const { inputs } = this.#game;
		if (this.#known === null || inputs === this.#known || !this.#game.ready) return;
		this.#known = inputs;
		if (inputs.length <= this.#level.prelude.length) this.forget();
		else keepRun(this.#shelf, this.#game.save(), help);
	}
	forget(): void {
		forgetRun(this.#shelf);
	}
}
