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

/** Rounds after each word, and at the end. */
const COMPRESSION = 2;
const FINALISATION = 4;

/** HalfSipHash-2-4 of whole words; 32 bits. */
export function halfSip([k0, k1]: IsnKey, words: readonly number[]): number {
	let v0 = k0;
	let v1 = k1;
	let v2 = 0x6c796765 ^ k0;
	let v3 = 0x74656462 ^ k1;
	// after the words comes one more with the length in octets, and then nothing but rounds
	for (let at = 0; at <= words.length + 1; at += 1) {
		const end = at > words.length;
		const word = end ? 0 : (words[at] ?? (words.length * 4) << 24);
		v3 ^= word;
		if (end) v2 ^= 0xff;
		for (let rounds = end ? FINALISATION : COMPRESSION; rounds > 0; rounds -= 1) {
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
		}
		v0 ^= word;
	}
	return (v1 ^ v3) >>> 0;
}
