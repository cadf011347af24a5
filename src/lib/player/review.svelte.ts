/**
 * A run that is over, laid open at one packet and field: the player's own where one is kept, else the level's reference;
 * or one that somebody sent, as far as they had seen it. Law: it is not played; while it is open nothing is recorded.
 */
import type { Level } from '#lib/levels/level.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Game } from './game.svelte.ts';
import type { PacketRow } from './packets.ts';
import type { Connect } from './rehearsal.ts';
import type { SentRun } from './run-link.ts';
import type { Selection } from './selection.svelte.ts';
import { fieldAt, type Spot } from './spot.ts';

export interface Reviewed {
	readonly whose: 'own' | 'reference' | 'sent';
	/** The packet at which it is laid open; null: no packet, an event. */
	readonly spot: Spot | null;
	/** The run has that packet. */
	readonly found: boolean;
}

export class Review {
	readonly #level: Level;
	readonly #connect: Connect;
	readonly #game: Game;
	readonly #selection: Selection;
	#now = $state.raw<Reviewed | null>(null);
	/** Where to go as soon as the run is there. */
	#wanted: Spot | number | null = null;

	constructor(level: Level, connect: Connect, game: Game, selection: Selection) {
		this.#level = level;
		this.#connect = connect;
		this.#game = game;
		this.#selection = selection;
	}

	/** What is looked at; null: the level is played. */
	get now(): Reviewed | null {
		return this.#now;
	}

	/** False: something else came between, or this edition cannot play the run; then the level is played as ever. */
	open(spot: Spot, own?: readonly TimedInput[]): Promise<boolean> {
		return this.#lay(own?.length ? 'own' : 'reference', spot, own);
	}
	/** The same for a run that came from somewhere else, of which `at` events are shown. */
	openSent({ game, at }: SentRun): Promise<boolean> {
		return this.#lay('sent', at, game.inputs);
	}
	async #lay(
		whose: Reviewed['whose'],
		wanted: Spot | number,
		kept: readonly TimedInput[] | undefined
	): Promise<boolean> {
		const spot = typeof wanted === 'number' ? null : wanted;
		const begun = (this.#now = { whose, spot, found: true });
		try {
			const { rehearseLevel } = await import('./rehearsal.ts');
			const { inputs } = await rehearseLevel(this.#level, this.#connect, kept);
			if (this.#now !== begun) return false;
			this.#wanted = wanted;
			this.#game.reset(inputs);
			return true;
		} catch {
			if (this.#now === begun) this.#now = null;
			return false;
		}
	}
	/** Goes to the place once the run is there; `rows` are all its packets. */
	arrive(rows: readonly PacketRow[]): void {
		const spot = this.#wanted;
		if (spot === null || !this.#game.ready) return;
		this.#wanted = null;
		if (typeof spot === 'number') {
			this.#game.seek(spot);
			return;
		}
		const row = rows.find(({ packet }) => packet === spot.packet);
		if (!row) {
			if (this.#now) this.#now = { ...this.#now, found: false };
			return;
		}
		this.#game.seek(row.seq + 1);
		this.#selection.pick(row.packet);
		this.#selection.pickBits(spot.field === null ? null : (fieldAt(row.bytes, spot.field)?.bits ?? null));
	}
	drop(): void {
		this.#now = this.#wanted = null;
	}
}
