// Selective acknowledgment: agreed upon, reported by the receiver, kept by the scoreboard (RFC 2018, 2883).
import { describe, expect, test } from 'vitest';
import { Scoreboard } from '#lib/tcp/scoreboard.ts';
import { Story } from './story.ts';
import { sack, open } from './sacked.ts';

describe('agreed upon in the SYNs', () => {
	test('offered and answered only where both want it (RFC 2018 §2)', () => {
		Story.open(sack).tell('> SYN seq=1000 mss=1460 sackOK');
		Story.accept(sack, 'SYN seq=5000 mss=1460').tell('> SYN,ACK seq=1000 mss=1460');
		Story.accept({}, 'SYN seq=5000 mss=1460 sackOK').tell('> SYN,ACK seq=1000 mss=1460');
		Story.accept(sack, 'SYN seq=5000 mss=1460 sackOK').tell('> SYN,ACK seq=1000 mss=1460 sackOK');
	});

	test('not agreed: reports are neither made nor read', () => {
		Story.in('ESTABLISHED', sack).tell(`
			< ACK seq=5004 "def"
			> ACK`);
	});
});

describe('the receiver', () => {
	test('reports what came early, the latest first (RFC 2018 §4)', () => {
		open().tell(`
			< ACK seq=5004 "def"
			> ACK sack=5004-5007
			< ACK seq=5010 "jkl"
			> ACK sack=5010-5013,5004-5007
			< ACK seq=5016 "pqr"
			> ACK sack=5016-5019,5010-5013,5004-5007
			< ACK seq=5007 "ghi"
			> ACK sack=5004-5013,5016-5019
			< ACK "abc"
			> ACK ack=5013 sack=5016-5019
			< ACK seq=5013 "mno"
			> ACK ack=5019`);
	});

	test('four blocks at most', () => {
		open().tell(`
			< ACK seq=5010 "1"
			> ACK sack=5010-5011
			< ACK seq=5020 "2"
			> ACK sack=5020-5021,5010-5011
			< ACK seq=5030 "3"
			> ACK sack=5030-5031,5020-5021,5010-5011
			< ACK seq=5040 "4"
			> ACK sack=5040-5041,5030-5031,5020-5021,5010-5011
			< ACK seq=5050 "5"
			> ACK sack=5050-5051,5040-5041,5030-5031,5020-5021`);
	});

	test('text that came twice is reported once, before the rest (RFC 2883 §4)', () => {
		open().tell(`
			< ACK "abc"
			> ACK ack=5004
			< ACK "abc"
			> ACK ack=5004 sack=5001-5004
			< ACK seq=5010 "jkl"
			> ACK ack=5004 sack=5010-5013
			< ACK seq=5010 "jkl"
			> ACK ack=5004 sack=5010-5013,5010-5013`);
	});
});

describe('the scoreboard', () => {
	test('keeps disjoint ranges, and finds holes between them', () => {
		const board = new Scoreboard();
		expect(board.update([[120, 130]], 100, 200)).toBe(10);
		expect(
			board.update(
				[
					[140, 150],
					[120, 130]
				],
				100,
				200
			)
		).toBe(10);
		expect(board.update([[125, 145]], 100, 200)).toBe(10);
		expect([board.sacked, board.highest(100)]).toEqual([30, 150]);
		expect(board.hole(100)).toEqual({ at: 100, length: 20 });
		expect(board.hole(121)).toEqual({ at: 150, length: Infinity });
		expect(board.within(110, 125)).toBe(5);
		board.acknowledge(130);
		expect([board.sacked, board.hole(130)]).toEqual([20, { at: 150, length: Infinity }]);
		board.clear();
		expect([board.sacked, board.highest(130)]).toEqual([0, 130]);
	});

	test('names the last gap in flight, or none', () => {
		const board = new Scoreboard();
		expect(board.lastGap(100, 200)).toEqual({ from: 100, to: 200 });
		board.update([[120, 130]], 100, 200);
		board.update([[150, 160]], 100, 200);
		expect(board.lastGap(100, 200)).toEqual({ from: 160, to: 200 });
		board.update([[160, 200]], 100, 200);
		expect(board.lastGap(100, 200)).toEqual({ from: 130, to: 150 });
		board.update([[130, 150]], 100, 200);
		expect(board.lastGap(100, 200)).toEqual({ from: 100, to: 120 });
		board.update([[100, 120]], 100, 200);
		expect(board.lastGap(100, 200)).toEqual({ from: 100, to: 100 });
	});

	test('a range between two others joins neither, one or both', () => {
		const board = new Scoreboard();
		for (const block of [
			[100, 110],
			[200, 210],
			[150, 160]
		] as const) {
			board.update([block], 90, 300);
		}
		expect([board.sacked, board.hole(100).at, board.hole(150).at, board.hole(200).at]).toEqual([
			30, 110, 160, 210
		]);
		expect(board.update([[110, 120]], 90, 300)).toBe(10);
		expect(board.hole(100)).toEqual({ at: 120, length: 30 });
		expect(board.update([[155, 200]], 90, 300)).toBe(40);
		expect(board.hole(150)).toEqual({ at: 210, length: Infinity });
		board.acknowledge(105);
		expect([board.sacked, board.hole(105).at]).toEqual([75, 120]);
		board.acknowledge(120);
		expect([board.sacked, board.hole(120)]).toEqual([60, { at: 120, length: 30 }]);
	});

	test('believes nothing outside what is in flight, nor a block turned round', () => {
		const board = new Scoreboard();
		expect(
			board.update(
				[
					[300, 310],
					[150, 250],
					[160, 150],
					[170, 170]
				],
				100,
				200
			)
		).toBe(0);
		expect(board.sacked).toBe(0);
	});

	test('a report of duplicates is counted and not kept (RFC 2883)', () => {
		const board = new Scoreboard();
		board.update([[90, 100]], 100, 200);
		board.update(
			[
				[125, 130],
				[120, 140]
			],
			100,
			200
		);
		expect([board.duplicates, board.sacked]).toEqual([2, 20]);
	});

	test('lost is what has three ranges, or more than two segments, reported above it (RFC 6675 §4)', () => {
		const board = new Scoreboard();
		board.update([[120, 121]], 100, 9000);
		board.update([[130, 131]], 100, 9000);
		expect(board.lostEdge(100, 1000)).toBe(100);
		board.update([[140, 141]], 100, 9000);
		expect(board.lostEdge(100, 1000)).toBe(120);
		const other = new Scoreboard();
		other.update([[1000, 3000]], 100, 9000);
		expect(other.lostEdge(100, 1000)).toBe(100);
		other.update([[3000, 3001]], 100, 9000);
		expect(other.lostEdge(100, 1000)).toBe(1000);
	});
});
