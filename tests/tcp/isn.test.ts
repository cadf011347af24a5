// HalfSipHash-2-4 against the published vectors of its authors, and the clock that is added to it (RFC 6528 §3).
import { expect, test } from 'vitest';
import { halfSip, initialSequence, type IsnKey } from '#lib/tcp/isn.ts';

/** Octets 0 to 7. */
const KEY: IsnKey = [0x03020100, 0x07060504];

test.each<[number, readonly number[], number]>([
	[0, [], 0x5b9f35a9],
	[4, [0x03020100], 0x89466e2a]
])('the hash of the octets 0, 1, 2 … %d of them', (_length, words, hash) => {
	expect(halfSip(KEY, words)).toBe(hash);
});

test('the clock is added to the hash of both ends, addresses first', () => {
	const local = { address: 0xc000020a, port: 0x1234 };
	const remote = { address: 0xc6336419, port: 0x6e };
	const hash = halfSip(KEY, [local.address, remote.address, 0x1234006e]);
	expect(initialSequence(KEY, local, remote, 0)).toBe(hash);
	expect(initialSequence(KEY, local, remote, 4_003)).toBe((hash + 1_000) >>> 0);
});
