// A part of the fuzzing that `npm run fuzz -- mail` does at length.
import { expect, test } from 'vitest';
import { fuzzMail } from './mail.ts';

test('6,000 reply streams that mostly should not be sent, to mail programs of every policy', () => {
	const { streams, letters, deletions, updates } = fuzzMail({ seed: 1, streams: 6_000 });
	expect(streams).toBe(6_000);
	expect(letters).toBeGreaterThan(1_000);
	expect(deletions).toBeGreaterThan(500);
	expect(updates).toBeGreaterThan(200);
});
