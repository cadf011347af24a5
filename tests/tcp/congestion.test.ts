import { describe, expect, test } from 'vitest';
import {
	collapse,
	deflate,
	grow,
	initialWindow,
	restart,
	settle,
	shrink,
	startCongestion
} from '#lib/tcp/congestion.ts';
import { LESSON } from '#lib/tcp/connection.ts';
import { cubeRoot } from '#lib/tcp/cubic.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair, SECOND } from './pair.ts';
import { incoming, Story } from './story.ts';

const MSS = 1000;
const newreno = { mss: MSS, tuning: { ...LESSON, congestion: 'newreno' as const } };

/** Lines that expect segments number `from` to `to` (from 1) of a long write; the last write's end carries PSH. */
const out = (from: number, to: number, note = '') =>
	Array.from({ length: to - from + 1 }, (_, index) => {
		const seq = 1001 + (from + index - 1) * MSS;
		return `> ACK seq=${seq} len=${MSS}${note}`;
	}).join('\n');
/** The ACK of everything up to segment `number`. */
const upTo = (number: number) => `< ACK ack=${1001 + number * MSS}`;
const long = () => Story.in('ESTABLISHED', newreno).tell(`. send len=60000\n${out(1, 10)}`);

describe('slow start', () => {
	test('ten segments at first (RFC 6928), fewer of large ones', () => {
		long().tell('~ 1s');
		expect([536, 1460, 4380, 9000].map(initialWindow)).toEqual([5360, 14_600, 14_600, 18_000]);
	});

	test('an ACK lets two follow: its own, and one of growth (RFC 5681 §3.1)', () => {
		long().tell(`
			${upTo(1)}
			${out(11, 12)}
			${upTo(2)}
			${out(13, 14)}`);
	});

	test('an ACK of two segments is still growth by one', () => {
		long().tell(`
			${upTo(2)}
			${out(11, 13)}`);
	});

	test('one segment only where the SYN had to be sent again', () => {
		Story.open(newreno).skip().tell(`
			+ 1s
			> SYN seq=1000 mss=1000 (rto)
			< SYN,ACK seq=5000 mss=1460
			> ACK
			. send len=5000
			> ACK len=1000`);
	});

	test('the peer’s window still counts', () => {
		Story.in('ESTABLISHED', newreno).tell(`
			< ACK win=3000
			. send len=9000
			${out(1, 3)}`);
	});

	test('does not grow on a window the application leaves unused', () => {
		const story = Story.in('ESTABLISHED', newreno);
		for (let turn = 0; turn < 20; turn += 1) {
			const seq = 1001 + turn * 100;
			story.tell(`
				. send len=100
				> PSH,ACK seq=${seq} len=100
				< ACK ack=${seq + 100}`);
		}
		const base = 3001;
		const ten = Array.from({ length: 10 }, (_, index) => `> ACK seq=${base + index * MSS} len=1000`);
		story.tell(`. send len=20000\n${ten.join('\n')}`);
	});
});

describe('limited transmit (RFC 3042)', () => {
	test('the first two duplicate ACKs let one new segment each go; the third is fast retransmit', () => {
		long().tell(`
			< ACK
			${out(11, 11)}
			< ACK
			${out(12, 12)}
			< ACK
			${out(1, 1, ' (fast)')}`);
	});

	test('not beyond the peer’s window', () => {
		Story.in('ESTABLISHED', newreno).tell(`
			< ACK win=10000
			. send len=60000
			${out(1, 10)}
			< ACK win=10000
			< ACK win=10000
			< ACK win=10000
			${out(1, 1, ' (fast)')}`);
	});
});

describe('fast recovery (RFC 5681 §3.2, RFC 6582)', () => {
	/** Segment 1 is lost; ssthresh 5 segments, cwnd 8 of 12 in flight. */
	const recovering = () =>
		long().tell(`< ACK\n${out(11, 11)}\n< ACK\n${out(12, 12)}\n< ACK\n${out(1, 1, ' (fast)')}`);

	test('each further duplicate inflates the window by a segment; new ones follow when it passes what is in flight', () => {
		recovering().tell(`
			< ACK
			< ACK
			< ACK
			< ACK
			< ACK
			${out(13, 13)}
			< ACK
			${out(14, 14)}`);
	});

	test('the full ACK ends it with half of what was in flight, FlightSize without what limited transmit sent', () => {
		recovering().tell(`
			< ACK
			${upTo(12)}
			${out(13, 14)}
			${upTo(13)}
			${out(15, 16)}`);
	});

	test('a partial ACK sends the next hole and keeps recovery', () => {
		recovering().tell(`
			${upTo(4)}
			${out(5, 5, ' (fast)')}
			${upTo(9)}
			${out(10, 10, ' (fast)')}
			${upTo(12)}
			${out(13, 14)}`);
	});

	test('only the first partial ACK starts the timer anew', () => {
		recovering().tell(`
			+ 300ms
			${upTo(4)}
			${out(5, 5, ' (fast)')}
			~ 1s
			+ 300ms
			${upTo(9)}
			${out(10, 10, ' (fast)')}
			~ 700ms`);
	});
});

describe('the time-out', () => {
	const timedOut = () => long().tell(`+ 1s\n${out(1, 1, ' (rto)')}`);

	test('one segment, then slow start over all that was in flight', () => {
		timedOut().tell(`
			${upTo(1)}
			${out(2, 3, ' (rto)')}
			${upTo(2)}
			${out(4, 5, ' (rto)')}
			${upTo(3)}
			${out(6, 7, ' (rto)')}`);
	});

	test('what the peer had kept is skipped by its ACK', () => {
		timedOut().tell(`
			${upTo(8)}
			${out(9, 10, ' (rto)')}
			${upTo(10)}
			${out(11, 13)}`);
	});

	test('echoes of what was sent again start no fast retransmit (RFC 6582 §4.1)', () => {
		timedOut().tell(
			`
			${upTo(10)}
			${out(11, 12)}
			< ACK ack=11001
			${out(13, 13)}
			< ACK ack=11001
			${out(14, 14)}
			< ACK ack=11001
			< ACK ack=11001
			~ 1s`.replace('~ 1s', '')
		);
	});

	test('a second one on the same octets lowers the threshold no further', () => {
		const state = startCongestion('newreno', MSS);
		collapse(state, 20_000, false);
		expect([state.cwnd, state.ssthresh]).toEqual([MSS, 10_000]);
		collapse(state, MSS, true);
		expect(state.ssthresh).toBe(10_000);
	});
});

describe('after a pause longer than the RTO', () => {
	test('the window is the initial one again (RFC 5681 §4.1)', () => {
		const { connection } = Story.in('ESTABLISHED', newreno);
		const sizes: number[] = [];
		for (let turn = 0, acknowledged = 1001; turn < 5; turn += 1) {
			const now = turn < 4 ? 0 : 2 * SECOND;
			connection.send(new Uint8Array(60_000), now);
			for (let sent = connection.flush(now).length; acknowledged < 1001 + (turn + 1) * 60_000;) {
				if (sizes.length === turn) sizes.push(sent);
				acknowledged += MSS;
				connection.segment(incoming(`ACK ack=${acknowledged}`), now);
				sent = connection.flush(now).length;
			}
		}
		expect([sizes[0], sizes[3], sizes[4]]).toEqual([10, 60, 10]);
	});

	test('a larger window does not come back by itself, a smaller one stays', () => {
		const state = startCongestion('newreno', MSS);
		state.cwnd = 3000;
		restart(state);
		expect(state.cwnd).toBe(3000);
		state.cwnd = 90_000;
		restart(state);
		expect(state.cwnd).toBe(10_000);
	});
});

describe('NewReno’s arithmetic', () => {
	test('congestion avoidance: one segment for a window of acknowledged octets', () => {
		const state = startCongestion('newreno', MSS);
		state.ssthresh = 10_000;
		for (let count = 0; count < 9; count += 1) grow(state, MSS, 10_000, 0, 0);
		expect(state.cwnd).toBe(10_000);
		grow(state, MSS, 10_000, 0, 0);
		expect(state.cwnd).toBe(11_000);
	});

	test('never under two segments of threshold, nor one of window', () => {
		const state = startCongestion('newreno', MSS);
		shrink(state, 1500, 3000);
		expect([state.ssthresh, state.cwnd]).toEqual([2000, 5000]);
		deflate(state, 4800);
		expect(state.cwnd).toBe(2000);
		deflate(state, 500);
		expect(state.cwnd).toBe(1500);
		settle(state, 0);
		expect(state.cwnd).toBe(2000);
	});
});

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
