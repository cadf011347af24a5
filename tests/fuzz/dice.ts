/** Seeded chance for the fuzzers, and how they fail: with the seed and what was put in, so that each failure can be had again. */
import { createStream } from '#lib/sim/random.ts';

export class Dice {
	readonly #stream;

	constructor(seed: number, name: string) {
		this.#stream = createStream(seed, `fuzz ${name}`);
	}

	/** Unsigned 32 bits. */
	u32(): number {
		return this.#stream.u32();
	}

	/** A whole number from `low` to `high`, both possible. */
	from(low: number, high: number): number {
		return low + Math.floor(this.#stream.unit() * (high - low + 1));
	}

	/** True with this chance, 0 to 1. */
	hit(chance: number): boolean {
		return this.#stream.unit() < chance;
	}

	pick<T>(all: readonly T[]): T {
		return all[this.from(0, all.length - 1)] as T;
	}

	octets(length: number): Uint8Array {
		const octets = new Uint8Array(length);
		for (let at = 0; at < length; at += 1) octets[at] = this.u32();
		return octets;
	}
}

/** Something that must never happen has happened: whoever prints its message prints seed and inputs. */
export class Failure extends Error {
	override readonly name = 'Failure';
	readonly part: string;
	readonly seed: number;
	/** What was put in, the last things last. */
	readonly inputs: readonly string[];

	constructor(part: string, seed: number, problem: string, inputs: readonly string[], cause?: unknown) {
		super([`${part}, seed ${seed}: ${problem}`, ...inputs.map((input) => `  ${input}`)].join('\n'), {
			cause
		});
		this.part = part;
		this.seed = seed;
		this.inputs = inputs;
	}
}

/** What a part of the fuzzers has done. */
export interface Tally {
	/** Names and counts, in the order to print them. */
	readonly [name: string]: number;
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
