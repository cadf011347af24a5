// The storm of the acceptance list, over a few seeds; `npm run fuzz` has a thousand.
import { describe, expect, test } from 'vitest';
import { storm } from '../fixtures/storm.ts';

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);
const WEATHER = { reorder: 0.1, duplicate: 0.05, corrupt: 0.01 };

test('Loss 30 %, reorder 10 %, duplicate 5 %, corrupt 1 %, both ways: 64 KiB, digest equal', () => {
	for (const seed of SEEDS) {
		const after = storm({ ...WEATHER, seed, loss: 0.3, octets: 65_536 });
		expect([seed, after.outcome, after.detail]).toEqual([seed, 'intact', expect.any(String)]);
	}
});

describe('half of everything lost', () => {
	test('64 KiB each way finish, or end with a clean error, never short', () => {
		const outcomes = SEEDS.map((seed) => storm({ ...WEATHER, seed, loss: 0.5, octets: 65_536 }).outcome);
		expect(outcomes.filter((outcome) => outcome !== 'intact' && outcome !== 'error')).toEqual([]);
		expect(outcomes).toContain('intact');
	});
});
