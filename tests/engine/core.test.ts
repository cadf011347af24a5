import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEngine } from '#lib/engine/core.ts';
import type { FromEngine, ToEngine } from '#lib/engine/protocol.ts';
import type { Event, TimedInput } from '#lib/sim/event.ts';
import { hashLog, replay } from '#lib/sim/replay.ts';
import { UNTIL_QUIET } from '#lib/sim/time.ts';
import { SESSION, t0, type, typed } from '../fixtures/t0.ts';

type EventsMessage = Extract<FromEngine, { type: 'events' }>;

/** An engine and a page that keeps the log as the protocol says. */
function bench() {
	const heard: FromEngine[] = [];
	let log: Event[] = [];
	const engine = createEngine((message) => {
		heard.push(message);
		if (message.type !== 'events') return;
		expect(message.from).toBeLessThanOrEqual(log.length);
		log = [...log.slice(0, message.from), ...message.events];
	});
	return {
		heard,
		send: (message: ToEngine) => engine.handle(message),
		handle: (message: unknown) => engine.handle(message),
		log: () => log,
		last: () => heard.at(-1),
		events: () => heard.at(-1) as EventsMessage
	};
}
const load = (epoch = 1, inputs: readonly TimedInput[] = []): ToEngine => ({
	type: 'load',
	epoch,
	scenario: t0(),
	seed: 110,
	inputs
});
const input = (epoch: number, timed: TimedInput, have?: number): ToEngine => ({
	type: 'input',
	epoch,
	timed,
	have
});
const quiet = (epoch: number): ToEngine => ({ type: 'advance', epoch, to: UNTIL_QUIET });

function reference(inputs: readonly TimedInput[]): readonly Event[] {
	const world = replay(t0(), 110, inputs);
	world.runUntilQuiet();
	return world.log;
}

describe('the engine', () => {
	test('answers each message with one events message that continues the log', () => {
		const page = bench();
		page.send(load());
		for (const timed of typed(SESSION)) page.send(input(1, timed));
		page.send(quiet(1));
		expect(page.heard).toHaveLength(7);
		expect(page.heard.every(({ type }) => type === 'events')).toBe(true);
		expect(hashLog(page.log())).toBe(hashLog(reference(typed(SESSION))));
	});

	test('says when something is due next', () => {
		const page = bench();
		page.send(load());
		expect(page.events()).toMatchObject({ from: 0, events: [], now: 0, nextAt: null, timerAt: null });
		page.send(input(1, type(0, 'connect post 110')));
		expect(page.events()).toMatchObject({ now: 0, nextAt: 20_000 });
		page.send({ type: 'advance', epoch: 1, to: 30_000 });
		expect(page.events()).toMatchObject({ now: 30_000, nextAt: 40_000 });
		page.send(quiet(1));
		expect(page.events()).toMatchObject({ now: 100_000, nextAt: null, timerAt: null });
	});

	test('"until quiet" leaves background timers alone; a given instant does not', () => {
		const page = bench();
		page.send(load(1, typed(SESSION)));
		page.send(quiet(1));
		const { now, timerAt } = page.events();
		expect([now, timerAt]).toEqual([480_000, 60_460_000]);
		page.send({ type: 'advance', epoch: 1, to: 60_460_000 });
		expect(page.events()).toMatchObject({ now: 60_460_000, timerAt: null });
		expect(page.log().at(-1)).toMatchObject({ kind: 'tcp.state', from: 'TIME-WAIT', to: 'CLOSED' });
	});

	test('advancing to the past is no error and does nothing', () => {
		const page = bench();
		page.send(load());
		page.send({ type: 'advance', epoch: 1, to: 500 });
		page.send({ type: 'advance', epoch: 1, to: 400 });
		expect(page.events()).toMatchObject({ events: [], now: 500 });
	});

	test('a saved game replays to the same log', () => {
		const [played, loaded] = [bench(), bench()];
		played.send(load());
		for (const timed of typed(SESSION)) played.send(input(1, timed));
		played.send(quiet(1));
		const saved: unknown = JSON.parse(JSON.stringify(typed(SESSION)));
		loaded.handle({ ...load(), inputs: saved });
		loaded.send(quiet(1));
		expect(hashLog(loaded.log())).toBe(hashLog(played.log()));
	});
});

describe('a fork', () => {
	test('is an input before the clock: the log is kept up to it, and goes another way', () => {
		const page = bench();
		page.send(load(1, typed(SESSION)));
		page.send(quiet(1));
		const before = page.log();
		page.send(input(2, type(250_000, 'LIST')));
		const kept = before.filter(({ at }) => at <= 250_000);
		expect(page.events()).toMatchObject({ epoch: 2, from: kept.length, now: 250_000 });
		expect(page.log().slice(0, kept.length)).toEqual(kept);
		page.send(quiet(2));
		const inputs = [...typed(SESSION).slice(0, 3), type(250_000, 'LIST')];
		expect(page.log()).toEqual(reference(inputs));
	});

	test('keeps the inputs of its own instant', () => {
		const page = bench();
		page.send(load(1, [type(0, 'connect post 110'), type(200_000, 'NOOP')]));
		page.send(quiet(1));
		page.send(input(2, type(200_000, 'STAT')));
		page.send(quiet(2));
		const inputs = [type(0, 'connect post 110'), type(200_000, 'NOOP'), type(200_000, 'STAT')];
		expect(page.log()).toEqual(reference(inputs));
	});

	test('of a fork, and back again, comes out the same', () => {
		const page = bench();
		page.send(load(1, typed(SESSION)));
		page.send(quiet(1));
		page.send(input(2, type(150_000, 'NOOP')));
		page.send(quiet(2));
		page.send(input(3, type(120_000, 'UIDL')));
		page.send(quiet(3));
		for (const timed of typed(SESSION).slice(2)) page.send(input(4, timed));
		page.send(quiet(4));
		expect(page.log()).toEqual(
			reference([...typed(SESSION).slice(0, 2), type(120_000, 'UIDL'), ...typed(SESSION).slice(2)])
		);
	});

	test('begins no later than what the page has', () => {
		const page = bench();
		page.send(load(1, typed(SESSION)));
		page.send(input(2, type(250_000, 'LIST'), 12));
		expect(page.events().from).toBe(12);
		page.send(input(2, type(300_000, 'STAT'), 3));
		expect(page.events().from).toBe(3);
		expect(page.events().events[0]?.seq).toBe(3);
	});

	test('that cannot be performed leaves the run as it was', () => {
		const page = bench();
		page.send(load(1, typed(SESSION)));
		page.send(quiet(1));
		page.send(input(2, type(1_000, 'STAT', 'post')));
		expect(page.last()).toEqual({ type: 'fault', epoch: 2, message: 'post has no terminal' });
		page.send({ type: 'advance', epoch: 2, to: 70_000_000 });
		expect(page.log().at(-1)).toMatchObject({ from: 'TIME-WAIT', to: 'CLOSED' });
	});
});

describe('epochs', () => {
	test('of the past are dropped without a word', () => {
		const page = bench();
		page.send(load(5));
		const heard = page.heard.length;
		page.send(input(4, type(0, 'connect post 110')));
		page.send({ type: 'advance', epoch: 3, to: 5 });
		page.send(load(4));
		expect(page.heard).toHaveLength(heard);
	});

	test('a load begins again from nothing', () => {
		const page = bench();
		page.send(load(1, typed(SESSION)));
		page.send(load(2));
		expect(page.events()).toMatchObject({ epoch: 2, from: 0, events: [], now: 0 });
	});
});

describe('what goes wrong is a fault', () => {
	test.each<[string, unknown, RegExp]>([
		['no message', null, /^refused a message: /],
		['an unknown type', { type: 'eval', epoch: 3 }, /^refused a message: type: /],
		['nothing loaded', quiet(3), /^nothing is loaded$/],
		[
			'a scenario that contradicts itself',
			{ ...load(3), scenario: { hosts: [], links: t0().links } },
			/^links\[0\]\.ends: no host "desk"$/
		],
		['an input for nobody', { ...load(3), inputs: [type(0, 'STAT', 'post')] }, /^post has no terminal$/]
	])('%s', (_, message, says) => {
		const page = bench();
		page.handle(message);
		expect(page.heard).toHaveLength(1);
		expect(page.last()).toMatchObject({ type: 'fault', epoch: message === null ? 0 : 3 });
		expect((page.last() as { message: string }).message).toMatch(says);
	});

	test('after a refused message the run goes on', () => {
		const page = bench();
		page.send(load());
		page.handle({ type: 'input', epoch: 9, timed: { at: -1 } });
		page.send(input(1, type(0, 'connect post 110')));
		expect(page.events().events.length).toBeGreaterThan(0);
	});

	test('nothing that can be sent makes it throw', () => {
		const page = bench();
		page.send(load(0, typed(SESSION)));
		fc.assert(
			fc.property(
				fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
				(message) => {
					page.handle(message);
					page.handle({ type: 'load', epoch: 0, scenario: message, seed: 1, inputs: message });
					page.handle({ type: 'input', epoch: 0, timed: { at: 0, input: message } });
				}
			),
			{ numRuns: 300, seed: 110 }
		);
		expect(page.last()?.type).toBe('fault');
	}, 60_000);
});

describe('any way of playing', () => {
	test('forks and advances in any order leave the log of the inputs that remain', () => {
		const act = fc.record({
			kind: fc.constantFrom('input', 'advance', 'quiet'),
			at: fc.nat(600_000),
			line: fc.constantFrom(
				'connect post 110',
				'USER ada',
				'PASS lovelace',
				'STAT',
				'RETR 4',
				'QUIT',
				'hello'
			)
		});
		fc.assert(
			fc.property(fc.array(act, { maxLength: 20 }), (acts) => {
				const page = bench();
				page.send(load(1));
				let epoch = 1;
				let inputs: TimedInput[] = [];
				for (const { kind, at, line } of acts) {
					if (kind === 'quiet') page.send(quiet(epoch));
					else if (kind === 'advance') page.send({ type: 'advance', epoch, to: at });
					else {
						inputs = [...inputs.filter((earlier) => earlier.at <= at), type(at, line)];
						page.send(input(++epoch, type(at, line)));
					}
				}
				page.send(quiet(epoch));
				const world = replay(t0(), 110, inputs);
				world.advance(page.events().now);
				world.runUntilQuiet();
				expect(hashLog(page.log())).toBe(hashLog(world.log));
			}),
			{ numRuns: 50, seed: 110 }
		);
	}, 60_000);
});
