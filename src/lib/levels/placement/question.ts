/** A question of the placement check: made by dice from tables and arithmetic, with its right answer computed. */
import type { Dice } from '../dice.ts';

export interface PlacementQuestion {
	readonly ask: string;
	/** Each different; one of them is `right`. */
	readonly options: readonly string[];
	readonly right: string;
	/** Why it is right, in one or two sentences. */
	readonly why: string;
	/** Set in the type of the wire: lines, numbers, octets. */
	readonly mono?: boolean;
}

/** Makes one; the same dice make the same. */
export type Maker = (dice: Dice) => PlacementQuestion;

/** The right one among others, shuffled; what is there twice is there once. */
export function among(dice: Dice, right: string, others: readonly string[]): readonly string[] {
	return dice.shuffle([...new Set([right, ...others])]);
}
