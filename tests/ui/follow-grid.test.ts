// The grid of a followed stream: how wide it is, and where each key leads. Keys alone, no page.
import { expect, test } from 'vitest';
import type { FollowLine } from '#lib/player/follow-lay.ts';
import { octetsAcross, stepOf } from '#lib/ui/follow/grid.ts';

test('octets in a line: a power of two in hex, and in text what there is room for', () => {
	expect([85, 84, 52, 51, 0].map((characters) => octetsAcross('hex', characters))).toEqual([16, 8, 8, 4, 4]);
	expect([100, 29, 28, 0].map((characters) => octetsAcross('text', characters))).toEqual([87, 16, 16, 16]);
});

const line: FollowLine = { side: 0, from: 32, to: 48, begins: false };
const lead = (key: string, octet: number, ctrlKey = false) =>
	stepOf({ key, ctrlKey }, { number: 2, line, octet }, 10, 100);

test('arrows go along a line, and from its ends to the lines beside it', () => {
	expect(lead('ArrowRight', 40)).toEqual({ line: 2, column: 9 });
	expect(lead('ArrowRight', 47)).toEqual({ line: 3, column: 0 });
	expect(lead('ArrowLeft', 40)).toEqual({ line: 2, column: 7 });
	const back = lead('ArrowLeft', 32);
	expect(back?.line).toBe(1);
	expect(back?.column).toBeGreaterThan(65_535);
	expect(lead('ArrowDown', 40)).toEqual({ line: 3, column: 8 });
	expect(lead('ArrowUp', 40)).toEqual({ line: 1, column: 8 });
});

test('a page keeps its column; Home and End stay in the line, with Ctrl they leave it', () => {
	expect(lead('PageDown', 35)).toEqual({ line: 12, column: 3 });
	expect(lead('PageUp', 35)).toEqual({ line: -8, column: 3 });
	expect(lead('Home', 35)).toEqual({ line: 2, column: 0 });
	expect(lead('End', 35)?.line).toBe(2);
	expect(lead('Home', 35, true)).toEqual({ line: 0, column: 0 });
	expect(lead('End', 35, true)?.line).toBe(99);
});

test('other keys, and arrows with Ctrl, are left to the browser', () => {
	for (const key of ['a', 'Tab', 'Escape', 'Enter']) expect(lead(key, 35)).toBeNull();
	for (const key of ['ArrowRight', 'PageDown']) expect(lead(key, 35, true)).toBeNull();
});
