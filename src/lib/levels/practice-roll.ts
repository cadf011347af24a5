/** Chance for the morning round. Law: the same seed rolls the same, everywhere. */

/** A whole number in [0, n). */
export type Roll = (n: number) => number;

/** A small generator of its own, so that the questions do not hang on the simulator's streams (mulberry32). */
export function dice(seed: number): Roll {
	let state = seed >>> 0;
	return (n) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
	};
}
/** One of them; throws when there is none. */
export function pick<T>(from: readonly T[], roll: Roll): T {
	const item = from[roll(from.length)];
	if (item === undefined) throw new Error('nothing to pick from');
	return item;
}
/** All of them in another order. */
export function shuffled<T>(items: readonly T[], roll: Roll): T[] {
	const left = [...items];
	return items.map(() => left.splice(roll(left.length), 1)[0]).filter((item) => item !== undefined);
}
