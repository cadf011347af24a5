// A part of the fuzzing that `npm run fuzz -- pop3` does at length.
import { expect, test } from 'vitest';
import { fuzzPop3 } from './pop3.ts';

test('12,000 command lines that mostly should not be sent, to servers of every personality', () => {
	const { lines, admitted, updates } = fuzzPop3({ seed: 1, lines: 12_000 });
	expect(lines).toBeGreaterThanOrEqual(12_000);
	expect(admitted).toBeGreaterThan(100);
	expect(updates).toBeGreaterThan(50);
});
