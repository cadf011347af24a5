// What the sender makes of selective acknowledgment (RFC 6675), and whole transfers with it.
import { describe, expect, test } from 'vitest';
import { LESSON, type Tuning } from '#lib/tcp/connection.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair } from './pair.ts';
import { open } from './sacked.ts';

const both = { mss: 1000, tuning: { ...LESSON, sack: true, congestion: 'newreno' as const } };

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
