import { describe, expect, test } from 'vitest';
import type { FromEngine } from '#lib/engine/protocol.ts';
import { pack } from '#lib/engine/slab.ts';
import { replay } from '#lib/sim/replay.ts';
import { of } from '../fixtures/read.ts';
import { SESSION, t0, typed } from '../fixtures/t0.ts';

const { log, now, nextAt, timerAt } = replay(t0(), 110, typed(SESSION));
const message: FromEngine = { type: 'events', epoch: 1, from: 0, events: log, now, nextAt, timerAt };

describe('a parcel', () => {
	const parcel = pack(message);
	const events = parcel.message.type === 'events' ? parcel.message.events : [];

	test('holds the same events', () => {
		expect(parcel.message).toEqual(message);
	});

	test('has all octets in one buffer, without a gap', () => {
		const views = of(events, 'packet.sent').map(({ bytes }) => bytes);
		expect(parcel.transfer).toHaveLength(1);
		expect(views.every(({ buffer }) => buffer === parcel.transfer[0])).toBe(true);
		expect(views.reduce((sum, { length }) => sum + length, 0)).toBe(parcel.transfer[0]?.byteLength);
	});

	test('arrives as it left, and leaves the world its own octets', () => {
		const arrived = structuredClone(parcel.message, { transfer: [...parcel.transfer] });
		expect(arrived).toEqual(message);
		expect(parcel.transfer[0]?.byteLength).toBe(0);
		expect(of(log, 'packet.sent')[0]?.bytes.length).toBe(44);
	});

	test('without packets transfers nothing', () => {
		expect(pack({ ...message, events: [] }).transfer).toEqual([]);
		expect(pack({ type: 'fault', epoch: 1, message: 'x' }).transfer).toEqual([]);
	});
});
