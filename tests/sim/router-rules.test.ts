// What a router does besides passing on: it filters, clamps the MSS, reads IP options, and is a host itself.
import { describe, expect, test } from 'vitest';
import type { FilterRule } from '#lib/ip/filter.ts';
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

describe('a filter of a host', () => {
	const post = (...filter: readonly FilterRule[]) => t1({ hosts: { post: { filter } } });

	test('by port: what comes in is dropped there, or its sender told', () => {
		const dropped = converse(post({ action: 'drop', protocol: 'tcp', dstPort: 110 }), ['connect post 110']);
		expect(of(dropped.log, 'packet.dropped')[0]).toMatchObject({
			host: 'post',
			reason: 'filter',
			detail: 'filter of post: rule 1 says drop'
		});
		expect(of(dropped.log, 'icmp.received')).toEqual([]);
		const told = converse(post({ action: 'reject', dstPort: 110 }), ['connect post 110']);
		expect(of(told.log, 'icmp.received')[0]).toMatchObject({
			host: 'desk',
			from: '198.51.100.25',
			type: 3,
			code: 13
		});
	});

	test('by ICMP type: an echo request finds no answer, and everything else does', () => {
		const rule = { action: 'drop', protocol: 'icmp', icmpType: 8 } as const;
		const world = createWorld(post(rule), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ host: 'post', reason: 'filter' }]);
		expect(shown(converse(post(rule), FETCH).log)).toBe(mail);
		const code = { ...rule, icmpCode: 1 } as const;
		const other = createWorld(post(code), 1);
		other.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		other.runUntilQuiet();
		expect(of(other.log, 'icmp.received')).toMatchObject([{ host: 'desk', type: 0 }]);
	});

	test('what it will not let out does not leave, and the log says why', () => {
		const world = createWorld(
			t1({ hosts: { desk: { filter: [{ action: 'drop', dst: '198.51.100.0/24' }] } } }),
			1
		);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.sent')).toEqual([]);
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ host: 'desk', reason: 'filter', detail: 'not sent: rule 1 says drop' }
		]);
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

	test('both ways: the SYN, and the SYN,ACK that has come over the narrow link', () => {
		const { log } = converse(t1({ links, hosts }), ['connect post 110']);
		const offered = (from: string, link: string) =>
			of(log, 'packet.sent')
				.filter((event) => event.from === from && event.link === link)
				.flatMap((event) =>
					segment(event).options.flatMap((option) => (option.kind === 'mss' ? [option.value] : []))
				);
		expect(offered('r1', 'r1-r2')).toEqual([560]);
		expect(offered('r1', 'desk-r1')).toEqual([560]);
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
