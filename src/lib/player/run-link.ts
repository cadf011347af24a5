/**
 * A run of a level in the fragment of an address, with the place where it was looked at: `#run=1.` and a saved game as
 * `packed.ts` makes it, `&at=` and how many events were shown. Law: whatever stands there is judged as a stranger's.
 */
import { readSavedGame, type Checked } from '#lib/engine/client.ts';
import type { SavedGame } from '#lib/engine/protocol.ts';
import * as words from '#words/shared-link.ts';
import { amiss } from './amiss.ts';
import { pack, unpack } from './packed.ts';
import { RUN_KEY } from './spot.ts';

const VERSION = 1;
/** Characters of a saved game. */
const MOST = 1_000_000;

/** A run and how many of its events are shown. */
export interface SentRun {
	readonly game: SavedGame;
	readonly at: number;
}

/** The fragment, without `#`; not ok: it is too large for a link. */
export async function packRun({ game, at }: SentRun): Promise<Checked<string>> {
	const packed = await pack(JSON.stringify(game));
	return packed.ok ? { ok: true, value: `${RUN_KEY}${VERSION}.${packed.value}&at=${at}` } : packed;
}

/** Reads a fragment for this level. */
export async function readRun(
	fragment: string,
	level: { readonly slug: string; readonly seed: number }
): Promise<Checked<SentRun>> {
	const no = (problem: string): Checked<SentRun> => ({ ok: false, problem });
	const place = /&at=(\d{1,7})$/.exec(fragment);
	const unpacked = await unpack(fragment.replace(/&at=\d*$/, ''), RUN_KEY, VERSION, MOST);
	if (!unpacked.ok) return unpacked;
	const read = await readSavedGame(unpacked.value, amiss);
	if (!read.ok) return no(words.cannotUse(read.problem));
	const game = read.value;
	if (game.level !== level.slug) return no(words.otherLevel(game.level));
	if (game.seed !== level.seed) return no(words.otherEdition);
	if (game.inputs.length === 0) return no(words.damaged);
	return { ok: true, value: { game, at: Number(place?.[1] ?? Number.MAX_SAFE_INTEGER) } };
}
