// Where packets are at a moment: a pure function, without jumps, ending where the log says.
import { describe, expect, test } from 'vitest';
import { cubicBezier, fallEase, flight, hopEase, progressOf, spread, TRAIN } from '#lib/stage/flight.ts';
import { layout } from '#lib/stage/geometry.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { handshake, SCENARIO, Story } from './story.ts';

const PLAN = layout(SCENARIO, { width: 552, height: 340 });
const LINK = PLAN.links[0] ?? { x1: 0, x2: 0, y: 0 };

/** The story's picture at a time: the cursor stands after everything up to then. */
function at(story: Story, ms: number, still = false) {
	const time = ms * 1000;
	const cursor = story.log.filter((event) => event.at <= time).length;
	return flight(parcelsOf(story.log), time, cursor, PLAN, still);
}

describe('easing', () => {
	test('is the cubic-bezier of CSS', () => {
		const ease = cubicBezier(0.25, 0.1, 0.25, 1); // CSS `ease`, values as browsers compute them
		for (const [t, value] of [
			[0, 0],
			[0.25, 0.4085],
			[0.5, 0.8024],
			[0.75, 0.9605],
			[1, 1]
		] as const)
			expect(ease(t)).toBeCloseTo(value, 3);
		const linear = cubicBezier(0.5, 0.5, 0.5, 0.5);
		for (const t of [0.1, 0.5, 0.9]) expect(linear(t)).toBeCloseTo(t, 5);
	});

	test('ascends and stays in its range', () => {
		for (const ease of [hopEase, fallEase])
			for (let t = 0; t < 1; t += 0.01) {
				expect(ease(t + 0.01)).toBeGreaterThanOrEqual(ease(t));
				expect(ease(t)).toBeGreaterThanOrEqual(0);
			}
		expect([hopEase(-1), hopEase(2)]).toEqual([0, 1]);
	});
});

describe('a hop', () => {
	test('goes from the sender’s end of the link to the receiver’s', () => {
		const story = handshake();
		const x = (ms: number) => at(story, ms)[0]?.x ?? NaN;
		expect(x(0)).toBeCloseTo(LINK.x1, 5);
		expect(x(19.9999)).toBeCloseTo(LINK.x2, 0);
		expect(x(10)).toBeGreaterThan(LINK.x1 + 60);
		const [back] = at(story, 20.0001);
		expect(back?.parcel.packet).toBe(2);
		expect(back?.x).toBeCloseTo(LINK.x2, 0);
	});

	test('rightward above the wire, leftward below, both on an arc of 6 px', () => {
		const story = handshake();
		expect((at(story, 0)[0]?.y ?? 0) - LINK.y).toBeCloseTo(-PLAN.lane);
		expect((at(story, 20)[0]?.y ?? 0) - LINK.y).toBeCloseTo(PLAN.lane);
		const heights = Array.from({ length: 200 }, (_, i) => LINK.y - (at(story, i / 10)[0]?.y ?? 0));
		expect(Math.max(...heights) - PLAN.lane).toBeCloseTo(6, 1);
	});

	test('grows at the start and shrinks at the end, by progress alone', () => {
		const story = handshake();
		const scale = (ms: number) => at(story, ms)[0]?.scale ?? NaN;
		expect(scale(0)).toBeCloseTo(0.6);
		expect(scale(10)).toBe(1);
		expect(scale(19.999)).toBeCloseTo(0.6, 1);
	});

	test('the same question has the same answer', () => {
		expect(at(handshake(), 7.3)).toEqual(at(handshake(), 7.3));
	});

	test('with zero duration it is at its receiver', () => {
		const story = new Story();
		story.send(5, 'desk', 'S', { takes: 0 });
		expect(progressOf(parcelsOf(story.log)[0]!, 5000)).toBe(1);
	});
});

describe('the cursor', () => {
	test('a packet of the same instant that is not shown yet is not drawn', () => {
		const story = new Story();
		story.send(0, 'desk', 'S');
		story.send(0, 'desk', 'A');
		expect(flight(parcelsOf(story.log), 0, 1, PLAN).map(({ parcel }) => parcel.packet)).toEqual([1]);
	});

	test('one that has arrived in time but not in the log stands at its receiver', () => {
		const { log } = handshake();
		const [flying] = flight(parcelsOf(log), 20_000, 2, PLAN);
		expect(flying?.x).toBeCloseTo(LINK.x2);
		expect(flight(parcelsOf(log), 20_000, 3, PLAN)).toEqual([]);
	});
});

describe('a lost packet', () => {
	const story = new Story();
	const first = story.send(0, 'desk', 'S', { lost: true });
	story.lose(10, first);
	story.send(1010, 'desk', 'S', { again: first });

	test('goes part of the way, falls 48 px as a ghost, and is gone', () => {
		const before = at(story, 9.9999)[0];
		const [lost] = at(story, 10);
		expect(before?.ghost).toBe(false);
		expect(lost).toMatchObject({ ghost: true });
		expect(lost?.x).toBeCloseTo(before?.x ?? NaN, 1);
		expect(lost?.x).toBeGreaterThan(LINK.x1);
		expect(lost?.x).toBeLessThan(LINK.x2);
		const low = at(story, 509.999)[0];
		expect((low?.y ?? 0) - (lost?.y ?? 0)).toBeCloseTo(48, 0);
		expect(at(story, 511)).toEqual([]);
	});

	test('does not fall where nothing is to move', () => {
		expect(at(story, 11, true)).toEqual([]);
	});
});

describe('many at once', () => {
	const burst = (count: number) => {
		const story = new Story();
		for (let i = 0; i < count; i++) story.send(0, 'desk', i % 2 ? 'PA' : 'A', { payload: 'x' });
		for (let i = 1; i <= count; i++) story.arrive(20, i, 'post');
		return story;
	};

	test('those sent at one instant fan out and do not cover each other half way', () => {
		const xs = at(burst(4), 10).map(({ x }) => x);
		expect(xs).toHaveLength(4);
		for (let i = 1; i < xs.length; i++) expect((xs[i - 1] ?? 0) - (xs[i] ?? 0)).toBeGreaterThanOrEqual(60);
	});

	test('they leave and arrive at their own time all the same', () => {
		for (const ms of [0, 19.99999])
			for (const { x } of at(burst(4), ms)) expect(x).toBeCloseTo(ms ? LINK.x2 : LINK.x1, 0);
	});

	test('nothing jumps: not in flight, not when one comes or goes', () => {
		const story = new Story();
		const times = [0, 0, 3, 5, 5, 9];
		times.forEach((ms) => story.send(ms, 'desk', 'PA', { payload: 'x' }));
		times.forEach((ms, i) => story.arrive(ms + 20, i + 1, 'post'));
		story.log.sort((a, b) => a.at - b.at);
		let before = new Map<number, number>();
		for (let ms = 0; ms <= 29; ms += 0.02) {
			const now = new Map(at(story, ms).map(({ parcel, x }) => [parcel.packet, x]));
			for (const [packet, x] of now) {
				const was = before.get(packet);
				if (was !== undefined) expect(Math.abs(x - was)).toBeLessThan(3);
			}
			before = now;
		}
	});

	test('opposite directions keep to their lanes', () => {
		const story = new Story();
		story.send(0, 'desk', 'PA', { payload: 'x' });
		story.send(0, 'post', 'PA', { payload: 'x' });
		const [right, left] = at(story, 10);
		expect(Math.abs((right?.y ?? 0) - (left?.y ?? 0))).toBeGreaterThan(PLAN.packet.full.height);
	});

	test(`more than ${TRAIN} identical segments are a train, unlike ones stay apart`, () => {
		const story = new Story();
		for (let i = 0; i < TRAIN + 1; i++) story.send(0, 'desk', 'A', { payload: 'x' });
		story.send(0, 'desk', 'FA');
		const drawn = at(story, 10);
		expect(drawn.map(({ parcel, train }) => [parcel.packet, train])).toEqual([
			[1, TRAIN + 1],
			[TRAIN + 2, 1]
		]);
		expect(at(burst(TRAIN), 10).every(({ train }) => train === 1)).toBe(true);
	});
});

describe('spreading', () => {
	test('leaves alone what is apart, and keeps the centre of what is not', () => {
		const apart = [0.9, 0.5, 0.1];
		spread(apart, [1, 1, 1], [0.2, 0.2]).forEach((x, i) => expect(x).toBeCloseTo(apart[i] ?? NaN));
		const [a = 0, b = 0] = spread([0.5, 0.5], [1, 1], [0.2]);
		expect(a - b).toBeCloseTo(0.2);
		expect((a + b) / 2).toBeCloseTo(0.5);
	});

	test('one without weight moves and does not push', () => {
		const [a = 0, b = 0] = spread([0.5, 0.5], [1, 0], [0.2]);
		expect(a).toBeCloseTo(0.5, 2);
		expect(b).toBeCloseTo(0.3, 2);
	});
});

describe('reduced motion', () => {
	test('fades out at the sender, in at the receiver, and is nowhere between', () => {
		const story = handshake();
		const [leaving] = at(story, 1, true);
		expect(leaving?.x).toBeCloseTo(LINK.x1);
		expect(leaving?.opacity).toBeLessThan(1);
		expect(at(story, 10, true)).toEqual([]);
		const [arriving] = at(story, 19, true);
		expect(arriving?.x).toBeCloseTo(LINK.x2);
		expect(arriving?.scale).toBe(1);
	});
});
