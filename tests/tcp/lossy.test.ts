import { describe, expect, test } from 'vitest';
import { ACK, type TcpSegment } from '#lib/wire/tcp.ts';
import { LESSON } from '#lib/tcp/tuning.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair, type Name, type Options, type Pipe } from './pair.ts';

interface Weather {
	readonly loss: number;
	readonly reorder: number;
	readonly duplicate: number;
}

/** A seeded pipe of 20 ms: each direction draws from a stream of its own. */
function pipe(seed: number, { loss, reorder, duplicate }: Weather): Pipe {
	const chance: Record<Name, () => number> = { desk: random(seed * 2 + 1), post: random(seed * 2 + 2) };
	return (from) => {
		const draw = chance[from];
		const one = (): number[] => {
			const lost = draw() < loss;
			const late = draw() < reorder ? Math.floor(draw() * 80 * MS) : 0;
			return lost ? [] : [20 * MS + late];
		};
		return draw() < duplicate ? [...one(), ...one()] : one();
	};
}

/** Both ends send at once, and close when they have sent and have been sent everything. */
function exchange(size: number, options: Options): Pair {
	const writer = { connected: (io: { write(octets: Uint8Array): void }) => io.write(pattern(size)) };
	const pair: Pair = new Pair({
		silent: true,
		...options,
		apps: {
			desk: { ...writer, received: (io) => void (pair.count('desk') === size && io.close()) },
			post: { ...writer, ended: (io) => io.close() }
		}
	});
	return pair.open().run();
}

const SIZE = 64 * 1024;
const WHOLE = digest(pattern(SIZE));

describe('64 KiB each way through a bad pipe: every octet arrives once, in order, and both ends close', () => {
	test.each([
		[0, 0.01],
		[1, 0.05],
		[2, 0.1],
		[3, 0.2],
		[4, 0.3]
	])('40 seeds from %i000 on, loss %f', (block, loss) => {
		for (let seed = block * 1000; seed < block * 1000 + 40; seed += 1) {
			const pair = exchange(SIZE, { pipe: pipe(seed, { loss, reorder: 0.1, duplicate: 0.05 }) });
			const ends = [digest(pair.octets('desk')), digest(pair.octets('post'))];
			expect([seed, ...ends, ...pair.errors]).toEqual([seed, WHOLE, WHOLE]);
			expect([seed, pair.state('desk'), pair.state('post')]).toEqual([seed, 'CLOSED', 'CLOSED']);
		}
	});

	test('half of all segments lost: it ends, whole or with an error, and never short without one', () => {
		// who has sent everything learns by keep-alive only that the other has given up
		const end = { tuning: { ...LESSON, keepAlive: 7_200_000 * MS } };
		let whole = 0;
		for (let seed = 0; seed < 40; seed += 1) {
			const weather = { loss: 0.5, reorder: 0.1, duplicate: 0.05 };
			const pair = exchange(20_000, { desk: end, post: end, pipe: pipe(seed, weather) });
			const sizes = [pair.count('desk'), pair.count('post')];
			if (pair.errors.length === 0) {
				expect([seed, ...sizes]).toEqual([seed, 20_000, 20_000]);
				expect(digest(pair.octets('desk'))).toBe(digest(pattern(20_000)));
				whole += 1;
			}
			for (const name of ['desk', 'post'] as const) {
				const got = pair.octets(name);
				expect(digest(got)).toBe(digest(pattern(got.length)));
				expect([seed, pair.state(name) ?? 'CLOSED']).toEqual([seed, 'CLOSED']);
			}
		}
		expect(whole).toBeGreaterThan(20);
	});

	test('the same seed gives the same packets at the same times', () => {
		const run = () =>
			exchange(20_000, {
				silent: false,
				pipe: pipe(11, { loss: 0.2, reorder: 0.1, duplicate: 0.05 })
			}).sent.map(({ at, segment }) => [at, segment.seq, segment.ack, segment.flags, segment.window]);
		expect(run()).toEqual(run());
	});
});

describe('small windows and slow readers, with loss', () => {
	test.each([1, 7, 536, 1460, 4380])('a receive buffer of %i octets', (receiveBuffer) => {
		const size = receiveBuffer < 100 ? 300 : 20_000;
		for (let seed = 0; seed < 4; seed += 1) {
			const pair = exchange(size, {
				desk: { receiveBuffer },
				post: { receiveBuffer },
				pipe: pipe(seed, { loss: 0.1, reorder: 0.1, duplicate: 0.05 })
			});
			expect(digest(pair.octets('desk'))).toBe(digest(pattern(size)));
			expect(digest(pair.octets('post'))).toBe(digest(pattern(size)));
			expect(pair.errors).toEqual([]);
		}
	});

	test('a reader that takes a little now and then gets everything', () => {
		for (let seed = 0; seed < 10; seed += 1) {
			const chance = random(seed);
			const pair = new Pair({
				desk: { receiveBuffer: 4000 },
				lazy: ['desk'],
				silent: true,
				pipe: pipe(seed, { loss: 0.15, reorder: 0.1, duplicate: 0.05 }),
				apps: {
					post: {
						connected: (io) => {
							io.write(pattern(30_000));
							io.close();
						}
					}
				}
			}).open();
			for (let rounds = 0; rounds < 3000 && pair.count('desk') < 30_000; rounds += 1) {
				pair.run(pair.now + Math.floor(chance() * 5000 * MS));
				if (pair.state('desk') !== null) {
					pair.act('desk', (io) => io.read(Math.floor(chance() * 3000)));
				}
			}
			expect(digest(pair.octets('desk'))).toBe(digest(pattern(30_000)));
			pair.act('desk', (io) => io.close()).run();
			expect([pair.state('desk'), pair.state('post')]).toEqual(['CLOSED', 'CLOSED']);
			expect(pair.errors).toEqual([]);
		}
	});
});

describe('a cut line', () => {
	const cutAfter = (packets: number): Pipe => {
		return (_from: Name, _segment: TcpSegment, count: number) => (count < packets ? [20 * MS] : []);
	};

	test.each([0, 1, 2, 3, 10, 60])('after %i packets: whoever waits for an answer is told', (packets) => {
		const pair = exchange(SIZE, { pipe: cutAfter(packets) });
		expect(pair.errors.map(({ error }) => error)).toContain('timeout');
		for (const { end } of pair.errors) expect(pair.state(end)).toBe('CLOSED');
		for (const name of ['desk', 'post'] as const) {
			const got = pair.octets(name);
			expect(digest(got)).toBe(digest(pattern(got.length)));
			expect(pair.state(name) === null || pair.connection(name).nextTimeout() === null).toBe(true);
		}
	});

	test('one direction only: the ACKs never come back, and the sender is told', () => {
		const pair = exchange(5000, {
			pipe: (from, segment, count) => (from === 'post' && count > 2 && segment.flags & ACK ? [] : [20 * MS])
		});
		expect(pair.errors).toContainEqual({ end: 'desk', error: 'timeout' });
		expect(digest(pair.octets('post'))).toBe(digest(pattern(5000)));
	});
});

test('1 MiB in one write, 1460 at a time, moves in proportion to its size', () => {
	const size = 1024 * 1024;
	const pair = exchange(size, {});
	expect(digest(pair.octets('desk'))).toBe(digest(pattern(size)));
	// data and an ACK for each segment, both ways; the handshake; the close
	expect(pair.events).toBeLessThan(4.2 * Math.ceil(size / 1460));
});
