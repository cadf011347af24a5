/**
 * Seeded chance. Every link direction, fault and host draws from a stream of its own, named by what uses it, so that one
 * more draw on one link never shifts another. The generator is sfc32; its state is a hash of the seed and the name.
 */

export interface Stream {
	/** Unsigned 32 bits. */
	u32(): number;
	/** In [0, 1), with 32 bits of resolution. */
	unit(): number;
	/** A whole number in [0, limit), without modulo bias; `limit` is 1 to 2^32. */
	below(limit: number): number;
}

const WORD = 2 ** 32;

/** The last mixing of a 32-bit hash: every input bit reaches every output bit. */
function avalanche(word: number): number {
	let h = word;
	h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
	h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
	return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit hash of `text`; different `lane`s give independent hashes of the same text. */
function hashText(text: string, lane: number): number {
	let h = avalanche(lane + 0x9e3779b9);
	for (let i = 0; i < text.length; i++) h = avalanche(h ^ text.charCodeAt(i) ^ Math.imul(i + 1, 0x85ebca6b));
	return h;
}

/** The stream that `name` always gets in a world of this `seed`. */
export function createStream(seed: number, name: string): Stream {
	const text = `${seed}\n${name}`;
	let a = hashText(text, 1);
	let b = hashText(text, 2);
	let c = hashText(text, 3);
	let counter = 1;

	function u32(): number {
		const sum = (((a + b) | 0) + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return sum >>> 0;
	}
	for (let i = 0; i < 12; i++) u32();

	return {
		u32,
		unit: () => u32() / WORD,
		below(limit) {
			const fair = WORD - (WORD % limit);
			let draw = u32();
			while (draw >= fair) draw = u32();
			return draw % limit;
		}
	};
}
