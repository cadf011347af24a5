// Loss found by time: RFC 8985. The records of what is in flight, and what a connection gains by them; the rest is in scripts/rack.
import { describe, expect, test } from 'vitest';
import { LESSON, type Tuning } from '#lib/tcp/connection.ts';
import { Flight, sentAfter } from '#lib/tcp/flight.ts';
import { Rack } from '#lib/tcp/rack.ts';
import { Scoreboard } from '#lib/tcp/scoreboard.ts';
import { digest, pattern, random } from './octets.ts';
import { MS, Pair, SECOND } from './pair.ts';

const NO_PROOF = { stamped: false, echoes: () => false, twice: null };

/** Segments of 100 octets from 100 on, sent one millisecond after another from time 0. */
function flightOf(segments: number): Flight {
	const flight = new Flight();
	for (let index = 0; index < segments; index += 1)
		flight.push(100 + index * 100, 200 + index * 100, index * MS);
	return flight;
}

function boardOf(...blocks: readonly (readonly [number, number])[]): Scoreboard {
	const board = new Scoreboard();
	for (const block of blocks) board.update([block], 0, 100_000);
	return board;
}

describe('what is in flight', () => {
	test('an ACK takes out what it covers and cuts what it reaches into', () => {
		const flight = flightOf(4);
		expect(flight.acknowledge(350).map(({ end }) => end)).toEqual([200, 300]);
		expect(flight.segments.map(({ seq, end }) => [seq, end])).toEqual([
			[350, 400],
			[400, 500]
		]);
		expect(flight.pipe).toBe(150);
	});

	test('a report marks whole segments only, each once', () => {
		const flight = flightOf(5);
		const board = boardOf([250, 400], [500, 600]);
		expect(flight.report(board).map(({ seq }) => seq)).toEqual([300, 500]);
		expect(flight.report(board)).toEqual([]);
		expect([flight.reported, flight.pipe]).toEqual([2, 300]);
		// what was reported is no news when it is acknowledged
		expect(flight.acknowledge(600).map(({ seq }) => seq)).toEqual([100, 200, 400]);
		expect([flight.reported, flight.pipe, flight.losses]).toEqual([0, 0, 0]);
	});

	test('part of a lost segment sent again leaves the rest lost', () => {
		const flight = flightOf(2);
		const [first] = flight.segments;
		if (!first) throw new Error('nothing is in flight');
		flight.mark(first, 'lost');
		expect([flight.pipe, flight.losses]).toEqual([100, 1]);
		flight.repeat(first, 140, 9 * MS);
		expect([flight.pipe, flight.losses]).toEqual([140, 1]);
		expect(flight.firstLost()).toEqual({ seq: 140, end: 200, at: 0, again: false, mark: 'lost' });
		expect(flight.segments[0]).toEqual({ seq: 100, end: 140, at: 9 * MS, again: true, mark: 'out' });
	});

	test('at one instant the later octets were sent later', () => {
		expect(sentAfter(5, 200, 5, 100)).toBe(true);
		expect(sentAfter(5, 100, 5, 100)).toBe(false);
		expect(sentAfter(4, 200, 5, 100)).toBe(false);
		expect(sentAfter(5, 50, 5, 0xffff_fff0)).toBe(true);
	});
});

describe('RACK', () => {
	/** Three segments of 100 octets sent at 0, 1 and 2 ms; the round trip is 40 ms. */
	const three = () => {
		const rack = new Rack(99);
		rack.took(40 * MS, 0);
		for (let index = 0; index < 3; index += 1) rack.sent(100 + index * 100, 200 + index * 100, index * MS);
		return rack;
	};

	test('measures by what was sent once, and not by what an answer to a repeat happens to cover', () => {
		const rack = three();
		expect(rack.take(200, boardOf(), NO_PROOF, null, 41 * MS)).toBe(41 * MS);
		const [next] = rack.flight.segments;
		if (next) rack.flight.repeat(next, next.end, 300 * MS);
		expect(rack.take(400, boardOf(), NO_PROOF, 300 * MS, 340 * MS)).toBeNull();
	});

	test('by its stamp, or by a report of a duplicate, an answer to a repeat measures it', () => {
		for (const proof of [
			{ ...NO_PROOF, stamped: true, echoes: (at: number) => at <= 300 * MS },
			{ ...NO_PROOF, twice: [100, 200] as const }
		]) {
			const rack = three();
			const [first] = rack.flight.segments;
			if (first) rack.flight.repeat(first, first.end, 300 * MS);
			expect(rack.take(400, boardOf(), proof, 300 * MS, 340 * MS)).toBe(40 * MS);
		}
	});

	test('what is overtaken has a quarter of the least round trip to arrive', () => {
		const rack = three();
		rack.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
		rack.detect(false, 40 * MS, 41 * MS);
		expect(rack.reorderAt).toBe(50 * MS);
		rack.detect(false, 40 * MS, 50 * MS);
		expect([rack.flight.losses, rack.reorderAt]).toEqual([1, null]);
	});

	test('each round with a duplicate reported widens the window by a quarter, up to the smoothed round trip', () => {
		const waits = [0, 1, 2, 3, 4, 5].map((rounds) => {
			const rack = three();
			for (let round = 0; round < rounds; round += 1) {
				rack.duplicated(100);
				rack.duplicated(100);
				rack.take(100, boardOf(), NO_PROOF, null, 10 * MS);
			}
			rack.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
			rack.detect(false, 45 * MS, 41 * MS);
			return (rack.reorderAt ?? 0) / MS - 40;
		});
		expect(waits).toEqual([10, 20, 30, 40, 45, 45]);
	});

	test('sixteen recoveries without one make it narrow again', () => {
		const rack = three();
		rack.duplicated(100);
		for (let recovery = 0; recovery < 16; recovery += 1) rack.recovered();
		rack.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
		rack.detect(false, 40 * MS, 41 * MS);
		expect(rack.reorderAt).toBe(50 * MS);
	});
});

const plain: Tuning = { ...LESSON, sack: true, congestion: 'newreno', minRto: 200 * MS };
const CONFIG = { mss: 1000, receiveBuffer: 60_000 };

/** `octets` from desk to post, each segment's fate decided by `fate`. */
function transfer(
	tuning: Tuning,
	octets: number,
	fate: (draw: () => number) => readonly number[],
	seed: number
) {
	const draw = random(seed);
	const text = pattern(octets);
	const pair = new Pair({
		desk: { ...CONFIG, tuning },
		post: { ...CONFIG, tuning },
		pipe: () => fate(draw),
		apps: {
			desk: {
				connected(io) {
					io.write(text);
					io.close();
				}
			},
			post: { ended: (io) => io.close() }
		}
	});
	pair.open().run(Infinity, false);
	expect([pair.errors, digest(pair.octets('post'))]).toEqual([[], digest(text)]);
	const took = pair.moved.find(({ end, to }) => end === 'post' && to === 'CLOSE-WAIT')?.at ?? Infinity;
	return { took, repeats: pair.sent.filter(({ from, again }) => from === 'desk' && again).length };
}

const seeds = Array.from({ length: 12 }, (_, index) => index + 1);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('what it is good for', () => {
	test('a tail that is lost costs less than a time-out each', () => {
		const fate = (draw: () => number) => (draw() < 0.2 ? [] : [20 * MS]);
		const took = (rack: boolean) =>
			sum(seeds.map((seed) => transfer({ ...plain, timestamps: true, rack }, 60_000, fate, seed).took));
		expect(took(true)).toBeLessThan(0.75 * took(false));
	});

	test('five milliseconds of jitter on a path of a hundred are no loss', () => {
		const fate = (draw: () => number) => [50 * MS + Math.floor(draw() * 5 * MS)];
		const repeats = (rack: boolean) =>
			sum(seeds.map((seed) => transfer({ ...plain, rack }, 100_000, fate, seed).repeats));
		expect(repeats(false)).toBeGreaterThan(100);
		expect(repeats(true)).toBeLessThan(seeds.length * 3);
	});

	test.each([0.1, 0.3, 0.5])('whole at a loss of %d, with every other switch', (loss) => {
		const fate = (draw: () => number) => {
			if (draw() < loss) return [];
			return draw() < 0.1 ? [20 * MS, 60 * MS] : [draw() < 0.1 ? 80 * MS : 20 * MS];
		};
		for (const seed of seeds) {
			const tuning: Tuning = {
				...plain,
				rack: true,
				timestamps: seed % 2 === 0,
				congestion: seed % 3 === 0 ? 'none' : seed % 3 === 1 ? 'newreno' : 'cubic',
				nagle: seed % 4 === 0,
				delayedAck: seed % 5 === 0 ? 40 * MS : 0
			};
			expect(transfer(tuning, 30_000, fate, seed).took).toBeLessThan(3_600 * SECOND);
		}
	});
});
