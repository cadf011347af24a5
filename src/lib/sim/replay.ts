/**
 * A run is its scenario, its seed and its inputs. `replay` runs them again; `hashLog` boils a log down to 64 bits over one
 * canonical encoding, so that two runs on two machines can be held against each other by sixteen letters.
 */
import type { Event, Micros, TimedInput } from './event.ts';
import type { Scenario } from './scenario.ts';
import { createWorld, type World } from './world.ts';

const TAG = { null: 1, false: 2, true: 3, number: 4, text: 5, octets: 6, list: 7, object: 8 } as const;

/** Two 32-bit lanes with different multipliers, fed 32 bits at a time. */
class Hash64 {
	#a = 0x243f6a88;
	#b = 0x85a308d3;
	#words = 0;
	readonly #float = new DataView(new ArrayBuffer(8));

	word(value: number): void {
		this.#words++;
		const a = Math.imul(this.#a ^ value, 0x9e3779b1);
		const b = Math.imul(this.#b ^ value, 0xc2b2ae3d);
		this.#a = ((a << 13) | (a >>> 19)) + b;
		this.#b = ((b << 17) | (b >>> 15)) ^ (a >>> 3);
	}

	number(value: number): void {
		this.#float.setFloat64(0, value);
		this.word(this.#float.getInt32(0));
		this.word(this.#float.getInt32(4));
	}

	text(value: string): void {
		this.word(value.length);
		for (let i = 0; i < value.length; i++) this.word(value.charCodeAt(i));
	}

	octets(value: Uint8Array): void {
		this.word(value.length);
		for (const octet of value) this.word(octet);
	}

	hex(): string {
		const finish = (lane: number) => {
			let h = lane ^ this.#words;
			h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
			h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
			return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0');
		};
		return finish(this.#a) + finish(this.#b);
	}
}

/** Type tag, then value; objects by sorted keys, a key whose value is undefined being absent. */
function feed(hash: Hash64, value: unknown): void {
	if (value === null) hash.word(TAG.null);
	else if (typeof value === 'boolean') hash.word(value ? TAG.true : TAG.false);
	else if (typeof value === 'number') {
		hash.word(TAG.number);
		hash.number(value);
	} else if (typeof value === 'string') {
		hash.word(TAG.text);
		hash.text(value);
	} else if (value instanceof Uint8Array) {
		hash.word(TAG.octets);
		hash.octets(value);
	} else if (Array.isArray(value)) {
		hash.word(TAG.list);
		hash.word(value.length);
		for (const item of value) feed(hash, item);
	} else if (typeof value === 'object') {
		const present = Object.entries(value).filter(([, item]) => item !== undefined);
		present.sort(([a], [b]) => (a < b ? -1 : 1));
		hash.word(TAG.object);
		hash.word(present.length);
		for (const [key, item] of present) {
			hash.text(key);
			feed(hash, item);
		}
	} else throw new TypeError(`a log holds no ${typeof value}`);
}

/** 64 bits in 16 hexadecimal digits, equal for equal logs whatever the order of their objects' keys. */
export function hashLog(log: readonly Event[]): string {
	const hash = new Hash64();
	for (const event of log) feed(hash, event);
	return hash.hex();
}

/** A new world in which all of `inputs` (in order of time) have been done; it stands at the last one's instant. */
export function replay(scenario: Scenario, seed: number, inputs: readonly TimedInput[]): World {
	const world = createWorld(scenario, seed);
	for (const timed of inputs) world.input(timed);
	return world;
}

/** The inputs of a run, read from its log; with `before`, only those earlier than that instant or at it. */
export function inputsOf(log: readonly Event[], before: Micros = Number.MAX_SAFE_INTEGER): TimedInput[] {
	const inputs: TimedInput[] = [];
	for (const event of log)
		if (event.kind === 'input' && event.at <= before) inputs.push({ at: event.at, input: event.input });
	return inputs;
}
