// Congestion control between two ends: CUBIC's curve (RFC 9438), and whole transfers through both controls.
import { describe, expect, test } from 'vitest';
import { collapse, grow, shrink, startCongestion } from '#lib/tcp/congestion.ts';
import { LESSON } from '#lib/tcp/connection.ts';
import { cubeRoot } from '#lib/tcp/cubic.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair, SECOND } from './pair.ts';

const MSS = 1000;

describe('CUBIC (RFC 9438)', () => {
	test('the cube root, to the last digits', () => {
		for (const root of [0, 0.001, 0.5, 1, 1.7, 3, 42.42, 1000]) {
			expect(cubeRoot(root * root * root)).toBeCloseTo(root, 9);
		}
	});

	/** Windows in segments, one a round trip of 100 ms, after a loss at 100 segments. */
	const stage = (seconds: number) => {
		const state = startCongestion('cubic', MSS);
		state.cwnd = 100 * MSS;
		shrink(state, 100 * MSS, 0);
		const windows: number[] = [];
		for (let now = 0; now <= seconds * SECOND; now += 100 * MS) {
			const acks = Math.floor(state.cwnd / MSS);
			for (let count = 0; count < acks; count += 1) {
				grow(state, MSS, state.cwnd, now + (count * 100 * MS) / acks, 100 * MS);
			}
			windows.push(state.cwnd / MSS);
		}
		return windows;
	};

	test('a loss leaves seven tenths', () => {
		const state = startCongestion('cubic', MSS);
		state.cwnd = 100 * MSS;
		shrink(state, 100 * MSS, 0);
		expect([state.cwnd, state.ssthresh, state.wMax]).toEqual([70_000, 70_000, 100]);
	});

	test('back at the old window after K = cbrt(0.3 W / C) seconds, flat there, then faster and faster', () => {
		const windows = stage(9);
		const k = cubeRoot((100 * 0.3) / 0.4);
		expect(windows[Math.round(k * 10)]).toBeGreaterThan(98);
		expect(windows[Math.round(k * 10)]).toBeLessThan(102);
		const gain = (second: number) => (windows[second * 10 + 10] ?? 0) - (windows[second * 10] ?? 0);
		expect(gain(0)).toBeGreaterThan(gain(2));
		expect(gain(2)).toBeGreaterThan(gain(3));
		expect(gain(5)).toBeGreaterThan(gain(4));
		expect(gain(7)).toBeGreaterThan(gain(6));
	});

	test('never slower than Reno (§4.3): with a small window it grows as Reno does', () => {
		const state = startCongestion('cubic', MSS);
		state.cwnd = 10 * MSS;
		shrink(state, 10 * MSS, 0);
		for (let turn = 0; turn < 40; turn += 1) {
			const acks = Math.floor(state.cwnd / MSS);
			for (let count = 0; count < acks; count += 1) grow(state, MSS, state.cwnd, turn * 10 * MS, 10 * MS);
		}
		// 0.4 s: the cubic alone stands under 10; Reno's line has gained more than half a segment a round
		expect(state.cwnd / MSS).toBeGreaterThan(7 + 40 * 0.5);
	});

	test('fast convergence (§4.7): a second loss at a smaller window aims lower still', () => {
		const state = startCongestion('cubic', MSS);
		state.cwnd = 100 * MSS;
		shrink(state, 100 * MSS, 0);
		shrink(state, 70 * MSS, 0);
		expect(state.wMax).toBeCloseTo((70 * 1.7) / 2, 9);
	});

	test('after a time-out the first stage is flat where it begins (§4.8)', () => {
		const state = startCongestion('cubic', MSS);
		state.cwnd = 100 * MSS;
		collapse(state, 100 * MSS, false);
		expect([state.cwnd, state.ssthresh]).toEqual([MSS, 70_000]);
		state.cwnd = state.ssthresh;
		grow(state, MSS, state.cwnd, 0, 0);
		expect([state.wMax, state.k]).toEqual([70, 0]);
	});
});

describe.each(['newreno', 'cubic'] as const)('%s between two ends', (congestion) => {
	const tuning = { ...LESSON, congestion };
	const SIZE = 200_000;
	const transfer = (pipe: ConstructorParameters<typeof Pair>[0] = {}) =>
		new Pair({
			desk: { tuning },
			post: { tuning },
			silent: false,
			apps: {
				desk: { ended: (io) => io.close() },
				post: {
					connected: (io) => {
						io.write(pattern(SIZE));
						io.close();
					}
				}
			},
			...pipe
		})
			.open()
			.run();

	test('never more in flight than the window grew to: 10, 20, 40 segments in the first round trips', () => {
		const pair = transfer();
		const rounds = new Map<number, number>();
		for (const { at, from, segment } of pair.sent) {
			if (from === 'post' && segment.payload.length > 0) rounds.set(at, (rounds.get(at) ?? 0) + 1);
		}
		expect([...rounds.values()].slice(0, 2)).toEqual([10, 20]);
		expect(digest(pair.octets('desk'))).toBe(digest(pattern(SIZE)));
	});

	test('through loss, reorder and duplication: whole, over 30 seeds', () => {
		for (let seed = 0; seed < 30; seed += 1) {
			const chance = random(seed);
			const pair = transfer({
				desk: { tuning },
				post: { tuning },
				pipe: () => {
					const one = () => (chance() < 0.1 ? [] : [20 * MS + (chance() < 0.1 ? chance() * 40 * MS : 0)]);
					return chance() < 0.05 ? [...one(), ...one()] : one();
				}
			});
			expect([seed, digest(pair.octets('desk'))]).toEqual([seed, digest(pattern(SIZE))]);
			expect([seed, pair.errors, pair.state('desk'), pair.state('post')]).toEqual([
				seed,
				[],
				'CLOSED',
				'CLOSED'
			]);
		}
	});

	test('one loss among many is repaired without a time-out, in little more than a round trip', () => {
		const pair = transfer({
			desk: { tuning },
			post: { tuning },
			pipe: (_from, _segment, count) => (count === 40 ? [] : [20 * MS])
		});
		expect(pair.sent.filter(({ again }) => again).map(({ again }) => again)).toEqual(['fast']);
	});
});
