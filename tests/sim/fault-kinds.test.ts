// What each kind of fault does, one packet at a time, and what the log says of it.
import { describe, expect, test } from 'vitest';
import type { FaultKind, FaultSpec } from '#lib/sim/faults/spec.ts';
import { createWorld } from '#lib/sim/world.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { datagram as made } from '../ip/datagram.ts';
import { datagram, of, segment, shown } from '../fixtures/read.ts';
import { clean, run, withFaults } from './scripted.ts';

describe('what each does', () => {
	test('bursts: losses come together', () => {
		const world = createWorld(withFaults({ kind: 'bursts', enter: 0.1, leave: 0.2 }), 3);
		for (let i = 0; i < 300; i++)
			world.input({ at: i * 1_000, input: { kind: 'ping', host: 'desk', to: 'post' } });
		const lost = of(world.log, 'packet.sent')
			.filter(({ from }) => from === 'desk')
			.map(({ arrives }) => arrives === null);
		const total = lost.filter(Boolean).length;
		const runs = lost.filter((gone, i) => gone && !lost[i - 1]).length;
		expect(total).toBeGreaterThan(50);
		expect(total / runs).toBeGreaterThan(2.5);
	});

	test('bursts: the share lost in each state is what was said', () => {
		const lost = (good: number, bad: number, enter = 0.5) => {
			const world = createWorld(
				withFaults({ kind: 'bursts', enter, leave: 0.5, good, bad, towards: 'post' }),
				1
			);
			for (let i = 0; i < 300; i++)
				world.input({ at: i * 1_000, input: { kind: 'ping', host: 'desk', to: 'post' } });
			world.runUntilQuiet();
			const dropped = of(world.log, 'packet.dropped');
			return {
				all: dropped.length,
				bursts: dropped.filter(({ detail }) => detail.endsWith('in a burst')).length
			};
		};
		expect(lost(0, 0).all).toBe(0);
		expect(lost(1, 1).all).toBe(300);
		// half of the time in each state
		const [whenGood, whenBad] = [lost(1, 0), lost(0, 1)];
		expect(whenGood.all + whenBad.all).toBe(300);
		expect([whenGood.bursts, whenBad.bursts]).toEqual([0, whenBad.all]);
		expect(Math.abs(whenBad.all - 150)).toBeLessThan(40);
		expect(lost(0, 1, 0).all).toBe(0);
	});

	test('rate and queue: the one that finds no room is dropped there', () => {
		const world = createWorld(withFaults({ kind: 'rate', rate: 672_000, queue: 2, towards: 'post' }), 1);
		for (let i = 0; i < 5; i++) world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		const sent = of(world.log, 'packet.sent').filter(({ from }) => from === 'desk');
		// 84 octets at 672 kbit/s take 1 ms: one is leaving, two wait
		expect(sent.map(({ arrives }) => arrives)).toEqual([21_000, 22_000, 23_000, null, null]);
		expect(of(world.log, 'packet.dropped').map(({ reason }) => reason)).toEqual(['queue', 'queue']);
	});

	/** When each of these echo requests reaches post, in the order in which they arrive there. */
	function arrivals(fault: Partial<FaultSpec> & FaultKind, pings: number, seed = 1) {
		const world = createWorld(withFaults({ towards: 'post', ...fault }), seed);
		for (let i = 0; i < pings; i++)
			world.input({ at: i * 1_000, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		return of(world.log, 'packet.delivered')
			.filter(({ host }) => host === 'post')
			.map(({ packet, at }) => [packet, at] as const);
	}

	test('loss: about its share, all of them where it is 1, none where it is 0', () => {
		expect(arrivals({ kind: 'loss', share: 1 }, 20)).toEqual([]);
		expect(arrivals({ kind: 'loss', share: 0 }, 20)).toHaveLength(20);
		const came = arrivals({ kind: 'loss', share: 0.25 }, 400).length;
		expect(came).toBeGreaterThan(270);
		expect(came).toBeLessThan(330);
	});

	test('delay: each later by just so much', () => {
		expect(arrivals({ kind: 'delay', by: 7_000 }, 3)).toEqual([
			[1, 27_000],
			[2, 28_000],
			[3, 29_000]
		]);
	});

	test('jitter: later by no less than the delay, no more than the jitter beside it, and of all kinds', () => {
		const came = arrivals({ kind: 'delay', by: 7_000, jitter: 5_000 }, 300);
		const sent = new Map([...came].sort(([a], [b]) => a - b).map(([packet], i) => [packet, i * 1_000]));
		const late = came.map(([packet, at]) => at - 20_000 - (sent.get(packet) ?? 0));
		expect(Math.min(...late)).toBeGreaterThanOrEqual(7_000);
		expect(Math.max(...late)).toBeLessThanOrEqual(12_000);
		expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(4_500);
		// which may change their order
		expect(came.map(([packet]) => packet)).not.toEqual(
			[...came.map(([packet]) => packet)].sort((a, b) => a - b)
		);
	});

	test('reorder: the chosen one is overtaken by those behind it, and comes later by just so much', () => {
		expect(arrivals({ kind: 'reorder', share: 1, by: 2_500, match: { nth: [2] } }, 4)).toEqual([
			[1, 20_000],
			[3, 22_000],
			[4, 23_000],
			[2, 23_500]
		]);
		const order = arrivals({ kind: 'reorder', share: 0.3, by: 2_500 }, 300).map(([packet]) => packet);
		const overtaken = order.filter((packet, i) => order.slice(0, i).some((other) => other > packet)).length;
		expect(overtaken).toBeGreaterThan(60);
		expect(overtaken).toBeLessThan(120);
	});

	test('duplicate: the same packet twice, the second time later by just so much', () => {
		expect(arrivals({ kind: 'duplicate', share: 1, after: 300, match: { nth: [2] } }, 3)).toEqual([
			[1, 20_000],
			[2, 21_000],
			[2, 21_300],
			[3, 22_000]
		]);
		const came = arrivals({ kind: 'duplicate', share: 0.25 }, 400).length;
		expect(came).toBeGreaterThan(470);
		expect(came).toBeLessThan(530);
	});

	test('corrupt: about its share, one bit of each, any of them', () => {
		const world = createWorld(withFaults({ kind: 'corrupt', share: 0.5, towards: 'post' }), 1);
		for (let i = 0; i < 200; i++)
			world.input({ at: i * 1_000, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		const sent = of(world.log, 'packet.sent');
		const flipped = of(world.log, 'packet.changed').map(({ packet, bytes }) => {
			const before = sent.find((one) => one.packet === packet)!.bytes;
			const differ = [...before].flatMap((octet, i) =>
				octet === bytes?.[i] ? [] : [[i, octet ^ bytes![i]!]]
			);
			expect(differ).toHaveLength(1);
			expect(Math.log2(differ[0]![1]!) % 1).toBe(0);
			return differ[0]![0]!;
		});
		expect(flipped.length).toBeGreaterThan(75);
		expect(flipped.length).toBeLessThan(125);
		expect(new Set(flipped).size).toBeGreaterThan(40);
	});

	test('cut and restored: what enters in the span is gone at once, before and after it nothing is', () => {
		const world = createWorld(withFaults({ kind: 'cut', from: 1_000, to: 3_000 }), 1);
		for (let i = 0; i < 5; i++)
			world.input({ at: i * 1_000, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject(
			[1_000, 2_000].map((at) => ({ at, reason: 'cut', host: null, detail: 'link desk-post is cut' }))
		);
		expect(of(world.log, 'icmp.received')).toHaveLength(3);
	});

	test('hold: all comes at the end of the span, in order', () => {
		const world = createWorld(withFaults({ kind: 'hold', towards: 'post', to: 500_000 }), 1);
		for (let i = 0; i < 3; i++)
			world.input({ at: i * 1_000, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		const delivered = of(world.log, 'packet.delivered').filter(({ host }) => host === 'post');
		expect(delivered.map(({ packet, at }) => [packet, at])).toEqual([
			[1, 500_000],
			[2, 500_000],
			[3, 500_000]
		]);
	});

	test('corrupt: the packet enters whole, is changed on the way, and is dropped where the sum is wrong', () => {
		const log = run({ kind: 'corrupt', share: 1, bit: 64, match: { carries: 'USER', nth: [1] } });
		const [changed] = of(log, 'packet.changed');
		expect(changed).toMatchObject({ what: 'corrupt', detail: 'bit 64 flipped' });
		const sent = of(log, 'packet.sent').find(({ packet }) => packet === changed?.packet)!;
		expect([sent.bytes[8], changed?.bytes?.[8]]).toEqual([64, 192]);
		expect(changed?.cause).toBe(sent.seq);
		expect(of(log, 'packet.dropped')).toMatchObject([{ host: 'post', reason: 'checksum' }]);
	});

	test('edit, sums fixed: nobody notices', () => {
		const log = run({ kind: 'edit', find: 'POP3', replace: 'POP9', checksums: 'fixed' });
		expect(shown(log)).toContain('+OK POP9 post.example ready');
		expect(of(log, 'packet.dropped')).toEqual([]);
	});

	test('edit, sums kept: it is dropped, and never accepted', () => {
		const match = { carries: '+OK POP3', nth: [1] };
		const log = run({ kind: 'edit', field: 'tcp.seq_raw', value: 7, checksums: 'kept', match });
		expect(of(log, 'packet.dropped')).toMatchObject([
			{ host: 'desk', reason: 'checksum', detail: expect.stringMatching(/^TCP: /) as string }
		]);
		expect(shown(log)).toBe(shown(clean.log));
	});

	test('split: two datagrams, the second with a number of its own', () => {
		const log = run({ kind: 'split', at: 10, match: { carries: '+OK POP3', nth: [1] } });
		const piece = of(log, 'packet.sent').find(({ partOf }) => partOf !== undefined)!;
		expect(segment(piece).seq).toBe(5_011);
		expect(of(log, 'packet.changed')).toMatchObject([{ packet: piece.partOf, what: 'split' }]);
	});

	test('coalesce: two segments arrive as one, the second is said to go on in the first', () => {
		const log = run({ kind: 'coalesce' });
		const [joined] = of(log, 'packet.dropped');
		expect(joined).toMatchObject({ host: null, reason: 'joined' });
		const [changed] = of(log, 'packet.changed');
		expect(changed).toMatchObject({ what: 'coalesce', bytes: { length: 2_960 } });
	});

	test('coalesce twice on one link: what is joined is in the one that arrives', () => {
		const log = run({ kind: 'coalesce' }, { kind: 'coalesce' });
		const joined = of(log, 'packet.dropped').filter(({ reason }) => reason === 'joined');
		expect(joined.length).toBeGreaterThan(0);
		expect(of(log, 'tcp.retransmit')).toEqual([]);
		expect(shown(log)).toBe(shown(clean.log));
	});

	test('forge: a datagram that no host sent', () => {
		const icmp = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data: new Uint8Array() });
		const octets = octetsToLatin1(made(icmp, { protocol: 1 }));
		const forge = { kind: 'forge', octets, checksums: 'kept', from: 7_000, towards: 'post' } as const;
		const world = createWorld(withFaults(forge), 1);
		world.runUntilQuiet();
		const [forged, answer] = of(world.log, 'packet.sent');
		expect(forged).toMatchObject({
			packet: 1,
			at: 7_000,
			cause: null,
			from: 'desk',
			to: 'post',
			forged: true
		});
		expect(datagram(answer!).protocol).toBe(1);
	});
});
