import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Event } from '#lib/sim/event.ts';
import { countUntil, paceOf, shownGap, toShown, toVirtual } from '#lib/player/pace.ts';

const logAt = (times: readonly number[]): Event[] =>
	times.map((at, seq) => ({
		seq,
		at,
		cause: null,
		kind: 'terminal',
		host: 'desk',
		origin: 'local',
		octets: ''
	}));

test('a hop of 20 ms is shown for 700 ms, a wait of minutes for no more than 900', () => {
	expect(shownGap(20_000)).toBe(700);
	expect(shownGap(600_000_000)).toBe(900);
	expect(shownGap(0)).toBe(0);
});

test('shown time grows with virtual time and maps back to it', () => {
	const times = fc
		.array(fc.nat(50_000_000), { minLength: 1, maxLength: 40 })
		.map((list) => list.sort((a, b) => a - b));
	fc.assert(
		fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (list, part) => {
			const pace = paceOf(logAt(list));
			const last = list[list.length - 1] ?? 0;
			const time = last * part;
			expect(toVirtual(pace, toShown(pace, time))).toBeCloseTo(time, 1);
			expect(toShown(pace, time)).toBeLessThanOrEqual(toShown(pace, last) + 1e-9);
		})
	);
});

test('what comes last is seen to happen, however short its way', () => {
	const pace = paceOf(logAt([0, 20_000, 20_001]));
	expect(toShown(pace, 20_001) - toShown(pace, 20_000)).toBe(700);
	const followed = paceOf(logAt([0, 20_000, 20_001, 40_000]));
	expect(toShown(followed, 20_001) - toShown(followed, 20_000)).toBeLessThan(100);
	expect(toShown(paceOf([]), 0)).toBe(0);
});

test('what comes later leaves the map of what came before as it was', () => {
	const early = paceOf(logAt([0, 20_000, 40_000]));
	const late = paceOf(logAt([0, 20_000, 40_000, 3_000_000]));
	for (const time of [0, 5_000, 20_000, 39_999]) expect(toShown(late, time)).toBe(toShown(early, time));
});

test('events are counted up to and with an instant', () => {
	const log = logAt([0, 0, 10, 10, 10, 20]);
	expect([-1, 0, 9, 10, 20, 99].map((time) => countUntil(log, time))).toEqual([0, 2, 2, 5, 6, 6]);
});

test('true to the ratio, twice the wait is shown twice as long', () => {
	const pace = paceOf(logAt([0, 20_000, 3_020_000]), 'real');
	expect(toShown(pace, 20_000)).toBe(200);
	expect(toShown(pace, 3_020_000)).toBe(30_200);
	expect(toVirtual(pace, 200)).toBe(20_000);
	expect(toShown(paceOf([], 'real'), 0)).toBe(0);
});
