// A part of the fuzzing that `npm run fuzz -- ip` does at length.
import { expect, test } from 'vitest';
import { fuzzIp } from './ip.ts';

test('6,000 datagrams that nobody should send, to host, translator, router and server, and as many pieces', () => {
	const { datagrams, pieces, whole } = fuzzIp({ seed: 1, packets: 6_000 });
	expect([datagrams, pieces]).toEqual([6_000, 6_000]);
	expect(whole).toBeGreaterThan(100);
});
