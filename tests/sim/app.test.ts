// What a person does to a host while it runs: its program stops reading, and its stack is set anew.
import { describe, expect, test } from 'vitest';
import type { StackSpec } from '#lib/sim/scenario.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { ECE, SYN } from '#lib/wire/tcp.ts';
import { of, segment, shown } from '../fixtures/read.ts';
import { t0, type T0 } from '../fixtures/t0.ts';

const LOGIN = ['connect post 110', 'USER ada', 'PASS lovelace'];

function say(world: World, ...lines: string[]): World {
	for (const line of lines) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet(world.now + 1_000_000);
	}
	return world;
}

function read(world: World, reading: boolean): void {
	world.input({ at: world.now, input: { kind: 'app', host: 'desk', reading } });
}

const started = (how: T0 = {}) => say(createWorld(t0(how), 1), ...LOGIN);
const whole = shown(say(started(), 'RETR 4', 'QUIT').log);

describe('a program that stops reading', () => {
	const small = { desk: { receiveBuffer: 2920 } };

	test('closes the window, is probed with one octet at growing intervals, and gets everything afterwards', () => {
		const world = started(small);
		read(world, false);
		say(world, 'RETR 4');
		world.advance(world.now + 60_000_000);
		const from = (host: string) => of(world.log, 'packet.sent').filter((event) => event.from === host);
		expect(segment(from('desk').at(-1)!).window).toBe(0);
		const probes = from('post').filter((event) => segment(event).payload.length === 1);
		expect(probes.length).toBeGreaterThan(4);
		const waits = probes.slice(1).map(({ at }, i) => at - probes[i]!.at);
		expect(waits.slice(0, 4)).toEqual([2_000_000, 4_000_000, 8_000_000, 16_000_000]);
		const before = shown(world.log);
		read(world, true);
		world.advance(world.now + 10_000_000);
		expect(shown(world.log).length).toBeGreaterThan(before.length + 5000);
		expect(shown(say(world, 'QUIT').log)).toBe(whole);
		expect(of(world.log, 'tcp.error')).toEqual([]);
	});

	test('never gets an octet meanwhile, however many connections there are', () => {
		const world = started();
		const before = shown(world.log);
		read(world, false);
		say(world, 'STAT', 'LIST');
		world.advance(world.now + 10_000_000);
		expect(shown(world.log)).toBe(before);
		read(world, true);
		expect(shown(world.log)).toContain('+OK 4 7042');
		const last = of(world.log, 'terminal').at(-1)!;
		expect(world.log[last.cause ?? 0]).toMatchObject({ kind: 'input', input: { kind: 'app' } });
	});

	test('hears of the end of the stream when it reads again, and not before', () => {
		const world = started();
		read(world, false);
		say(world, 'QUIT');
		world.advance(world.now + 5_000_000);
		const states = () =>
			of(world.log, 'tcp.state')
				.filter(({ host }) => host === 'desk')
				.map(({ to }) => to);
		expect(states().at(-1)).toBe('CLOSE-WAIT');
		read(world, true);
		world.runUntilQuiet();
		expect(states().slice(-2)).toEqual(['LAST-ACK', 'CLOSED']);
	});
});

describe('a stack set anew', () => {
	const set = (world: World, host: string, stack: Partial<StackSpec>) =>
		world.input({ at: world.now, input: { kind: 'stack', host, stack } });

	test('offers another MSS with the next connection; the one there is stays as it was', () => {
		const world = started();
		set(world, 'desk', { mss: 536 });
		say(world, 'RETR 4');
		expect(Math.max(...of(world.log, 'packet.sent').map(({ bytes }) => bytes.length))).toBe(1500);
		const from = say(world, 'QUIT').log.length;
		world.advance(world.now + 70_000_000);
		say(world, ...LOGIN, 'RETR 4');
		const after = of(world.log.slice(from), 'packet.sent');
		expect(Math.max(...after.map(({ bytes }) => bytes.length))).toBe(576);
	});

	test('every switch can be set by hand and by the scenario', () => {
		const stack = {
			nagle: true,
			delayedAck: 40_000,
			sack: true,
			timestamps: true,
			windowScale: 7,
			ecn: true,
			keepAlive: 7_200_000_000,
			congestion: 'cubic'
		} as const;
		const kinds = (world: World) => {
			const syn = segment(of(world.log, 'packet.sent').find((event) => segment(event).flags & SYN)!);
			return [syn.options.map(({ kind }) => kind).filter((kind) => kind !== 'nop'), (syn.flags & ECE) > 0];
		};
		const byHand = createWorld(t0(), 1);
		set(byHand, 'desk', stack);
		set(byHand, 'post', stack);
		const wanted = [['mss', 'sackPermitted', 'timestamps', 'windowScale'], true];
		expect(kinds(say(byHand, ...LOGIN))).toEqual(wanted);
		expect(kinds(say(createWorld(t0({ desk: stack, post: stack }), 1), ...LOGIN))).toEqual(wanted);
		expect(shown(say(byHand, 'RETR 4', 'QUIT').log)).toBe(whole);
	});

	test.each<[object, string]>([
		[{ mss: 0 }, 'stack.mss: 0 is no whole number from 1 to 65495'],
		[{ mss: null }, 'stack.mss: null is no whole number from 1 to 65495'],
		[{ delayedAck: 500_000 }, 'stack.delayedAck: 500000 is no whole number from 0 to 499999'],
		[{ windowScale: 15 }, 'stack.windowScale: 15 is no whole number from 0 to 14'],
		[{ ecn: 'yes' }, 'stack.ecn: yes is neither on nor off'],
		[{ congestion: 'vegas' }, 'stack.congestion: "vegas" is no algorithm']
	])('%o is refused in words, and nothing is logged', (stack, problem) => {
		const world = createWorld(t0(), 1);
		expect(() => set(world, 'desk', stack)).toThrow(problem);
		expect(() => createWorld(t0({ desk: stack }), 1)).toThrow(`hosts[0].${problem}`);
		expect(world.log).toEqual([]);
	});
});
