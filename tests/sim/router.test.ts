// Worlds with routers: every hop is in the log, and what a router cannot pass on it says.
import { describe, expect, test } from 'vitest';
import { hashLog } from '#lib/sim/replay.ts';
import { createWorld } from '#lib/sim/world.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { formatAddress, parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import type { IpOption } from '#lib/wire/ipv4-options.ts';
import { converse, icmp, t1, type Net } from '../fixtures/net.ts';
import { chain, datagram, of, segment, shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

const FETCH = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3', 'RETR 4', 'QUIT'];
const mail = shown(converse(t0(), FETCH).log);

function ping(net: Net, how: { ttl?: number; size?: number; df?: boolean; to?: string }) {
	const world = createWorld(t1(net), 1);
	world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', ...how } });
	world.runUntilQuiet();
	return world;
}

describe('a path of three links', () => {
	const { log } = converse(t1(), FETCH);

	test('brings the mail', () => {
		expect(shown(log)).toBe(mail);
		expect(of(log, 'packet.dropped')).toEqual([]);
	});

	test('shows the same packet on each, one hop less to live each time, and all causes go back to an input', () => {
		const first = of(log, 'packet.sent').filter(({ packet }) => packet === 1);
		expect(first.map(({ link, from, to, at, arrives }) => [link, from, to, at, arrives])).toEqual([
			['desk-r1', 'desk', 'r1', 0, 20_000],
			['r1-r2', 'r1', 'r2', 20_000, 40_000],
			['r2-post', 'r2', 'post', 40_000, 60_000]
		]);
		expect(first.map((event) => datagram(event).ttl)).toEqual([64, 63, 62]);
		expect(of(log, 'packet.delivered').filter(({ packet }) => packet === 1)).toHaveLength(3);
		for (const event of log) expect(chain(log, event).at(-1)?.kind).toBe('input');
	});

	test('is the same every time', () => {
		expect(hashLog(converse(t1(), FETCH).log)).toBe(hashLog(log));
	});
});

describe('the time to live', () => {
	test.each([
		[1, 'r1', '192.0.2.1'],
		[2, 'r2', '203.0.113.1']
	])('of %i ends at %s, and %s says so', (ttl, host, address) => {
		const { log } = ping({}, { ttl });
		const [dropped] = of(log, 'packet.dropped');
		expect(dropped).toMatchObject({ packet: 1, host, reason: 'ttl' });
		expect(of(log, 'icmp.received')).toMatchObject([{ host: 'desk', from: address, type: 11, code: 0 }]);
		const answer = of(log, 'packet.sent').find(({ packet }) => packet === 2)!;
		expect(answer.cause).toBe(dropped?.seq);
		const message = icmp(answer);
		expect(message.kind === 'timeExceeded' && message.quoted.slice(0, 20)).toEqual(
			of(log, 'packet.sent')
				.filter(({ packet }) => packet === 1)
				.at(-1)
				?.bytes.slice(0, 20)
		);
	});

	test('of 3 reaches the host, which answers', () => {
		const { log } = ping({}, { ttl: 3 });
		expect(of(log, 'icmp.received')).toMatchObject([{ from: '198.51.100.25', type: 0, code: 0 }]);
	});

	test('ends a datagram that two routers send one another for ever', () => {
		const hosts = { r2: { routes: [{ to: '198.51.100.0/24', link: 'r1-r2' }] } };
		const world = createWorld(t1({ hosts }), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: '198.51.100.77' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ reason: 'ttl' }]);
		expect(of(world.log, 'icmp.received')).toMatchObject([{ host: 'desk', type: 11 }]);
	});
});

describe('routes', () => {
	test('to nowhere: the router says "net unreachable"', () => {
		const { log } = ping({}, { to: '8.8.8.8' });
		expect(of(log, 'packet.dropped')).toMatchObject([
			{ host: 'r1', reason: 'unroutable', detail: 'r1 has no route to 8.8.8.8' }
		]);
		expect(of(log, 'icmp.received')).toMatchObject([{ from: '192.0.2.1', type: 3, code: 0 }]);
	});

	test('a wrong one that is longer wins, until it is taken away', () => {
		const hosts = { r1: { routes: [{ to: '198.51.100.0/25', link: null }] } };
		const world = converse(t1({ hosts }), ['connect post 110']);
		expect(of(world.log, 'tcp.state').some(({ to }) => to === 'ESTABLISHED')).toBe(false);
		world.input({ at: world.now, input: { kind: 'route', host: 'r1', to: '198.51.100.0/25' } });
		converse(t1(), ['connect post 110'], 'desk', world);
		expect(of(world.log, 'tcp.state').some(({ to }) => to === 'ESTABLISHED')).toBe(true);
	});

	test('can be given by hand; one by a link that is not there cannot', () => {
		const world = createWorld(t1(), 1);
		const give = (link: string | null) =>
			world.input({ at: world.now, input: { kind: 'route', host: 'r1', to: '198.51.100.25', link } });
		expect(() => give('r2-post')).toThrow('r1 has no link r2-post');
		expect(world.log).toEqual([]);
		give(null);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
		world.runUntilQuiet();
		expect(of(world.log, 'packet.dropped')).toMatchObject([{ host: 'r1', reason: 'unroutable' }]);
	});
});

describe('a narrow link in the middle, cutting allowed', () => {
	const net: Net = { links: { 'r1-r2': { mtu: 600 } }, post: { df: false }, desk: { df: false } };
	const { log } = converse(t1(net), FETCH);
	const sent = of(log, 'packet.sent');
	const full = sent.find(({ from, bytes }) => from === 'post' && bytes.length === 1500)!;
	const pieces = sent.filter(({ partOf, link }) => partOf === full.packet && link === 'r1-r2');

	test('1500 octets go in three pieces: 596, 596, 348 at 0, 72, 144', () => {
		expect(pieces.map((one) => [one.bytes.length, datagram(one).fragmentOffset, datagram(one).mf])).toEqual([
			[596, 0, 1],
			[596, 72, 1],
			[348, 144, 0]
		]);
		expect(pieces.every((one) => datagram(one).id === datagram(full).id)).toBe(true);
	});

	test('the pieces are put together by the host that they are for, and the mail is whole', () => {
		expect(shown(log)).toBe(mail);
		const whole = of(log, 'ip.reassembled');
		expect(whole[0]).toMatchObject({ host: 'desk', packets: pieces.map(({ packet }) => packet) });
		// four segments of 1500 octets, and the last of 672
		expect(whole).toHaveLength(5);
	});
});

describe('a narrow link in the middle, cutting forbidden (RFC 1191)', () => {
	const net: Net = { links: { 'r1-r2': { mtu: 600 } } };
	const { log } = converse(t1(net), FETCH);

	test('the router drops, says why and how wide its link is, and the host remembers', () => {
		const [dropped] = of(log, 'packet.dropped');
		expect(dropped).toMatchObject({ host: 'r2', reason: 'mtu' });
		expect(dropped?.detail).toBe('1500 octets may not be cut, and link r1-r2 carries at most 600');
		expect(of(log, 'icmp.received')[0]).toMatchObject({
			host: 'post',
			from: '198.51.100.1',
			type: 3,
			code: 4,
			mtu: 600
		});
		expect(of(log, 'ip.path-mtu')).toMatchObject([{ host: 'post', to: '192.0.2.10', mtu: 600 }]);
	});

	test('what was cut too large for the path before goes in pieces, and the mail is whole', () => {
		expect(shown(log)).toBe(mail);
		const large = of(log, 'packet.sent').filter(({ bytes, from, link }) => {
			return from === 'r2' && link === 'r1-r2' && bytes.length > 600;
		});
		expect(large).toEqual([]);
	});

	test('a message that does not come leaves a black hole: small works, large hangs, and ends in an error', () => {
		const filter = [{ action: 'drop', protocol: 'icmp' }] as const;
		const { log } = converse(t1({ ...net, hosts: { r2: { filter } } }), FETCH.slice(0, 5));
		expect(of(log, 'pop3.received').filter(({ keyword }) => keyword === 'RETR')).toHaveLength(1);
		expect(
			of(log, 'packet.dropped').filter(({ host, reason }) => host === 'r2' && reason === 'filter').length
		).toBeGreaterThan(0);
		expect(of(log, 'ip.path-mtu')).toEqual([]);
	});

	test('and is healed by letting the message pass', () => {
		const filter = [{ action: 'drop', protocol: 'icmp' }] as const;
		const world = converse(t1({ ...net, hosts: { r2: { filter } } }), FETCH.slice(0, 4));
		world.input({
			at: world.now,
			input: {
				kind: 'filter',
				host: 'r2',
				rules: [{ action: 'pass', protocol: 'icmp', icmpType: 3, icmpCode: 4 }, ...filter]
			}
		});
		converse(t1(net), FETCH.slice(4), 'desk', world);
		expect(shown(world.log)).toBe(mail);
	});
});

describe('ping', () => {
	test.each([0, 1, 1_472, 1_473, 8_000, 65_507])(
		'of %i octets goes in as many pieces as it takes',
		(size) => {
			const { log } = ping({}, { size, df: false });
			const pieces = Math.ceil((8 + size) / 1_480);
			const first = of(log, 'packet.sent').filter(({ link, from }) => link === 'desk-r1' && from === 'desk');
			expect(first).toHaveLength(pieces);
			expect(of(log, 'icmp.received')).toHaveLength(1);
		}
	);

	test('a lost piece: after 60 s the host gives up, tells the sender, and no timer is left', () => {
		const world = createWorld(t1({ links: { 'desk-r1': { rate: 1_000_000 } } }), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', size: 2_000, df: false } });
		const rules = [{ action: 'drop', src: '192.0.2.10' }] as const;
		world.input({ at: 54_000, input: { kind: 'filter', host: 'r2', rules } });
		world.runUntilQuiet();
		expect(world.timerAt).toBe(60_072_000);
		world.advance(61_000_000);
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ host: 'r2', reason: 'filter' },
			{ host: 'post', reason: 'reassembly', packet: 1 }
		]);
		expect(of(world.log, 'icmp.received')).toMatchObject([{ from: '198.51.100.25', type: 11, code: 1 }]);
		expect([world.nextAt, world.timerAt]).toEqual([null, null]);
	});
});

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
