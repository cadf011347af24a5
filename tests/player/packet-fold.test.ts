// The fold that goes on from where it stood, held against one that begins anew.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packetRows } from '#lib/player/packets.ts';
import type { Event } from '#lib/sim/event.ts';
import { logOf, scenario, STORY } from '../fixtures/exchange.ts';
import { runSession } from '../interop/sessions.ts';

/** The rows of a log that no fold has seen: its events are other objects. */
const anew = (log: readonly Event[]) =>
	packetRows(
		log.map((event) => ({ ...event })),
		scenario
	);

test('however the log moves, the rows are those of a fold from the beginning', () => {
	const trunk = logOf([...STORY, ...STORY.map((one) => ({ ...one, at: one.at + 2e7 }))]);
	const branch = runSession(3).world.log;
	expect(trunk.some(({ kind }) => kind === 'packet.dropped')).toBe(true);
	const move = fc.record({ keep: fc.nat(trunk.length), more: fc.nat(branch.length), other: fc.boolean() });
	fc.assert(
		fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
			for (const { keep, more, other } of moves) {
				// another end is other events, with packets of their own numbers
				const end = other
					? branch
							.slice(0, more)
							.map((event) => ('packet' in event ? { ...event, packet: event.packet + 1000 } : event))
					: [];
				const log = [...trunk.slice(0, keep), ...end];
				expect(packetRows(log, scenario)).toEqual(anew(log));
			}
		}),
		{ numRuns: 10 }
	);
});

test('an event more costs the same in a long log as in a short one', () => {
	const cost = (length: number): number => {
		const log = logOf(Array.from({ length }, (_, i) => ({ ...STORY[i % 7]!, at: i * 1000 })));
		let reads = 0;
		const counted = (events: readonly Event[]): readonly Event[] =>
			new Proxy(events, {
				get(target, key, receiver): unknown {
					if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
					return Reflect.get(target, key, receiver);
				}
			});
		packetRows(log.slice(0, -1), scenario);
		reads = 0;
		expect(packetRows(counted(log), scenario)).toHaveLength(length);
		return reads;
	};
	expect(cost(4000)).toBeLessThan(cost(500) + 20);
});

test('while no packet is concerned the rows are the same array', () => {
	const log = logOf(STORY);
	const rows = packetRows(log, scenario);
	const quiet: Event = {
		seq: log.length,
		at: 9e9,
		cause: 0,
		kind: 'input',
		input: { kind: 'type', host: 'desk', line: 'x' }
	};
	expect(packetRows([...log, quiet], scenario)).toBe(rows);
	expect(packetRows([...log, quiet].slice(0, log.length), scenario)).toBe(rows);
	expect(packetRows([], scenario)).toEqual([]);
});
