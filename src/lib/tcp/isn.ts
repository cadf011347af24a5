/**
 * Initial sequence numbers as RFC 6528 wants them: a clock that ticks every 4 µs plus a keyed hash of the two ends, so
 * that nobody can guess the number of a connection that is not his own, and numbers of one pair of ends only grow.
 * The keyed hash is HalfSipHash-2-4: words of 32 bits, a key of 64.
 */
import type { Micros } from './rto.ts';
import type { Endpoint } from './tcb.ts';

/** Two words drawn from the host's seeded stream. */
export type IsnKey = readonly [number, number];

/** ISN = M + F(local end, remote end, key), unsigned 32 bits (RFC 6528 §3). */
export function initialSequence(key: IsnKey, local: Endpoint, remote: Endpoint, now: Micros): number {
	const hash = halfSip(key, [local.address, remote.address, (local.port << 16) | remote.port]);
	return (Math.floor(now / 4) + hash) >>> 0;
}

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** HalfSipHash-2-4 of whole words; 32 bits. */
export function halfSip([k0, k1]: IsnKey, words: readonly number[]): number {
	let v0 = k0;
	let v1 = k1;
	let v2 = 0x6c796765 ^ k0;
	let v3 = 0x74656462 ^ k1;
	const round = (): void => {
		v0 = (v0 + v1) | 0;
		v1 = rotate(v1, 5) ^ v0;
		v0 = rotate(v0, 16);
		v2 = (v2 + v3) | 0;
		v3 = rotate(v3, 8) ^ v2;
		v0 = (v0 + v3) | 0;
		v3 = rotate(v3, 7) ^ v0;
		v2 = (v2 + v1) | 0;
		v1 = rotate(v1, 13) ^ v2;
		v2 = rotate(v2, 16);
	};
	const absorb = (word: number): void => {
		v3 ^= word;
		round();
		round();
		v0 ^= word;
	};
	for (const word of words) absorb(word);
	absorb((words.length * 4) << 24);
	v2 ^= 0xff;
	for (let count = 0; count < 4; count += 1) round();
	return (v1 ^ v3) >>> 0;
}
