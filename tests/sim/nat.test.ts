// Many inside, one outside (RFC 3022, RFC 4787): what each end sees of the other, and what the table says.
import { describe, expect, test } from 'vitest';
import type { HostSpec } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { formatAddress } from '#lib/wire/address.ts';
import { readIpv4 } from '#lib/wire/ipv4.ts';
import { converse, icmp, t3, type Net } from '../fixtures/net.ts';
import { datagram, of, segment, shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

const FETCH = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3', 'RETR 4', 'QUIT'];

describe('two devices behind one address', () => {
	const world = converse(t3(), ['connect post 110']);
	converse(t3(), ['connect post 110'], 'pocket', world);
	const { log } = world;

	test('have the same inside port and different outside ports: 61001 and 61002', () => {
		expect(
			of(log, 'nat.mapped').map(({ host, protocol, inside, outside }) => [host, protocol, inside, outside])
		).toEqual([
			['r1', 6, '192.168.1.10:49152', '203.0.113.7:61001'],
			['r1', 6, '192.168.1.11:49152', '203.0.113.7:61002']
		]);
	});

	test('are both greeted, and the server sees one visitor twice', () => {
		for (const host of ['desk', 'pocket']) expect(shown(log, host)).toContain('+OK POP3');
		const seen = of(log, 'packet.sent').filter(({ to }) => to === 'post');
		expect(new Set(seen.map((event) => formatAddress(datagram(event).src)))).toEqual(
			new Set(['203.0.113.7'])
		);
		expect(new Set(seen.map((event) => segment(event).srcPort))).toEqual(new Set([61_001, 61_002]));
	});

	test('no private address is seen outside, and every checksum is right on every link', () => {
		for (const event of of(log, 'packet.sent')) {
			const { src, dst } = datagram(event);
			segment(event);
			const outside = event.link === 'r1-r2' || event.link === 'r2-post';
			const hidden = [src, dst].some((address) => formatAddress(address).startsWith('192.168.'));
			expect(hidden).toBe(!outside);
		}
		expect(of(log, 'packet.dropped')).toEqual([]);
	});
});

describe('the translator', () => {
	test('brings the mail', () => {
		expect(shown(converse(t3(), FETCH).log)).toBe(shown(converse(t0(), FETCH).log));
	});

	test.each<[string, Net]>([
		['cutting forbidden', {}],
		['cutting allowed', { post: { df: false } }]
	])(
		'brings it over a narrow link outside, %s: pieces and complaints find their way in and out',
		(_, net) => {
			const { log } = converse(t3({ links: { 'r1-r2': { mtu: 600 } }, ...net }), FETCH);
			expect(shown(log)).toBe(shown(converse(t0(), FETCH).log));
		}
	);

	test('a complaint from outside reaches the host inside, which knows the datagram that it quotes', () => {
		const world = createWorld(t3(), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', ttl: 2 } });
		world.runUntilQuiet();
		const heard = of(world.log, 'icmp.received');
		expect(heard).toMatchObject([{ host: 'desk', from: '203.0.113.1', type: 11 }]);
		const last = of(world.log, 'packet.sent').at(-1)!;
		expect(last.to).toBe('desk');
		const message = icmp(last);
		expect(
			message.kind === 'timeExceeded' &&
				formatAddress(new DataView(message.quoted.buffer, message.quoted.byteOffset).getUint32(12))
		).toBe('192.168.1.10');
	});

	test('a complaint of the translator about what comes from outside quotes it as it was outside', () => {
		const { hosts, links } = t3();
		const inner: HostSpec = { id: 'r0', role: 'router', address: '192.168.1.2' };
		const narrow = { delay: 20_000, mtu: 296 };
		const far = links.map((one) => (one.id === 'desk-r1' ? { ...one, ends: ['desk', 'r0'] as const } : one));
		const deep = {
			hosts: [...hosts, inner],
			links: [...far, { ...narrow, id: 'r0-r1', ends: ['r0', 'r1'] as const }]
		};
		const { log } = converse(deep, FETCH);
		expect(shown(log)).toBe(shown(converse(t0(), FETCH).log));
		const learnt = of(log, 'ip.path-mtu').filter(({ host }) => host === 'post');
		expect(learnt.map(({ to, mtu }) => [to, mtu])).toEqual([['203.0.113.7', 296]]);
	});

	test('echo goes out and comes back by its identifier; two hosts ask at once', () => {
		const world = createWorld(t3(), 1);
		for (const host of ['desk', 'pocket'])
			world.input({ at: 0, input: { kind: 'ping', host, to: 'post', size: 3_000, df: false } });
		world.runUntilQuiet();
		expect(
			of(world.log, 'icmp.received')
				.map(({ host, type }) => [host, type])
				.sort()
		).toEqual([
			['desk', 0],
			['pocket', 0]
		]);
	});

	test('those inside meet by their outside addresses, and see one another’s (RFC 4787 REQ-9)', () => {
		const world = createWorld(t3(), 1);
		const call = (at: number, host: string, port: number) =>
			world.input({ at, input: { kind: 'type', host, line: `connect 203.0.113.7 ${port}` } });
		call(0, 'desk', 61_002);
		// nobody is there yet
		world.advance(50_000);
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ host: 'r1', reason: 'nat', detail: 'translator: no mapping for outside port 61002' }
		]);
		call(100_000, 'pocket', 61_001);
		world.advance(900_000);
		const open = of(world.log, 'tcp.state').filter(({ to }) => to === 'ESTABLISHED');
		expect(open.map(({ host }) => host).sort()).toEqual(['desk', 'pocket']);
		const came = of(world.log, 'packet.sent').filter(({ from }) => from === 'r1');
		expect(new Set(came.map(({ link }) => link))).toEqual(new Set(['desk-r1', 'pocket-r1']));
		const from = (to: string) =>
			new Set(
				came
					.filter((event) => event.to === to)
					.map((event) => `${formatAddress(datagram(event).src)}:${segment(event).srcPort}`)
			);
		expect([from('desk'), from('pocket')]).toEqual([
			new Set(['203.0.113.7:61002']),
			new Set(['203.0.113.7:61001'])
		]);
	});

	test('a complaint ends no mapping (RFC 4787 REQ-12)', () => {
		const world = createWorld(t3(), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', ttl: 2 } });
		world.runUntilQuiet();
		expect(of(world.log, 'icmp.received')).toMatchObject([{ host: 'desk', type: 11 }]);
		expect(of(world.log, 'nat.expired')).toEqual([]);
		world.advance(50_000_000);
		expect(of(world.log, 'nat.expired')).toEqual([]);
	});

	test('what may not live on ends before it is translated: no row, and the sender knows what is quoted', () => {
		const world = createWorld(t3(), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', ttl: 1 } });
		world.runUntilQuiet();
		expect(of(world.log, 'nat.mapped')).toEqual([]);
		expect(of(world.log, 'icmp.received')).toMatchObject([{ host: 'desk', from: '192.168.1.1', type: 11 }]);
	});

	test('what comes from outside and may not live on is quoted to its sender as it was outside', () => {
		const world = createWorld(t3(), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		const reply = of(world.log, 'packet.sent').find(({ from, to }) => from === 'r2' && to === 'r1')!;
		const octets = octetsToLatin1(reply.bytes.with(8, 1));
		const forge = { kind: 'forge', link: 'r1-r2', towards: 'r1', octets, checksums: 'fixed' } as const;
		world.input({ at: world.now, input: forge });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ host: 'r1', reason: 'ttl' }]);
		expect(of(world.log, 'packet.sent').at(-1)).toMatchObject({ to: 'post' });
		const told = icmp(of(world.log, 'packet.sent').at(-1)!);
		const quoted = told.kind === 'timeExceeded' && readIpv4(told.quoted);
		expect(quoted && formatAddress(quoted.dst)).toBe('203.0.113.7');
	});

	test('the filter sees both ways by the addresses inside', () => {
		const says = (filter: HostSpec['filter']) => {
			const { log } = converse(t3({ hosts: { r1: { filter } } }), ['connect post 110']);
			return of(log, 'packet.dropped')[0];
		};
		expect(says([{ action: 'drop', src: '192.168.1.10' }])).toMatchObject({ packet: 1, reason: 'filter' });
		expect(says([{ action: 'drop', src: '203.0.113.7' }])).toBeUndefined();
		expect(says([{ action: 'drop', dst: '203.0.113.7', srcPort: 110 }])).toBeUndefined();
		expect(says([{ action: 'drop', dst: '192.168.1.10', srcPort: 110 }])).toMatchObject({ reason: 'filter' });
	});

	test('one that spoke to nobody else is not spoken to by others', () => {
		const world = converse(t3(), ['connect post 110']);
		const before = world.log.length;
		world.input({ at: world.now, input: { kind: 'ping', host: 'post', to: '203.0.113.7' } });
		world.input({ at: world.now, input: { kind: 'ping', host: 'post', to: '192.168.1.10' } });
		world.runUntilQuiet();
		const after = world.log.slice(before);
		// the router answers for itself; the private address is unknown outside
		expect(of(after, 'icmp.received').map(({ from, type }) => [from, type])).toEqual([
			['198.51.100.1', 3],
			['203.0.113.7', 0]
		]);
	});
});
