// A network that misbehaves beneath a stack that cannot know it: whatever the link does, the mail comes out whole.
import { describe, expect, test } from 'vitest';
import type { Fate, Fault, Line } from '#lib/sim/faults/fault.ts';
import type { Stream } from '#lib/sim/random.ts';
import { createWorld, type Options, type World } from '#lib/sim/world.ts';
import { chain, of, segment, shown } from '../fixtures/read.ts';
import { SESSION, t0, typed, type T0 } from '../fixtures/t0.ts';

const FETCH = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3', 'RETR 4', 'QUIT'];

/** Types each line when the one before has been answered. */
function converse(lines: readonly string[], t0s: T0, seed: number, options?: Options): World {
	const world = createWorld(t0(t0s), seed, options);
	for (const line of lines) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	return world;
}

const clean = shown(converse(FETCH, {}, 1).log);

describe('a link that loses', () => {
	test.each([1, 2, 3, 4, 5, 6, 7, 8])('a fifth of everything, seed %i: the mail is the same', (seed) => {
		const { log, stopped } = converse(FETCH, { link: { loss: 0.2 } }, seed);
		expect(stopped).toBeNull();
		expect(shown(log)).toBe(clean);
	});

	const { log } = converse(FETCH, { link: { loss: 0.2 } }, 1);

	test('says so before and after', () => {
		const lost = of(log, 'packet.sent').filter(({ arrives }) => arrives === null);
		const dropped = of(log, 'packet.dropped');
		expect(lost.length).toBeGreaterThan(3);
		expect(dropped.map(({ packet, at, cause }) => [packet, at, cause]).sort()).toEqual(
			lost.map(({ packet, lostAt, seq }) => [packet, lostAt, seq]).sort()
		);
		expect(dropped.every(({ host, reason }) => host === null && reason === 'loss')).toBe(true);
	});

	test('a repetition names the packet it repeats, and comes of it', () => {
		const sent = of(log, 'packet.sent');
		const again = sent.filter((event) => event.again !== undefined);
		expect(again.length).toBeGreaterThan(2);
		expect(again).toHaveLength(of(log, 'tcp.retransmit').length);
		for (const event of again) {
			const original = sent.find(({ packet }) => packet === event.again)!;
			expect(original.from).toBe(event.from);
			expect(original.again).toBeUndefined();
			const [first, then] = [segment(original), segment(event)];
			const offset = then.seq - first.seq;
			expect(offset).toBeGreaterThanOrEqual(0);
			expect(then.payload.slice(0, 10)).toEqual(first.payload.slice(offset, offset + 10));
			const [, retransmit, because] = chain(log, event);
			expect(retransmit?.kind).toBe('tcp.retransmit');
			expect(because).toBe(original);
		}
	});

	test('everything: the SYN is repeated and then given up', () => {
		const { log, nextAt } = converse(['connect post 110'], { link: { loss: 1 } }, 1);
		const times = of(log, 'packet.sent').map(({ at }) => at);
		expect(times.slice(0, 4)).toEqual([0, 1_000_000, 3_000_000, 7_000_000]);
		expect(
			of(log, 'packet.sent')
				.slice(1)
				.every(({ again }) => again === 1)
		).toBe(true);
		expect(of(log, 'tcp.error')).toMatchObject([{ error: 'timeout' }]);
		expect(nextAt).toBeNull();
		for (const event of log) expect(chain(log, event).at(-1)?.kind).toBe('input');
	});
});

/** A fault made of what becomes of one fate. */
function fault(id: string, change: (fate: Fate, chance: Stream) => readonly Fate[]): Fault {
	return {
		id,
		wrap: (inner: Line, _spec, chance) => ({
			carry: (bytes, now) => inner.carry(bytes, now).flatMap((fate) => change(fate, chance))
		})
	};
}
const corrupt = fault('corrupt', (fate, chance) => {
	if (chance.unit() > 0.15) return [fate];
	const bytes = fate.bytes.slice();
	const at = chance.below(bytes.length);
	bytes[at] = bytes[at]! ^ (1 << chance.below(8));
	return [{ ...fate, bytes }];
});
const duplicate = fault('duplicate', (fate, chance) =>
	fate.arrives !== null && chance.unit() < 0.2 ? [fate, { ...fate, arrives: fate.arrives + 500 }] : [fate]
);
const reorder = fault('reorder', (fate, chance) =>
	fate.arrives !== null && chance.unit() < 0.3 ? [{ ...fate, arrives: fate.arrives + 7_000 }] : [fate]
);

describe('a connection that dies after the terminal has left it', () => {
	/** Nothing reaches the first connection any more once its FINs are under way. */
	const cut: Fault = {
		id: 'cut',
		wrap: (inner) => ({
			carry: (bytes, now) =>
				inner.carry(bytes, now).map((fate): Fate => {
					const toFirst = ((bytes[22] ?? 0) << 8) + (bytes[23] ?? 0) === 49_152;
					const dies = toFirst && now >= 450_000 && fate.arrives !== null;
					return dies ? { bytes, arrives: null, lostAt: now, detail: 'cut' } : fate;
				})
		})
	};

	test('does not disturb the next one', () => {
		const world = createWorld(t0(), 1, { faults: [cut] });
		for (const timed of typed(SESSION)) world.input(timed);
		const second = typed(['connect post 110', 'USER ada']).map(({ at, input }) => ({
			at: at + 500_000,
			input
		}));
		for (const timed of second) world.input(timed);
		world.runUntilQuiet();
		expect(of(world.log, 'tcp.error')).toMatchObject([{ host: 'desk', error: 'timeout' }]);
		expect(of(world.log, 'terminal').some(({ octets }) => octets.includes('timed out'))).toBe(false);
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line: 'PASS lovelace' } });
		world.runUntilQuiet();
		expect(of(world.log, 'pop3.received').at(-1)).toMatchObject({ keyword: 'PASS', ok: true });
	});
});

describe('a link that damages', () => {
	test.each([1, 2, 3, 4, 5])(
		'bits, seed %i: damaged packets are dropped where they are found, the mail is whole',
		(seed) => {
			const { log } = converse(FETCH, {}, seed, { faults: [corrupt] });
			expect(shown(log)).toBe(clean);
			const dropped = of(log, 'packet.dropped').filter(({ host }) => host !== null);
			expect(dropped.length).toBeGreaterThan(0);
			for (const { reason, detail } of dropped) {
				expect(['checksum', 'malformed']).toContain(reason);
				expect(detail).toMatch(/^(IP|TCP): /);
			}
		}
	);
});

describe('a link that repeats and reorders', () => {
	test.each([1, 2, 3, 4, 5])('seed %i: the mail is whole', (seed) => {
		const { log } = converse(FETCH, {}, seed, { faults: [duplicate, reorder] });
		expect(shown(log)).toBe(clean);
		// a duplicate is the same packet, twice on the link
		const numbers = of(log, 'packet.delivered').map(({ packet }) => packet);
		expect(new Set(numbers).size).toBeLessThan(numbers.length);
	});

	test('all at once, and loss: the mail is whole', () => {
		const lose = fault('lose', (fate, chance) =>
			fate.arrives !== null && chance.unit() < 0.1
				? [{ bytes: fate.bytes, arrives: null, lostAt: fate.arrives, detail: 'gone' }]
				: [fate]
		);
		for (let seed = 10; seed < 16; seed++) {
			const { log } = converse(FETCH, {}, seed, { faults: [lose, corrupt, duplicate, reorder] });
			expect(shown(log)).toBe(clean);
		}
	});
});

describe('small stacks', () => {
	test.each([
		[{ receiveBuffer: 700 }, {}],
		[{ receiveBuffer: 1 }, {}],
		[{ mss: 64 }, {}],
		[{}, { mss: 1, receiveBuffer: 64 }]
	])('desk %o, post %o: the window opens again and again, the mail is whole', (desk, post) => {
		const short = FETCH.filter((line) => line !== 'RETR 4');
		expect(shown(converse(short, { desk, post }, 1).log)).toBe(shown(converse(short, {}, 1).log));
	});
});

describe('a narrow link', () => {
	test('a datagram above the MTU that may not be cut is shown, and dropped at the host that cannot send it', () => {
		const world = createWorld(t0({ link: { mtu: 80 } }), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		const [large] = of(world.log, 'packet.sent');
		expect(large).toMatchObject({ from: 'desk', arrives: null, lostAt: 0 });
		const [dropped] = of(world.log, 'packet.dropped');
		expect(dropped).toMatchObject({ packet: 1, host: 'desk', reason: 'mtu', cause: large?.seq });
		expect(dropped?.detail).toBe('84 octets, and link desk-post carries at most 80');
	});

	test('segments are cut to it, and the peer is told (RFC 9293 §3.7.1, MUST-16)', () => {
		const { log } = converse(FETCH, { link: { mtu: 80 } }, 1);
		expect(shown(log)).toBe(clean);
		const sent = of(log, 'packet.sent');
		expect(Math.max(...sent.map(({ bytes }) => bytes.length))).toBe(80);
		for (const syn of sent.slice(0, 2)) expect(segment(syn).options[0]).toEqual({ kind: 'mss', value: 40 });
		expect(of(log, 'packet.dropped')).toEqual([]);
	});

	test('a slow line queues: five segments of a letter arrive one serialisation apart', () => {
		const { log } = converse(FETCH, { link: { rate: 1_000_000 } }, 1);
		expect(shown(log)).toBe(clean);
		const full = of(log, 'packet.sent').filter(({ bytes }) => bytes.length === 1500);
		expect(full).toHaveLength(4);
		const arrivals = full.map(({ arrives }) => arrives ?? 0);
		expect(arrivals.slice(1).map((at, i) => at - arrivals[i]!)).toEqual([12_000, 12_000, 12_000]);
	});
});

describe('the budget', () => {
	/** Never lets a packet go: each arrives, and a copy of it, for ever. */
	const echo: Fault = {
		id: 'echo',
		wrap: (inner) => ({
			carry: (bytes, now) => {
				const [fate] = inner.carry(bytes, now);
				return fate ? Array.from({ length: 60 }, () => fate) : [];
			}
		})
	};

	test('a storm stops the world with a clear word, in every verb, for good', () => {
		const world = createWorld(t0(), 1, { budget: 500, faults: [echo] });
		world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
		world.runUntilQuiet();
		expect(world.stopped).toMatch(/^stopped at \d+ µs: more than 500 steps in one second of virtual time$/);
		expect([world.nextAt, world.timerAt]).toEqual([null, null]);
		const { now } = world;
		const events = world.log.length;
		world.advance(now + 10_000_000);
		world.runUntilQuiet();
		world.input({ at: now + 5, input: { kind: 'type', host: 'desk', line: 'QUIT' } });
		expect([world.now, world.log.length]).toEqual([now, events]);
	});

	test('stops at the same event every time', () => {
		const runs = [1, 2].map(() => {
			const world = createWorld(t0(), 1, { budget: 500, faults: [echo] });
			world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
			world.runUntilQuiet();
			return world.log.length;
		});
		expect(runs[0]).toBe(runs[1]);
	});

	test('is one virtual second long', () => {
		// fewer than 30 steps in each second, far more in all
		const world = createWorld(t0(), 1, { budget: 30 });
		for (let second = 0; second < 10; second++) {
			const line = second === 0 ? 'connect post 110' : 'NOOP';
			world.input({ at: second * 1_000_000, input: { kind: 'type', host: 'desk', line } });
		}
		world.runUntilQuiet();
		expect(world.stopped).toBeNull();
	});
});
