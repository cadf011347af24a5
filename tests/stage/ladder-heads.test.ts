// Names over the lifelines never run into each other, however many there are, and both ends keep theirs.
import { expect, test } from 'vitest';
import { headsOf } from '#lib/stage/ladder-heads.ts';
import type { Lifeline } from '#lib/stage/ladder.ts';

const lines = (count: number, width: number): readonly Lifeline[] =>
	Array.from({ length: count }, (_, i) => ({
		host: i === count - 1 ? 'post' : `c${i + 1}`,
		x: 120 + (i * (width - 240)) / (count - 1),
		side: i === 0 ? 'left' : i === count - 1 ? 'right' : null
	}));

test('few names stand in full size', () => {
	const { tight, named } = headsOf(lines(4, 552));
	expect(tight).toBe(false);
	expect(named.size).toBe(4);
});

test.each([
	[26, 520],
	[40, 520],
	[12, 366]
])('%i lifelines on %i px', (count, width) => {
	const all = lines(count, width);
	const { tight, named } = headsOf(all);
	expect(tight).toBe(true);
	expect(named.has('c1') && named.has('post')).toBe(true);
	expect(named.size).toBeGreaterThan(2);
	let before = -Infinity;
	for (const { host, x, side } of all.filter((line) => named.has(line.host))) {
		const wide = host.length * 7.2;
		const from = side === 'left' ? x - 4 : side === 'right' ? x + 4 - wide : x - wide / 2;
		expect(from).toBeGreaterThanOrEqual(before + 4);
		before = from + wide;
	}
});
