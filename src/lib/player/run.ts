/**
 * The run that is under way, kept after every input, so that a reload costs at most the line being typed. Law: a
 * storage that refuses costs only that; what is read back goes through the same check as a file from a stranger.
 */
import { readSavedGame } from '#lib/engine/client.ts';
import type { SavedGame } from '#lib/engine/protocol.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Shelf } from './progress-slots.ts';
import { amiss } from './amiss.ts';

export const RUN_KEY = 'interactive-pop3.run';
const HELP_KEY = 'interactive-pop3.run.help';

export interface Kept {
	readonly inputs: readonly TimedInput[];
	/** Hints opened. */
	readonly hints: number;
	/** "Show me" was used. */
	readonly shown: boolean;
}

export function keepRun(shelf: Shelf | null, game: SavedGame, help: { hints: number; shown: boolean }): void {
	try {
		shelf?.setItem(RUN_KEY, JSON.stringify(game));
		shelf?.setItem(HELP_KEY, `${help.hints}${help.shown ? '!' : ''}`);
	} catch {
		// full or refused: the run lives as long as the page
	}
}

export function forgetRun(shelf: Shelf | null): void {
	try {
		shelf?.removeItem(RUN_KEY);
		shelf?.removeItem(HELP_KEY);
	} catch {
		// refused: nothing was kept either
	}
}

/** The kept run of this level; null: none, of another level or edition, or damaged. */
export async function keptRun(
	shelf: Shelf | null,
	level: { slug: string; seed: number }
): Promise<Kept | null> {
	try {
		const text = shelf?.getItem(RUN_KEY) ?? null;
		if (text === null) return null;
		const checked = await readSavedGame(text, amiss);
		if (!checked.ok || checked.value.level !== level.slug || checked.value.seed !== level.seed) return null;
		const help = /^([0-3])(!?)$/.exec(shelf?.getItem(HELP_KEY) ?? '');
		return { inputs: checked.value.inputs, hints: Number(help?.[1] ?? 0), shown: help?.[2] === '!' };
	} catch {
		return null;
	}
}
