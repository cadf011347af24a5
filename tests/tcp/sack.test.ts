// Selective acknowledgment: RFC 2018, 2883, 6675.
import { describe, expect, test } from 'vitest';
import { LESSON, type Tuning } from '#lib/tcp/connection.ts';
import { Scoreboard } from '#lib/tcp/scoreboard.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair } from './pair.ts';
import { Story } from './story.ts';

const sack = { tuning: { ...LESSON, sack: true } };
const both = { mss: 1000, tuning: { ...LESSON, sack: true, congestion: 'newreno' as const } };
const open = (config: object = sack) =>
	Story.open(config).skip().tell('< SYN,ACK seq=5000 mss=1460 sackOK\n> ACK');

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

describe('the sender (RFC 6675)', () => {
	/** Ten segments of 1000 are in flight. */
	const ten = () =>
		open(both).tell(`
			. send len=60000
			${Array.from({ length: 10 }, (_, index) => `> ACK seq=${1001 + index * 1000} len=1000`).join('\n')}`);

	/** Eight segments of 1000 are all there is. */
	const eight = () =>
		open(both).tell(`
			. send len=8000
			${Array.from({ length: 7 }, (_, index) => `> ACK seq=${1001 + index * 1000} len=1000`).join('\n')}
			> PSH,ACK seq=8001 len=1000`);

	test('sends the first hole again when three segments above it are reported, and what is reported never', () => {
		ten().tell(`
			< ACK sack=2001-3001
			> ACK seq=11001 len=1000
			< ACK sack=2001-4001
			> ACK seq=12001 len=1000
			< ACK sack=2001-5001
			> ACK len=1000 (fast)`);
	});

	test('several holes are filled in one round trip, as the window lets', () => {
		ten().tell(`
			< ACK sack=3001-6001
			> ACK len=1000 (fast)
			< ACK sack=3001-11001
			> ACK seq=2001 len=1000 (fast)
			> ACK seq=11001 len=1000
			> ACK seq=12001 len=1000
			> ACK seq=13001 len=1000
			< ACK ack=11001
			> ACK seq=14001 len=1000
			> ACK seq=15001 len=1000`);
	});

	test('with nothing new to send, the last segment not reported is rescued, once in a recovery (§4, rule 4)', () => {
		eight().tell(`
			< ACK sack=2001-5001
			> ACK len=1000 (fast)
			< ACK sack=2001-8001
			> PSH,ACK seq=8001 len=1000 (fast)
			# nothing is rescued twice
			< ACK sack=2001-8001
			< ACK ack=8001
			> PSH,ACK seq=8001 len=1000 (fast)
			< ACK ack=9001
			~ none`);
	});

	test('a FIN at the end is rescued alone', () => {
		eight().tell(`
			. close
			> FIN,ACK seq=9001
			< ACK sack=2001-8001
			> ACK len=1000 (fast)
			> FIN,ACK seq=9001 (fast)`);
	});

	test('a time-out forgets the reports (RFC 2018 §8): the first segment goes again', () => {
		ten().tell(`
			< ACK sack=2001-3001
			> ACK seq=11001 len=1000
			+ 1s
			> ACK len=1000 (rto)
			< ACK ack=3001 sack=4001-11001
			> ACK seq=3001 len=1000 (rto)
			> ACK seq=11001 len=1000 (rto)`);
	});
});

describe.each<[string, Partial<Tuning>]>([
	['alone', {}],
	['with NewReno', { congestion: 'newreno' }],
	[
		'with CUBIC, scale, timestamps, delayed ACKs and Nagle',
		{
			congestion: 'cubic',
			windowScale: 3,
			timestamps: true,
			delayedAck: 40 * MS,
			nagle: true
		}
	]
])('SACK %s', (_, changes) => {
	const tuning = { ...LESSON, sack: true, ...changes };
	const transfer = (seed: number, loss: number, wanted: Tuning = tuning) => {
		const chance = random(seed);
		const pair: Pair = new Pair({
			desk: { tuning: wanted, receiveBuffer: 100_000 },
			post: { tuning: wanted, receiveBuffer: 100_000 },
			pipe: () => {
				const one = () =>
					chance() < loss ? [] : [20 * MS + (chance() < 0.1 ? Math.floor(chance() * 60 * MS) : 0)];
				return chance() < 0.05 ? [...one(), ...one()] : one();
			},
			apps: {
				desk: {
					connected: (io) => io.write(pattern(40_000)),
					received: (io) => void (pair.count('desk') === 80_000 && io.close())
				},
				post: { connected: (io) => io.write(pattern(80_000)), ended: (io) => io.close() }
			}
		});
		return pair.open().run();
	};

	test.each([0.02, 0.1, 0.3])('whole at a loss of %f, over 15 seeds', (loss) => {
		for (let seed = 0; seed < 15; seed += 1) {
			const pair = transfer(seed, loss);
			expect([seed, digest(pair.octets('desk')), digest(pair.octets('post'))]).toEqual([
				seed,
				digest(pattern(80_000)),
				digest(pattern(40_000))
			]);
			expect([seed, pair.errors, pair.state('desk'), pair.state('post')]).toEqual([
				seed,
				[],
				'CLOSED',
				'CLOSED'
			]);
		}
	});

	// without congestion control a time-out decides the time, and not how holes are found
	if (tuning.congestion !== 'none')
		test('faster than without it', () => {
			const time = (wanted: Tuning) => {
				let sum = 0;
				for (let seed = 0; seed < 40; seed += 1) sum += lastText(transfer(seed, 0.01, wanted));
				return sum;
			};
			expect(time(tuning)).toBeLessThan(time({ ...tuning, sack: false }));
		});
});

/** When the last new octet left. */
function lastText(pair: Pair): number {
	return pair.sent.reduce((last, { at, segment }) => (segment.payload.length > 0 ? at : last), 0);
}
