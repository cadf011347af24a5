// Congestion control of one sender: slow start, recovery, time-out, and NewReno's arithmetic (RFC 5681, 6582).
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
import { SECOND } from './pair.ts';
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

	test('nor does it grow there by ACKs of a window that is not filled (RFC 7661 §3)', () => {
		const state = startCongestion('newreno', MSS);
		state.ssthresh = 10_000;
		for (let count = 0; count < 30; count += 1) grow(state, MSS, 9000, 0, 0);
		expect(state.cwnd).toBe(10_000);
		// one octet more, and no further segment would have fitted
		for (let count = 0; count < 10; count += 1) grow(state, MSS, 9001, 0, 0);
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
