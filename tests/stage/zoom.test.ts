// A stage alone on the screen is drawn larger; in its place among the panes it is not, nor where hosts need the room.
import { expect, test } from 'vitest';
import { zoomFor } from '#lib/stage/zoom.ts';

test.each([
	['among the panes', 552, 340],
	['on a laptop', 520, 260],
	['on a tablet', 818, 300],
	['on a phone', 390, 132]
])('%s: as it is', (_, width, height) => {
	for (const hosts of [1, 2, 4, 40]) expect(zoomFor({ width, height }, hosts)).toBe(1);
});

test('alone: as large as both sides allow, twice at most', () => {
	expect(zoomFor({ width: 1422, height: 780 }, 2)).toBeCloseTo(780 / 460);
	expect(zoomFor({ width: 1000, height: 900 }, 2)).toBeCloseTo(1000 / 760);
	expect(zoomFor({ width: 4000, height: 3000 }, 2)).toBe(2);
});

test('many hosts: more room, not larger pictures', () => {
	expect(zoomFor({ width: 1422, height: 780 }, 6)).toBeCloseTo(1422 / 1140);
	expect(zoomFor({ width: 1422, height: 780 }, 40)).toBe(1);
});
