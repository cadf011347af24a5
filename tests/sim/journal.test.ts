import { describe, expect, test } from 'vitest';
import type { Event } from '#lib/sim/event.ts';
import { Journal } from '#lib/sim/journal.ts';
import { createWorld } from '#lib/sim/world.ts';
import { SESSION, t0, typed } from '../fixtures/t0.ts';

const HEAD = { packet: 3, link: 'l', from: 'a', to: 'b' };
const BYTES = Uint8Array.of(1, 2, 3);

function journal(): { told: Event[]; journal: Journal } {
	const told: Event[] = [];
	return { told, journal: new Journal((event) => void told.push(event)) };
}

describe('the journal', () => {
	test('gives each event its position, the time and its cause', () => {
		const { told, journal: one } = journal();
		one.now = 7;
		const first = one.append({ kind: 'packet.delivered', packet: 1, link: 'l', host: 'b' }, null);
		one.now = 9;
		expect(one.delivered(HEAD, first)).toBe(1);
		expect(one.next).toBe(2);
		expect(told).toEqual([
			{ seq: 0, at: 7, cause: null, kind: 'packet.delivered', packet: 1, link: 'l', host: 'b' },
			{ seq: 1, at: 9, cause: 0, kind: 'packet.delivered', packet: 3, link: 'l', host: 'b' }
		]);
	});

	test('says of a packet only what there is to say', () => {
		const { told, journal: one } = journal();
		one.sent(HEAD, BYTES, 5, { again: undefined }, null);
		one.sent(HEAD, BYTES, null, { again: 1, partOf: 2, forged: true, lostAt: 4 }, 0);
		const common = { at: 0, kind: 'packet.sent', ...HEAD, bytes: BYTES };
		expect(told[0]).toStrictEqual({ seq: 0, cause: null, arrives: 5, ...common });
		expect(told[1]).toStrictEqual({
			...{ seq: 1, cause: 0, arrives: null, again: 1, partOf: 2, forged: true, lostAt: 4 },
			...common
		});
	});

	test('counts on where nobody reads it', () => {
		const unread = new Journal(null);
		expect(unread.append({ kind: 'packet.delivered', packet: 1, link: 'l', host: 'b' }, null)).toBe(0);
		expect(unread.sent(HEAD, BYTES, 5, {}, 0)).toBe(1);
		expect(unread.delivered(HEAD, 1)).toBe(2);
		expect(unread.dropped(HEAD, null, 'loss', 'lost', 2)).toBe(3);
	});
});

test('a world that keeps no log does all the same things at the same times', () => {
	const [kept, unkept] = [true, false].map((keepLog) => {
		const world = createWorld(t0(), 110, { keepLog });
		for (const timed of typed(SESSION)) world.input(timed);
		world.runUntilQuiet();
		return world;
	});
	expect(unkept?.log).toEqual([]);
	expect(kept?.log.length).toBeGreaterThan(100);
	expect([unkept?.now, unkept?.nextAt, unkept?.timerAt]).toEqual([kept?.now, kept?.nextAt, kept?.timerAt]);
});
