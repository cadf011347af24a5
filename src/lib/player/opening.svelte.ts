/**
 * The opening of a level that shows itself: a first visitor who does nothing is shown the knock once, and the first line
 * that is sent plays at half speed until its captions are told. Law: `frame` is its only clock; to touch anything ends it.
 */
import type { Level } from '#lib/levels/level.ts';
import type { Game } from './game.svelte.ts';
import type { Millis } from './pace.ts';

/** With no input for this long a first visitor is shown the knock once. */
export const DEMO_AFTER: Millis = 8000;
/** How long the demonstration's end stays before the level waits again. */
const DEMO_RESTS: Millis = 1500;

export class Opening {
	readonly #level: Level;
	readonly #game: Game;
	readonly #again: () => void;
	#state = $state.raw<'waiting' | 'watching' | 'shown' | 'playing' | 'over'>('over');
	#idle: Millis = 0;

	/** `again`: puts the level back to where it was before the demonstration. */
	constructor(level: Level, game: Game, again: () => void) {
		this.#level = level;
		this.#game = game;
		this.#again = again;
	}

	/** The demonstration is playing. */
	get watching(): boolean {
		return this.#state === 'watching';
	}
	get over(): boolean {
		return this.#state === 'over';
	}

	begin(): void {
		if (this.#level.captions && this.#level.prefill) this.#state = 'waiting';
	}
	end(): void {
		this.#state = 'over';
	}
	/** The person has sent a line. */
	typed(): void {
		if (this.#state !== 'waiting' && this.#state !== 'shown') return;
		this.#state = 'playing';
		this.#game.setSpeed(0.5);
	}
	/** Somebody is there: the demonstration does not start, or ends. */
	touch(): void {
		this.#idle = 0;
		if (this.watching) this.#endDemo();
	}
	leave(): void {
		if (this.watching) this.#endDemo();
		if (this.#state === 'playing') this.#game.setSpeed(1);
		this.end();
	}
	/** Lets `elapsed` ms of shown time pass. */
	frame(elapsed: Millis): void {
		if (this.over || !this.#game.ready) return;
		this.#idle += elapsed;
		const level = this.#level;
		const game = this.#game;
		if (this.#state === 'waiting' && this.#idle >= DEMO_AFTER) {
			this.#state = 'watching';
			this.#idle = 0;
			game.setSpeed(0.5);
			game.type(level.prefill ?? '');
		} else if (this.watching) {
			const done = game.question !== null || (game.atEnd && game.cursor > game.start);
			if (!done) this.#idle = 0;
			else if (this.#idle >= DEMO_RESTS) this.#endDemo();
		} else if (this.#state === 'playing') {
			const delivered = game.shown.filter(({ kind }) => kind === 'packet.delivered').length;
			if (game.speed !== 0.5) this.end();
			else if (delivered >= (level.captions?.length ?? 0)) {
				game.setSpeed(1);
				this.end();
			}
		}
	}

	#endDemo(): void {
		this.#state = 'shown';
		this.#game.setSpeed(1);
		this.#again();
	}
}
