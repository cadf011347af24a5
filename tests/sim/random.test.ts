import { describe, expect, test } from 'vitest';
import { createStream } from '#lib/sim/random.ts';

const draw = (seed: number, name: string, n = 8) => {
	const stream = createStream(seed, name);
	return Array.from({ length: n }, () => stream.u32());
};

describe('a stream', () => {
	test('is the same for the same seed and name', () => {
		expect(draw(7, 'host desk')).toEqual(draw(7, 'host desk'));
	});

	test('differs for another seed and for another name', () => {
		expect(draw(7, 'host desk')).not.toEqual(draw(8, 'host desk'));
		expect(draw(7, 'host desk')).not.toEqual(draw(7, 'host post'));
		// seed and name do not run into each other
		expect(draw(1, '1 x')).not.toEqual(draw(11, ' x'));
	});

	test('never changes: a saved game of today replays tomorrow', () => {
		expect(draw(110, 'host desk', 4)).toMatchInlineSnapshot(`
			[
			  2916578196,
			  3224108727,
			  65116476,
			  1316440449,
			]
		`);
	});

	test('is not shifted by draws on another stream', () => {
		const alone = draw(3, 'link a');
		const other = createStream(3, 'link b');
		const mine = createStream(3, 'link a');
		expect(
			alone.map(() => {
				other.u32();
				return mine.u32();
			})
		).toEqual(alone);
	});

	test('fills its range evenly: 16 bins of 64,000 draws, chi-squared below the 0.1 % bound', () => {
		const stream = createStream(42, 'bins');
		const bins = new Array<number>(16).fill(0);
		for (let i = 0; i < 64_000; i++) bins[Math.floor(stream.unit() * 16)]!++;
		const chi = bins.reduce((sum, n) => sum + (n - 4_000) ** 2 / 4_000, 0);
		expect(chi).toBeLessThan(37.7);
	});

	test('below stays below its limit and reaches every value', () => {
		const stream = createStream(1, 'below');
		const seen = new Set(Array.from({ length: 500 }, () => stream.below(7)));
		expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
	});

	test('neighbouring seeds share no first draw', () => {
		const firsts = new Set(Array.from({ length: 2_000 }, (_, seed) => createStream(seed, 'host desk').u32()));
		expect(firsts.size).toBe(2_000);
	});
});
