// What a router does besides passing on: it filters, clamps the MSS, reads IP options, and is a host itself.
import { describe, expect, test } from 'vitest';
import { createWorld } from '#lib/sim/world.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { formatAddress, parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import type { IpOption } from '#lib/wire/ipv4-options.ts';
import { converse, icmp, t1 } from '../fixtures/net.ts';
import { datagram, of, segment, shown } from '../fixtures/read.ts';
import { FETCH, mail, ping } from './routed.ts';

describe('a filter', () => {
	test('that rejects tells the sender, one that drops does not', () => {
		const rules = (action: 'drop' | 'reject') => ({
			hosts: { r1: { filter: [{ action, protocol: 'icmp', dst: '198.51.100.0/24' }] as const } }
		});
		expect(of(ping(rules('reject'), {}).log, 'icmp.received')).toMatchObject([
			{ from: '192.0.2.1', type: 3, code: 13 }
		]);
		const silent = ping(rules('drop'), {}).log;
		expect(of(silent, 'icmp.received')).toEqual([]);
		expect(of(silent, 'packet.dropped')).toMatchObject([
			{ host: 'r1', reason: 'filter', detail: 'filter of r1: rule 1 says drop' }
		]);
	});

	test('by port closes one door and leaves the others open', () => {
		const filter = [{ action: 'drop', protocol: 'tcp', dstPort: 110 }] as const;
		const { log } = converse(t1({ hosts: { r1: { filter } } }), ['connect post 110']);
		expect(of(log, 'tcp.error')).toMatchObject([{ error: 'timeout' }]);
		const other = converse(t1({ hosts: { r1: { filter } } }), ['connect post 111']);
		expect(of(other.log, 'tcp.error')).toMatchObject([{ error: 'refused' }]);
	});
});

describe('a router that clamps the MSS', () => {
	const links = { 'r1-r2': { mtu: 600 } };
	const filter = [{ action: 'drop', protocol: 'icmp' }] as const;
	const hosts = { r1: { clampMss: true }, r2: { filter } };

	test('makes connections fit its narrow link, where the message that says so is filtered', () => {
		const { log } = converse(t1({ links, hosts }), FETCH);
		expect(shown(log)).toBe(mail);
		expect(of(log, 'packet.dropped')).toEqual([]);
		expect(Math.max(...of(log, 'packet.sent').map(({ bytes }) => bytes.length))).toBe(600);
	});

	test('is a router', () => {
		expect(() => createWorld(t1({ hosts: { desk: { clampMss: true } } }), 1)).toThrow('only a router clamps');
	});
});

describe('IP options', () => {
	const DESK = parseAddress('192.0.2.10');
	const POST = parseAddress('198.51.100.25');
	const echo = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data: new Uint8Array(8) });
	const forged = (options: readonly IpOption[]) => {
		const world = createWorld(t1(), 1);
		const bytes = encodeIpv4({ src: DESK, dst: POST, protocol: 1, options }, echo);
		const octets = octetsToLatin1(bytes);
		const what = { kind: 'forge', link: 'desk-r1', towards: 'r1', octets, checksums: 'kept' } as const;
		world.input({ at: 0, input: what });
		world.runUntilQuiet();
		return world.log;
	};

	test('pass the routers as they are, and the host answers', () => {
		const options: IpOption[] = [
			{ kind: 'routerAlert', value: 0 },
			{ kind: 'unknown', type: 30, data: Uint8Array.of(1, 2) }
		];
		const log = forged(options);
		const sent = of(log, 'packet.sent').filter(({ packet }) => packet === 1);
		expect(sent.map((event) => datagram(event).options.slice(0, 2))).toEqual([options, options, options]);
		expect(of(log, 'packet.sent').some(({ from }) => from === 'post')).toBe(true);
	});

	test.each(['looseSourceRoute', 'strictSourceRoute'] as const)(
		'%s is refused by the first router, which says so',
		(kind) => {
			const log = forged([{ kind, pointer: 4, route: [POST] }]);
			expect(of(log, 'packet.dropped')[0]).toMatchObject({ host: 'r1', detail: 'r1 takes no source routes' });
			expect(icmp(of(log, 'packet.sent')[1]!)).toMatchObject({ kind: 'unreachable', code: 5 });
		}
	);
});

describe('a router as a host', () => {
	test.each(['192.0.2.1', '203.0.113.7', '203.0.113.1', '198.51.100.1'])(
		'answers at %s, from there',
		(address) => {
			const { log } = ping({}, { to: address });
			expect(of(log, 'icmp.received')).toMatchObject([{ from: address, type: 0 }]);
		}
	);

	test('refuses a connection to any of its addresses', () => {
		const { log } = converse(t1(), ['connect 203.0.113.7 110']);
		expect(of(log, 'tcp.error')).toMatchObject([{ error: 'refused' }]);
		const reset = of(log, 'packet.sent').at(-1)!;
		expect(formatAddress(datagram(reset).src)).toBe('203.0.113.7');
		expect(segment(reset).srcPort).toBe(110);
	});
});
