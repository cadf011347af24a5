// Long work in slices: how far it is told to be, that it can be left, and that none of it grows faster than the capture.
import { describe, expect, test } from 'vitest';
import { runSteps } from '#lib/player/imported.ts';
import { paceOf } from '#lib/player/pace.ts';
import { rowSteps } from '#lib/player/packet-fold.ts';
import { packetRows } from '#lib/player/packets.ts';
import { atOnce, inSlices, part, type Work } from '#lib/player/slices.ts';
import type { Event } from '#lib/sim/event.ts';
import { ladderAt, ladderPlan } from '#lib/stage/ladder.ts';
import { flyingAt, lossesAt } from '#lib/stage/parcel.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { changesOf } from '#lib/stage/world.ts';
import { largeCapture } from '../fixtures/large-capture.ts';
import { judged } from '../judge/open.ts';

function* counting(to: number): Work<string> {
	for (let i = 1; i <= to; i++) yield i / to;
	return 'done';
}

describe('a slice', () => {
	/** Every look at the clock takes 5 ms. */
	const clock = () => {
		let now = 0;
		return () => (now += 5);
	};
	const rest = () => Promise.resolve();

	test('ends after its time, and the page has its turn', async () => {
		const told: number[] = [];
		let rests = 0;
		const result = await inSlices(counting(10), {
			told: (share) => void told.push(share),
			wanted: () => true,
			now: clock(),
			rest: () => (rests++, Promise.resolve())
		});
		expect(result).toBe('done');
		expect(told).toEqual([0.3, 0.6, 0.9]);
		expect(rests).toBe(told.length);
	});

	test('is the last when nobody wants the rest', async () => {
		const told: number[] = [];
		const wanted = () => told.length < 2;
		const left = await inSlices(counting(100), {
			told: (share) => void told.push(share),
			wanted,
			now: clock(),
			rest
		});
		expect([left, told.length]).toEqual([null, 2]);
	});

	test('knows which part of the whole it is', () => {
		function* whole(): Work<string> {
			yield* part(counting(2), 0, 0.5);
			return yield* part(counting(2), 0.5, 1);
		}
		expect([...whole()]).toEqual([0.25, 0.5, 0.75, 1]);
		expect(atOnce(whole())).toBe('done');
	});
});

/** Counts how often a list is read by place. */
function counted<L extends object>(list: L, count: { reads: number }): L {
	return new Proxy(list, {
		get(target, key): unknown {
			if (typeof key === 'string' && /^\d+$/.test(key)) count.reads++;
			const value: unknown = Reflect.get(target, key);
			return typeof value === 'function' ? value.bind(key === 'subarray' ? target : list) : value;
		}
	});
}

/** Reads of a capture of about so many octets while it is laid out, and while one looks at its end. */
function reads(octets: number) {
	const chunks = [...largeCapture({ octets, mss: 200, lines: 60 })];
	const file = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
	chunks.reduce((at, chunk) => (file.set(chunk, at), at + chunk.length), 0);
	const { table, counts, ...judgement } = judged(file);
	const laidOut = { reads: 0 };
	const seen = { reads: 0 };
	const capture = {
		name: '',
		size: file.length,
		counts,
		fault: null,
		judgement: { ...judgement, deeds: counted(judgement.deeds, laidOut) },
		table: { ...table, from: counted(table.from, laidOut) }
	};
	const { level, log } = atOnce(runSteps(capture));
	const watched: readonly Event[] = counted(log, laidOut);
	atOnce(rowSteps(watched, level.scenario));
	const parcels = parcelsOf(watched);
	paceOf(watched);
	const changes = changesOf(log);
	const plan = ladderPlan(level.scenario, parcels, changes, 600);
	packetRows(watched, level.scenario);
	const looked = counted(parcels, seen);
	// the marks of a log are made at the first look
	flyingAt(looked, log.length);
	seen.reads = 0;
	for (const cursor of [log.length, log.length >> 1, 1]) {
		flyingAt(looked, cursor);
		lossesAt(looked, cursor);
		ladderAt({ ...plan, slots: counted(plan.slots, seen) }, cursor, { top: 0, bottom: 800 });
	}
	return { packets: table.count, laidOut: laidOut.reads, seen: seen.reads };
}

test('a capture twice as long takes twice the work to lay out, and no more to look at', () => {
	const [one, two] = [reads(250_000), reads(500_000)];
	const share = two.packets / one.packets;
	expect(share).toBeGreaterThan(1.8);
	expect(two.laidOut / one.laidOut).toBeLessThan(share * 1.1);
	expect(one.laidOut / one.packets).toBeLessThan(40);
	expect(two.seen).toBeLessThan(one.seen + 100);
});
