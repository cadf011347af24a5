// CUBIC's arithmetic, one ACK at a time, against numbers worked out from the equations of RFC 9438.
import { expect, test } from 'vitest';
import { collapse, restart, shrink, startCongestion, type Congestion } from '#lib/tcp/congestion.ts';
import { MS, SECOND } from './pair.ts';

const MSS = 1000;
const at = (changes: Partial<Congestion>): Congestion =>
	Object.assign(startCongestion('cubic', MSS), changes);
/** One segment is acknowledged in congestion avoidance, with a round trip of 100 ms. */
const ack = (state: Congestion, now: number): number => {
	state.algorithm.avoid(state, MSS, now, 100 * MS);
	return state.cwnd;
};

test('after a loss K counts from the first ACK; at first Reno’s line is ahead (§4.2, §4.3)', () => {
	const state = at({ cwnd: 100_000 });
	shrink(state, 100_000, 0);
	// 70 segments, and alpha = 0.9 / 1.7 of one in a window
	expect(ack(state, 7 * SECOND)).toBeCloseTo(70_000 + (0.9 / 1.7 / 70) * 1000, 6);
	expect([state.epoch, state.wMax]).toEqual([7 * SECOND, 100]);
	expect(state.k).toBeCloseTo(4.217_163, 6);
});

test('then the cubic one round trip ahead is the aim (§4.4)', () => {
	const state = at({ cwnd: 70_000, wMax: 100, cwndPrior: 100, wEst: 70, k: 4, epoch: 10 * SECOND });
	// W(2 s) = 96.8, W(2.1 s) = 0.4 × (−1.9)³ + 100 = 97.2564
	expect(ack(state, 12 * SECOND)).toBeCloseTo(70_000 + ((97.2564 - 70) / 70) * 1000, 6);
	const flat = at({ cwnd: 99_990, wMax: 100, cwndPrior: 100, wEst: 70, k: 4, epoch: 0 });
	// at K the curve is flat: W(4.1 s) = 100.0004
	expect(ack(flat, 4 * SECOND)).toBeCloseTo(99_990 + ((100.0004 - 99.99) / 99.99) * 1000, 6);
});

test('never more than half as much again in a round trip, and never less (§4.4)', () => {
	const state = at({ cwnd: 70_000, wMax: 100, cwndPrior: 100, wEst: 70, k: 4, epoch: 0 });
	expect(ack(state, 100 * SECOND)).toBeCloseTo(70_500, 6);
	const above = at({ cwnd: 99_000, wMax: 100, cwndPrior: 100, wEst: 70, k: 4, epoch: 0 });
	expect(ack(above, 2 * SECOND)).toBe(99_000);
});

test('Reno’s line rises by alpha up to the window before the loss, and by one beyond it (§4.3)', () => {
	const below = at({ cwnd: 100_000, wMax: 0, cwndPrior: 101, wEst: 100, epoch: 0 });
	expect(ack(below, 0)).toBeCloseTo(100_000 + (0.9 / 1.7) * 10, 6);
	const beyond = at({ cwnd: 100_000, wMax: 0, cwndPrior: 100, wEst: 100, epoch: 0 });
	expect(ack(beyond, 0)).toBeCloseTo(100_010, 6);
	const behind = at({ cwnd: 120_000, wMax: 0, cwndPrior: 100, wEst: 100, epoch: 0 });
	expect(ack(behind, 0)).toBe(120_000);
});

test('fast convergence: a window smaller than last time leaves room (§4.7)', () => {
	const state = at({ cwnd: 100_000 });
	shrink(state, 100_000, 0);
	expect(state.wMax).toBe(100);
	state.cwnd = 80_000;
	shrink(state, 80_000, 0);
	expect(state.wMax).toBeCloseTo(68, 9);
	expect([state.cwndPrior, state.ssthresh, state.epoch]).toEqual([80, 56_000, null]);
	state.cwnd = state.wMax * MSS;
	shrink(state, 68_000, 0);
	expect(state.wMax).toBeCloseTo(68, 9);
});

test('after a time-out the curve begins flat where the window is (§4.8)', () => {
	const state = at({ cwnd: 100_000 });
	collapse(state, 100_000, false);
	expect([state.cwnd, state.ssthresh, state.epoch, state.afterTimeout]).toEqual([1000, 70_000, null, true]);
	state.cwnd = 70_000;
	ack(state, 5 * SECOND);
	expect([state.wMax, state.k, state.afterTimeout]).toEqual([70, 0, false]);
});

test('a second time-out on the same octets is no new loss: what was known of the path stands', () => {
	const state = at({ cwnd: 100_000 });
	collapse(state, 100_000, false);
	collapse(state, 100_000, true);
	expect([state.ssthresh, state.wMax, state.cwndPrior]).toEqual([70_000, 100, 100]);
});

test('so does a stage at or above the old window; a pause ends the stage and is no time-out', () => {
	const state = at({ cwnd: 12_000, wMax: 12, epoch: null });
	ack(state, 0);
	expect([state.wMax, state.k]).toEqual([12, 0]);
	restart(state);
	expect([state.epoch, state.afterTimeout, state.cwnd]).toEqual([null, false, 10_000]);
});
