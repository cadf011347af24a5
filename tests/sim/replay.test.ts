import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, TimedInput } from '#lib/sim/event.ts';
import { hashLog, inputsOf, replay } from '#lib/sim/replay.ts';
import { of } from '../fixtures/read.ts';
import { SESSION, t0, type, typed } from '../fixtures/t0.ts';

function finished(inputs: readonly TimedInput[], seed = 110, scenario = t0()): readonly Event[] {
	const world = replay(scenario, seed, inputs);
	world.runUntilQuiet();
	return world.log;
}

describe('the hash of a log', () => {
	const log = finished(typed(SESSION));

	test('is sixteen hexadecimal digits, the same on every machine and for every order of keys', () => {
		expect(hashLog(log)).toMatch(/^[0-9a-f]{16}$/);
		const reversed = log.map((event) => Object.fromEntries(Object.entries(event).reverse()) as typeof event);
		expect(hashLog(reversed)).toBe(hashLog(log));
		expect(hashLog(structuredClone(log) as Event[])).toBe(hashLog(log));
	});

	test('does not tell an absent value from an undefined one', () => {
		const [first, ...rest] = log;
		expect(hashLog([{ ...first!, again: undefined } as Event, ...rest])).toBe(hashLog(log));
	});

	test('changes with any octet, time, cause or letter, and with the length', () => {
		const sent = of(log, 'packet.sent')[6]!;
		const bytes = sent.bytes.slice();
		bytes[40] = bytes[40]! ^ 1;
		const changed = (at: number, event: Event) => log.map((old, i) => (i === at ? event : old));
		const others = [
			changed(sent.seq, { ...sent, bytes }),
			changed(sent.seq, { ...sent, at: sent.at + 1 }),
			changed(sent.seq, { ...sent, cause: 0 }),
			changed(sent.seq, { ...sent, link: 'desk-posT' }),
			changed(sent.seq, { ...sent, arrives: null }),
			log.slice(0, -1),
			[...log].reverse()
		];
		const hashes = [log, ...others].map(hashLog);
		expect(new Set(hashes).size).toBe(hashes.length);
	});

	test('of an empty log is a hash too', () => {
		expect(hashLog([])).toMatch(/^[0-9a-f]{16}$/);
	});
});

describe('a run', () => {
	test('is the same again, octet for octet', () => {
		expect(finished(typed(SESSION))).toEqual(finished(typed(SESSION)));
	});

	test('is told by its inputs, and they by its log', () => {
		const log = finished(typed(SESSION));
		expect(inputsOf(log)).toEqual(typed(SESSION));
		expect(inputsOf(log, 100_000)).toEqual(typed(SESSION).slice(0, 2));
	});

	test('differs with the seed where chance has a part', () => {
		const lossy = t0({ link: { loss: 0.3 } });
		const hashes = [1, 2, 3].map((seed) => hashLog(finished(typed(SESSION), seed, lossy)));
		expect(new Set(hashes).size).toBe(3);
	});

	test('over random lines, octets, answers and times is deterministic, and its first part a run of its own', () => {
		const line = fc.oneof(
			fc.constantFrom(...SESSION, 'LIST', 'RETR 1', 'RETR 4', 'DELE 2', 'RSET', 'TOP 1 3', 'UIDL', 'NOOP'),
			fc.constantFrom('é', 'ada \u{1F4EE}', '\ud800', '\0\x7f', ''),
			fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ' '))
		);
		const octets = fc.string({
			unit: fc.integer({ min: 0, max: 255 }).map((c) => String.fromCharCode(c)),
			maxLength: 300
		});
		const input = fc.oneof(
			{ weight: 6, arbitrary: line.map((text) => ({ kind: 'type', host: 'desk', line: text }) as const) },
			{
				weight: 1,
				arbitrary: octets.map((text) => ({ kind: 'octets', host: 'desk', octets: text }) as const)
			},
			{ weight: 1, arbitrary: fc.nat(9).map((value) => ({ kind: 'answer', question: 'q', value }) as const) }
		);
		const step = fc.record({ gap: fc.nat(150_000), input });
		fc.assert(
			fc.property(
				fc.array(step, { maxLength: 25 }),
				fc.nat(1_000),
				fc.constantFrom(0, 0.1),
				(steps, seed, loss) => {
					let at = 0;
					const later = steps.map(({ gap, input }) => ({ at: (at += gap), input }));
					const inputs: TimedInput[] = [type(0, 'connect post 110'), ...later];
					const scenario = t0({ link: { loss } });
					const log = finished(inputs, seed, scenario);
					expect(hashLog(finished(inputs, seed, scenario))).toBe(hashLog(log));
					const half = Math.floor(inputs.length / 2);
					const until = inputs[half]?.at ?? at;
					const world = replay(scenario, seed, inputsOf(log, until));
					world.advance(until);
					expect(hashLog(world.log)).toBe(hashLog(log.filter((event) => event.at <= until)));
				}
			),
			{ numRuns: 40, seed: 110 }
		);
	}, 60_000);
});
