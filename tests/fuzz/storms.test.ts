// A part of the storms that `npm run fuzz -- storm` has a thousand of.
import { expect, test } from 'vitest';
import { fuzzStorms } from './storms.ts';

test('12 storms, three of them with half of everything lost, a quarter with any switches', () => {
	const tally = fuzzStorms({ seed: 5_000, storms: 12 });
	expect(tally).toMatchObject({ intact: 12 });
	expect((tally['half lost, intact'] ?? 0) + (tally['half lost, told'] ?? 0)).toBe(3);
});
