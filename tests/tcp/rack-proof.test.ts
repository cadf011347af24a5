// What RACK believes of which copy has arrived, how long a round trip is, and when it waits no longer (RFC 8985 §6.2): the
// records alone, without a connection.
import { describe, expect, test } from 'vitest';
import { Rack, type Proof } from '#lib/tcp/rack.ts';
import { Scoreboard } from '#lib/tcp/scoreboard.ts';
import { MS, SECOND } from './pair.ts';

const NO_PROOF: Proof = { stamped: false, echoes: () => false, twice: null };
const STAMPED: Proof = { ...NO_PROOF, stamped: true };

function boardOf(...blocks: readonly (readonly [number, number])[]): Scoreboard {
	const board = new Scoreboard();
	for (const block of blocks) board.update([block], 0, 100_000);
	return board;
}

/** Segments of 100 octets from 100 on, sent at 0, 1, 2… ms; the least round trip is 40 ms. */
function flying(segments = 3): Rack {
	const rack = new Rack(99);
	rack.took(40 * MS, 0);
	for (let index = 0; index < segments; index += 1)
		rack.sent(100 + index * 100, 200 + index * 100, index * MS);
	return rack;
}

/** Sends segment `index` again. */
function again(rack: Rack, index: number, at: number): void {
	const sent = rack.flight.segments[index];
	if (!sent) throw new Error(`no segment ${index}`);
	rack.flight.repeat(sent, sent.end, at);
}

/** What looking now finds: segments lost, and when to look again, in ms. */
function found(rack: Rack, at: number, recovering = false): [lost: number, look: number | null] {
	rack.detect(recovering, 100 * MS, at);
	return [rack.flight.losses, rack.reorderAt === null ? null : rack.reorderAt / MS];
}

test('as long as nothing has arrived, nothing is judged, though it was sent at the beginning of time', () => {
	const rack = flying(1);
	expect(rack.take(100, boardOf(), NO_PROOF, null, 100 * MS)).toBeNull();
	expect(found(rack, 100 * MS)).toEqual([0, null]);
});

describe('an ACK of what was sent again', () => {
	test('is the answer to the first copy when it comes sooner than any round trip', () => {
		const rack = flying();
		again(rack, 0, 300 * MS);
		expect(rack.take(200, boardOf(), NO_PROOF, 300 * MS, 339 * MS)).toBeNull();
		expect(found(rack, 339 * MS)).toEqual([0, null]);
	});

	test('may answer the second when it had the time; that says what has arrived, not how long it took', () => {
		const rack = flying();
		again(rack, 0, 300 * MS);
		expect(rack.take(200, boardOf(), NO_PROOF, 300 * MS, 340 * MS)).toBeNull();
		expect(found(rack, 340 * MS)).toEqual([2, null]);
	});

	test('with timestamps only the stamp counts, whatever the time', () => {
		const rack = flying();
		again(rack, 0, 300 * MS);
		expect(rack.take(200, boardOf(), STAMPED, 300 * MS, 500 * MS)).toBeNull();
		expect(found(rack, 500 * MS)).toEqual([0, null]);
	});

	test('a duplicate that is reported proves the second copy, but of that segment only, and no sooner than a round trip', () => {
		const take = (twice: readonly [number, number], now: number) => {
			const rack = flying();
			again(rack, 0, 300 * MS);
			return rack.take(200, boardOf(), { ...STAMPED, twice }, 300 * MS, now);
		};
		expect(take([100, 200], 340 * MS)).toBe(40 * MS);
		expect(take([200, 300], 340 * MS)).toBeNull();
		expect(take([100, 200], 339 * MS)).toBeNull();
	});
});

describe('the round trip that an ACK measures', () => {
	test('is the shortest of those that it ends', () => {
		expect(flying().take(300, boardOf(), NO_PROOF, null, 41 * MS)).toBe(40 * MS);
		expect(flying().take(100, boardOf([200, 400]), NO_PROOF, null, 41 * MS)).toBe(39 * MS);
	});

	test('of a report counts from the last repeat on', () => {
		const measured = (repeat: number | null) =>
			flying().take(100, boardOf([200, 300]), NO_PROOF, repeat, 41 * MS);
		expect([measured(null), measured(1 * MS), measured(1 * MS + 1)]).toEqual([40 * MS, 40 * MS, null]);
	});

	test('what is not measured leaves the round trip as it was', () => {
		const rack = flying();
		rack.take(100, boardOf([200, 300]), NO_PROOF, 2 * MS, 9 * MS);
		expect(found(rack, 9 * MS)).toEqual([0, 10]);
	});

	test('a shorter one narrows the wait', () => {
		const rack = flying();
		rack.take(100, boardOf([200, 300]), NO_PROOF, null, 31 * MS);
		expect(found(rack, 31 * MS)).toEqual([0, 30 + 30 / 4]);
	});

	test('the least of five minutes is remembered, and not a microsecond longer', () => {
		const wait = (...trips: readonly (readonly [trip: number, at: number])[]) => {
			const rack = new Rack(99);
			for (const [trip, at] of trips) rack.took(trip * MS, at * SECOND);
			const now = 1000 * SECOND;
			rack.sent(100, 200, now);
			rack.sent(200, 300, now);
			rack.take(100, boardOf([200, 300]), NO_PROOF, now + 1, now + 1);
			rack.detect(false, 100 * MS, now + 1);
			return ((rack.reorderAt ?? 0) - now) / MS;
		};
		expect(wait([40, 0], [80, 300])).toBe(10);
		expect(wait([40, 0], [80, 300.000001])).toBe(20);
		// as short a one again begins the five minutes anew
		expect(wait([40, 0], [40, 100], [80, 350])).toBe(10);
	});

	test('an ACK of nothing new is no sign of life', () => {
		const rack = flying();
		rack.take(100, boardOf(), NO_PROOF, null, 50 * MS);
		expect(rack.active).toBe(2 * MS);
		rack.take(200, boardOf(), NO_PROOF, null, 60 * MS);
		expect(rack.active).toBe(60 * MS);
	});
});

describe('a report of what was sent again', () => {
	test('counts when it had the time to arrive', () => {
		const rack = flying();
		again(rack, 1, 300 * MS);
		rack.take(100, boardOf([200, 300]), NO_PROOF, 300 * MS, 339 * MS);
		expect(found(rack, 339 * MS)).toEqual([0, null]);
		const later = flying();
		again(later, 1, 300 * MS);
		expect(later.take(100, boardOf([200, 300]), NO_PROOF, 300 * MS, 340 * MS)).toBeNull();
		expect(found(later, 340 * MS)).toEqual([2, null]);
	});
});

describe('what is lost', () => {
	test('what arrived late moves nothing back', () => {
		const rack = flying();
		rack.take(100, boardOf([300, 400]), NO_PROOF, null, 42 * MS);
		rack.take(200, boardOf([300, 400]), NO_PROOF, null, 43 * MS);
		expect(found(rack, 43 * MS)).toEqual([0, 1 + 43 + 10]);
	});

	test('looks again when the last of those that wait is due, be it the first in line', () => {
		const rack = flying(4);
		again(rack, 0, 2.5 * MS);
		rack.take(100, boardOf([400, 500]), NO_PROOF, null, 43 * MS);
		expect(found(rack, 43 * MS)).toEqual([0, 2.5 + 40 + 10]);
	});

	test('a time-out takes the first, and of the others what has had a round trip and the wait', () => {
		const rack = flying();
		rack.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
		rack.detect(false, 100 * MS, 41 * MS);
		expect(rack.timedOut(52 * MS - 1)).toBe(false);
		expect([rack.flight.losses, rack.flight.reported]).toEqual([1, 1]);
		const due = flying();
		due.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
		due.detect(false, 100 * MS, 41 * MS);
		expect(due.timedOut(52 * MS)).toBe(false);
		expect([due.flight.losses, due.flight.reported]).toEqual([2, 1]);
	});

	test('a time-out loses the first even when it was sent this very moment', () => {
		const rack = flying();
		rack.take(200, boardOf(), NO_PROOF, null, 40 * MS);
		again(rack, 0, 60 * MS);
		expect(rack.timedOut(60 * MS)).toBe(false);
		expect(rack.flight.segments.map(({ mark }) => mark)).toEqual(['lost', 'lost']);
	});

	test('a first segment that is reported and not acknowledged: the peer has taken it all back', () => {
		const rack = flying();
		rack.take(100, boardOf([100, 300]), NO_PROOF, null, 41 * MS);
		expect(rack.timedOut(41.5 * MS)).toBe(true);
		expect([rack.flight.losses, rack.flight.reported]).toEqual([2, 0]);
		expect(new Rack(99).timedOut(0)).toBe(false);
	});

	test('a path that narrowed loses all but what is reported', () => {
		const rack = flying();
		rack.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
		rack.loseAll();
		expect(rack.flight.segments.map(({ mark }) => mark)).toEqual(['lost', 'reported', 'lost']);
	});
});

describe('duplicates that are reported', () => {
	const waits = (rack: Rack) => {
		rack.take(100, boardOf([200, 300]), NO_PROOF, null, 41 * MS);
		return (found(rack, 41 * MS)[1] ?? 0) - 40;
	};

	test('count once a round, and a round ends when what was in flight is acknowledged', () => {
		const rack = flying();
		rack.duplicated(101);
		rack.take(100, boardOf(), NO_PROOF, null, 10 * MS);
		rack.duplicated(101);
		expect(waits(rack)).toBe(20);
	});

	test('are forgotten after sixteen recoveries, not fifteen', () => {
		const after = (recoveries: number) => {
			const rack = flying();
			rack.duplicated(100);
			for (let recovery = 0; recovery < recoveries; recovery += 1) rack.recovered();
			return waits(rack);
		};
		expect([after(15), after(16)]).toEqual([20, 10]);
	});
});
