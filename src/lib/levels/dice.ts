/** Seeded chance for questions that are made, not written. Law: the same seed throws the same dice, everywhere. */

export interface Dice {
	/** A whole number in [0, limit). */
	below(limit: number): number;
	/** A whole number in [from, to], both included. */
	between(from: number, to: number): number;
	/** One of them; throws a RangeError when there is none. */
	pick<T>(list: readonly T[]): T;
	/** All of them in another order. */
	shuffle<T>(list: readonly T[]): T[];
}

/** Dice of a seed: a Weyl sequence, each step mixed until every bit has reached every other. */
export function diceOf(seed: number): Dice {
	let state = seed >>> 0;
	function unit(): number {
		state = (state + 0x9e3779b9) >>> 0;
		let h = state;
		h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
		h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
		return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
	}
	const below = (limit: number) => Math.floor(unit() * limit);
	return {
		below,
		between: (from, to) => from + below(to - from + 1),
		pick(list) {
			const one = list[below(list.length)];
			if (one === undefined) throw new RangeError('nothing to pick from');
			return one;
		},
		shuffle(list) {
			const left = [...list];
			return list.flatMap(() => left.splice(below(left.length), 1));
		}
	};
}
