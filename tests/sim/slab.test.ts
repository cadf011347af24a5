import { expect, test } from 'vitest';
import { Slab } from '#lib/sim/slab.ts';

test('no octet is given twice, whatever the sizes', () => {
	const slab = new Slab();
	const taken: Uint8Array[] = [];
	for (let i = 0; i < 2_000; i++) {
		const piece = slab.take((i * 37) % 1_501);
		expect(piece.length).toBe((i * 37) % 1_501);
		taken.push(piece.fill(i & 0xff));
	}
	taken.forEach((piece, i) => expect(piece.every((octet) => octet === (i & 0xff))).toBe(true));
});

test('a piece larger than any slab has one of its own', () => {
	const slab = new Slab();
	const small = slab.take(20).fill(1);
	const large = slab.take(100_000).fill(2);
	const next = slab.take(20).fill(3);
	expect([small[0], large.length, large[99_999], next[0]]).toEqual([1, 100_000, 2, 3]);
});

test('many share the room of one', () => {
	const slab = new Slab();
	const rooms = new Set(Array.from({ length: 1_000 }, () => slab.take(40).buffer));
	expect(rooms.size).toBeLessThan(10);
});
