// A person with one packet in hand: what can be done to it, and what the log says of it.
import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import type { Act } from '#lib/sim/event.ts';
import { hashLog, inputsOf, replay } from '#lib/sim/replay.ts';
import { createWorld, InputError, type World } from '#lib/sim/world.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, RST } from '#lib/wire/tcp.ts';
import { converse } from '../fixtures/net.ts';
import { chain, datagram, of, segment, shown } from '../fixtures/read.ts';
import { t0, type } from '../fixtures/t0.ts';

const LOGIN = ['connect post 110', 'USER ada', 'PASS lovelace'];
const clean = shown(converse(t0(), [...LOGIN, 'RETR 4']).log);

/** Logged in, and RETR 4 typed; the five segments of the answer have just left. */
function answering(): { world: World; five: number[]; start: number } {
	const world = converse(t0(), LOGIN);
	const start = world.now;
	world.input(type(start, 'RETR 4'));
	world.advance(start + 25_000);
	const five = of(world.log, 'packet.sent')
		.filter(({ from, at }) => from === 'post' && at > start)
		.map(({ packet }) => packet);
	expect(five).toHaveLength(5);
	return { world, five, start };
}
const act = (world: World, packet: number, act: Act, after = 0) =>
	world.input({ at: world.now + after, input: { kind: 'packet', packet, act } });

describe('a packet in flight', () => {
	test('is dropped: three duplicate ACKs, and it is sent again; the mail is whole', () => {
		const { world, five } = answering();
		act(world, five[0]!, { do: 'drop' });
		world.runUntilQuiet();
		const [dropped] = of(world.log, 'packet.dropped');
		expect(dropped).toMatchObject({ packet: five[0], host: null, reason: 'taken' });
		expect(world.log[dropped?.cause ?? 0]).toMatchObject({ kind: 'input' });
		expect(of(world.log, 'packet.sent').some(({ again }) => again === five[0])).toBe(true);
		expect(shown(world.log)).toBe(clean);
	});

	test('is held, overtaken, and released: 1, 3, 2', () => {
		const { world, five, start } = answering();
		act(world, five[1]!, { do: 'hold' });
		world.advance(start + 45_000);
		act(world, five[1]!, { do: 'release' });
		world.runUntilQuiet();
		const order = of(world.log, 'packet.delivered').filter(
			({ host, packet }) => host === 'desk' && five.includes(packet)
		);
		expect(order.map(({ packet }) => packet)).toEqual([five[0], five[2], five[3], five[4], five[1]]);
		// 15 ms were left when it was held
		expect(order.at(-1)?.at).toBe(start + 60_000);
		expect(of(world.log, 'packet.changed').map(({ what, arrives }) => [what, arrives])).toEqual([
			['hold', null],
			['release', start + 60_000]
		]);
		expect(shown(world.log)).toBe(clean);
	});

	test('is delayed, and is duplicated', () => {
		const { world, five, start } = answering();
		act(world, five[1]!, { do: 'delay', by: 500 });
		act(world, five[2]!, { do: 'duplicate', after: 700 });
		world.runUntilQuiet();
		const order = of(world.log, 'packet.delivered').filter(
			({ host, packet }) => host === 'desk' && five.includes(packet)
		);
		expect(order.map(({ packet, at }) => [five.indexOf(packet) + 1, at - start])).toEqual([
			[1, 40_000],
			[3, 40_000],
			[4, 40_000],
			[5, 40_000],
			[2, 40_500],
			[3, 40_700]
		]);
		expect(shown(world.log)).toBe(clean);
	});

	test('is edited with sums kept: found out; with sums fixed: believed', () => {
		for (const checksums of ['kept', 'fixed'] as const) {
			const { world, five } = answering();
			act(world, five[0]!, { do: 'edit', field: 'ip.ttl', value: 9, checksums });
			world.runUntilQuiet();
			expect(of(world.log, 'packet.changed')).toMatchObject([
				{ what: 'edit', detail: `ip.ttl set to 9, checksums ${checksums}` }
			]);
			expect(of(world.log, 'packet.dropped').map(({ reason }) => reason)).toEqual(
				checksums === 'kept' ? ['checksum'] : []
			);
			expect(shown(world.log)).toBe(clean);
		}
	});

	test('is edited by its bits, and flipped by one bit', () => {
		const { world, five } = answering();
		act(world, five[0]!, { do: 'edit', bits: [64, 72], value: 5, checksums: 'fixed' });
		act(world, five[1]!, { do: 'corrupt', bit: 8 * 60 });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.changed')[0]?.bytes?.[8]).toBe(5);
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ packet: five[1], reason: 'checksum', host: 'desk' }
		]);
		expect(shown(world.log)).toBe(clean);
	});

	test('is split in two, and two are joined', () => {
		const { world, five } = answering();
		act(world, five[0]!, { do: 'split', at: 100 });
		act(world, five[1]!, { do: 'coalesce', next: five[2]! });
		world.runUntilQuiet();
		const rest = of(world.log, 'packet.sent').find(({ partOf }) => partOf === five[0])!;
		expect(segment(rest).payload).toHaveLength(1_360);
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ packet: five[2], reason: 'joined' }]);
		expect(shown(world.log)).toBe(clean);
	});

	describe('on a link that joins segments', () => {
		/** Half a command is on its way, something is done to it, and 10 ms later the other half follows. */
		function halves(doing: Act | null): World {
			const scenario = { ...t0(), faults: [{ link: 'desk-post', kind: 'coalesce' }] } as const;
			const world = converse(scenario, LOGIN);
			const start = world.now;
			const write = (at: number, octets: string) =>
				world.input({ at, input: { kind: 'octets', host: 'desk', octets } });
			write(start, 'NO');
			const { packet } = of(world.log, 'packet.sent').at(-1)!;
			if (doing) act(world, packet, doing, 5_000);
			write(start + 10_000, 'OP\r\n');
			if (doing?.do === 'hold') act(world, packet, { do: 'release' }, 1_000);
			world.runUntilQuiet();
			expect(of(world.log, 'pop3.command').at(-1)).toMatchObject({ keyword: 'NOOP' });
			return world;
		}
		const joined = (world: World) =>
			of(world.log, 'packet.dropped').filter(({ reason }) => reason === 'joined');

		test('the second half goes on with the first', () => {
			const world = halves(null);
			expect(joined(world)).toHaveLength(1);
			expect(of(world.log, 'tcp.retransmit')).toEqual([]);
		});

		test.each<Act>([
			{ do: 'drop' },
			{ do: 'hold' },
			{ do: 'delay', by: 1 },
			{ do: 'edit', field: 'ip.ttl', value: 9, checksums: 'fixed' },
			{ do: 'split', at: 1 }
		])('%o: nothing more is joined to what somebody has in hand', (doing) => {
			expect(joined(halves(doing))).toEqual([]);
		});
	});

	test.each<[string, (five: number[]) => [number, Act], RegExp]>([
		['that is not there', () => [999, { do: 'drop' }], /packet 999 is on no link/],
		['that has arrived', () => [1, { do: 'drop' }], /packet 1 is on no link/],
		['that is not held', ([a]) => [a!, { do: 'release' }], /is not held/],
		[
			'by a field it does not have',
			([a]) => [a!, { do: 'edit', field: 'udp.length', value: 1, checksums: 'kept' }],
			/no udp.length/
		],
		[
			'by a value too large',
			([a]) => [a!, { do: 'edit', field: 'ip.ttl', value: 256, checksums: 'kept' }],
			/does not fit/
		],
		[
			'by a text it does not have',
			([a]) => [a!, { do: 'edit', find: 'STLS', replace: 'XTLS', checksums: 'kept' }],
			/not in it/
		],
		['by a bit beyond its end', ([a]) => [a!, { do: 'corrupt', bit: 12_000 }], /no bit 12000/],
		['after more than it holds', ([a]) => [a!, { do: 'split', at: 1_460 }], /no 1460 octets/],
		[
			'with one that does not continue it',
			([a, , c]) => [a!, { do: 'coalesce', next: c! }],
			/does not continue/
		]
	])('%s: nothing is done, and nothing is logged', (_, make, says) => {
		const { world, five } = answering();
		const before = world.log.length;
		expect(() => act(world, ...make(five))).toThrow(InputError);
		expect(() => act(world, ...make(five))).toThrow(says);
		expect(world.log).toHaveLength(before);
	});

	test('and all that was done to it is replayed to the same log, every cause going back to an input', () => {
		const { world, five } = answering();
		act(world, five[0]!, { do: 'split', at: 100 });
		act(world, five[1]!, { do: 'hold' });
		act(world, five[2]!, { do: 'duplicate', after: 9 });
		act(world, five[1]!, { do: 'release' }, 3_000);
		world.runUntilQuiet();
		const again = replay(t0(), 1, inputsOf(world.log));
		again.runUntilQuiet();
		expect(hashLog(again.log)).toBe(hashLog(world.log));
		for (const event of world.log) expect(chain(world.log, event).at(-1)?.kind).toBe('input');
	});
});

describe('a link', () => {
	test('is cut with what is on it, and restored: the timer sends it all again', () => {
		const { world, five, start } = answering();
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: false } });
		expect(of(world.log, 'packet.dropped').map(({ packet, reason }) => [packet, reason])).toEqual(
			five.map((packet) => [packet, 'cut'])
		);
		world.advance(start + 500_000);
		world.input({ at: world.now, input: { kind: 'link', link: 'desk-post', up: true } });
		world.runUntilQuiet();
		expect(shown(world.log)).toBe(clean);
	});

	test('that is cut takes nothing', () => {
		const world = createWorld(t0(), 1);
		world.input({ at: 0, input: { kind: 'link', link: 'desk-post', up: false } });
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.sent')).toMatchObject([{ arrives: null, lostAt: 0 }]);
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ reason: 'cut', host: null }]);
	});
});

describe('a forged packet', () => {
	/** An RST to desk with this sequence number, as if from post. */
	function reset(world: World, seq: number): void {
		const sent = of(world.log, 'packet.sent').find(({ from }) => from === 'post')!;
		const { src, dst } = datagram(sent);
		const { srcPort, dstPort } = segment(sent);
		const rst = {
			srcPort,
			dstPort,
			seq,
			ack: 0,
			flags: RST,
			window: 0,
			urgent: 0,
			options: [],
			payload: new Uint8Array()
		};
		const bytes = encodeIpv4({ src, dst, protocol: 6 }, encodeTcp(rst, src, dst));
		world.input({
			at: world.now,
			input: {
				kind: 'forge',
				link: 'desk-post',
				towards: 'desk',
				octets: octetsToLatin1(bytes),
				checksums: 'fixed'
			}
		});
		world.runUntilQuiet();
	}

	test('RST with the wrong number is ignored, with the right one it is believed', () => {
		const world = converse(t0(), LOGIN);
		const last = of(world.log, 'packet.sent').findLast(
			({ from, bytes }) => from === 'desk' && bytes.length >= 40
		)!;
		const { ack, flags } = segment(last);
		expect(flags & ACK).toBe(ACK);
		reset(world, (ack + 90_000) >>> 0);
		expect(of(world.log, 'tcp.error')).toEqual([]);
		reset(world, ack);
		expect(of(world.log, 'tcp.error')).toMatchObject([{ host: 'desk', error: 'reset' }]);
		expect(of(world.log, 'packet.sent').filter(({ forged }) => forged)).toHaveLength(2);
	});

	test('needs a link, and an end of it', () => {
		const world = createWorld(t0(), 1);
		const forge = (link: string, towards: string) => () =>
			world.input({ at: 0, input: { kind: 'forge', link, towards, octets: 'x', checksums: 'kept' } });
		expect(forge('moon', 'desk')).toThrow('there is no link moon');
		expect(forge('desk-post', 'eve')).toThrow('link desk-post does not end at eve');
		forge('desk-post', 'desk')();
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ host: 'desk', reason: 'malformed' }]);
	});
});
