// A part of the fuzzing that `npm run fuzz -- worlds` does at length.
import { expect, test } from 'vitest';
import { fuzzWorlds } from './worlds.ts';

test('60 worlds by chance: every transfer ends whole, or with an error that is reported', () => {
	const { worlds, whole, failed, twice } = fuzzWorlds({ seed: 1, worlds: 60 });
	expect([worlds, twice]).toEqual([60, 3]);
	expect(whole).toBeGreaterThan(10 * (failed ?? 0));
});

test('a pure ACK whose SACK blocks are too wide for the path does not stop its connection', () => {
	expect(fuzzWorlds({ seed: 11_271, worlds: 1 })).toMatchObject({ whole: 2, failed: 0 });
});
