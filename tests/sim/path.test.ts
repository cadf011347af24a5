// A connection and what ICMP says about it: the path's width (RFC 1191), and errors that are and are not believed.
import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, quote, unreachable, type IcmpMessage } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { converse, t1, type Net } from '../fixtures/net.ts';
import { datagram, of, segment, shown } from '../fixtures/read.ts';
import { t0 } from '../fixtures/t0.ts';

const LOGIN = ['connect post 110', 'USER ada', 'PASS lovelace'];
const FETCH = [...LOGIN, 'RETR 4', 'QUIT'];
const mail = shown(converse(t0(), FETCH).log);
const narrow: Net = { links: { 'r1-r2': { mtu: 600 } } };
const MINUTE = 60_000_000;

/** Lengths of the datagrams that post has sent with more than a header. */
const lengths = (world: World) =>
	of(world.log, 'packet.sent')
		.filter(({ from, bytes }) => from === 'post' && bytes.length > 500)
		.map(({ bytes }) => bytes.length);

describe('a path narrower than its first link (RFC 1191)', () => {
	const world = converse(t1(narrow), FETCH);
	const { log } = world;

	test('one message lowers the segment size; what was too large goes again at once, in smaller segments', () => {
		expect(shown(log)).toBe(mail);
		expect(of(log, 'ip.path-mtu')).toMatchObject([{ host: 'post', mtu: 600 }]);
		expect(lengths(world).slice(0, 6)).toEqual([1500, 1500, 1500, 1500, 672, 600]);
		expect(
			lengths(world)
				.slice(5)
				.every((length) => length <= 600)
		).toBe(true);
		expect(new Set(of(log, 'tcp.retransmit').map(({ reason }) => reason))).toEqual(new Set(['mtu']));
		expect(of(log, 'ip.reassembled')).toEqual([]);
		// no timer had to run out
		const first = of(log, 'tcp.retransmit')[0];
		expect(first?.cause).toBe(of(log, 'packet.sent').find(({ bytes }) => bytes.length === 1500)?.seq);
		expect(
			(of(log, 'pop3.received').findLast(({ keyword }) => keyword === 'RETR')?.at ?? 0) - (first?.at ?? 0)
		).toBe(60_000);
	});

	test('the next connection knows the width from the start, for ten minutes; then it is asked again', () => {
		const more = converse(t1(narrow), FETCH);
		const before = lengths(more).length;
		converse(t1(narrow), FETCH, 'desk', more);
		expect(Math.max(...lengths(more).slice(before))).toBe(600);
		expect(of(more.log, 'ip.path-mtu')).toHaveLength(1);
		more.advance(more.now + 10 * MINUTE);
		converse(t1(narrow), FETCH, 'desk', more);
		expect(of(more.log, 'ip.path-mtu')).toHaveLength(2);
	});

	test('a connection that lasts longer than the knowledge tries the full size again', () => {
		const long = converse(t1(narrow), [...LOGIN, 'RETR 4']);
		const before = lengths(long).length;
		long.advance(long.now + 11 * MINUTE);
		converse(t1(narrow), ['RETR 4'], 'desk', long);
		expect(lengths(long)[before]).toBe(1500);
		expect(of(long.log, 'ip.path-mtu')).toHaveLength(2);
	});

	test('a filter that drops the message leaves a black hole: the same segment until TCP gives up', () => {
		const filter = [{ action: 'drop', protocol: 'icmp' }] as const;
		const hole = converse(t1({ ...narrow, hosts: { r2: { filter } } }), FETCH.slice(0, 4));
		expect(of(hole.log, 'ip.path-mtu')).toEqual([]);
		expect(of(hole.log, 'tcp.retransmit').filter(({ host }) => host === 'post')).toHaveLength(15);
		expect(of(hole.log, 'tcp.error')).toMatchObject([{ host: 'post', error: 'timeout' }]);
		expect(of(hole.log, 'packet.dropped').filter(({ reason }) => reason === 'mtu')).toHaveLength(20);
	});
});

describe('what is known of a path', () => {
	const ping = (world: World, df?: boolean) => {
		const before = world.log.length;
		const how = { size: 1_000, ...(df !== undefined && { df }) };
		world.input({ at: world.now, input: { kind: 'ping', host: 'desk', to: 'post', ...how } });
		world.runUntilQuiet();
		return world.log.slice(before);
	};

	test('lets what the host itself would not cut go in pieces of that width (RFC 1191 §6)', () => {
		const world = createWorld(t1(narrow), 1);
		expect(of(ping(world), 'icmp.received')).toMatchObject([{ type: 3, code: 4, mtu: 600 }]);
		const then = ping(world);
		const pieces = of(then, 'packet.sent').filter(({ from }) => from === 'desk');
		expect(pieces.map(({ bytes }) => bytes.length)).toEqual([596, 452]);
		expect(pieces.every((event) => datagram(event).df === 0)).toBe(true);
		expect(of(then, 'icmp.received')).toMatchObject([{ type: 0 }]);
	});

	test('keeps at home what may not be cut because somebody said so, with the reason', () => {
		const world = createWorld(t1(narrow), 1);
		expect(of(ping(world, true), 'icmp.received')).toMatchObject([{ type: 3, code: 4, mtu: 600 }]);
		const then = ping(world, true);
		expect(of(then, 'packet.sent')).toEqual([]);
		expect(of(then, 'packet.dropped')).toMatchObject([
			{
				host: 'desk',
				reason: 'mtu',
				detail: '1028 octets may not be cut, and the path to 198.51.100.25 carries at most 600'
			}
		]);
	});
});

test('a link that has become narrower under a connection: the host finds out by itself', () => {
	const links = [
		{ id: 'wide', ends: ['desk', 'post'], delay: 20_000, mtu: 1500 },
		{ id: 'thin', ends: ['desk', 'post'], delay: 20_000, mtu: 576 }
	] as const;
	const scenario = { ...t0(), links };
	const world = createWorld(scenario, 1);
	const route = (host: string, to: string, link: string) =>
		world.input({ at: world.now, input: { kind: 'route', host, to, link } });
	route('desk', '198.51.100.25', 'wide');
	route('post', '192.0.2.10', 'wide');
	converse(scenario, FETCH.slice(0, 4), 'desk', world);
	expect(Math.max(...lengths(world))).toBe(1500);
	route('post', '192.0.2.10', 'thin');
	converse(scenario, ['RETR 4', 'QUIT'], 'desk', world);
	expect(of(world.log, 'packet.dropped')[0]).toMatchObject({ host: 'post', reason: 'mtu' });
	expect(new Set(of(world.log, 'tcp.retransmit').map(({ reason }) => reason))).toEqual(new Set(['mtu']));
	expect(of(world.log, 'tcp.state').at(-1)).toMatchObject({ to: 'CLOSED' });
	expect(of(world.log, 'tcp.error')).toEqual([]);
});

/** An error about the last datagram that desk has sent, its sequence number moved by `by`. */
function complain(world: World, message: Partial<IcmpMessage> & { code: number }, by = 0): void {
	const sent = of(world.log, 'packet.sent').findLast(({ from }) => from === 'desk')!;
	const quoted = quote(sent.bytes);
	TCP.set.seq(quoted, 20, (segment(sent).seq + by) >>> 0);
	const icmp = encodeIcmp({ kind: 'unreachable', quoted, ...message } as IcmpMessage);
	const header = {
		src: parseAddress('203.0.113.1'),
		dst: parseAddress('192.0.2.10'),
		protocol: ICMP_PROTOCOL
	};
	const octets = octetsToLatin1(encodeIpv4(header, icmp));
	world.input({
		at: world.now,
		input: { kind: 'forge', link: 'desk-post', towards: 'desk', octets, checksums: 'kept' }
	});
	world.advance(world.now + 300_000);
}

/** desk has just sent a SYN, which nobody has answered. */
function knocking(): World {
	const world = createWorld(t0({ link: { delay: 300_000 } }), 1);
	world.input({ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } });
	return world;
}

describe('an ICMP error about a SYN', () => {
	test.each([
		['protocol', unreachable.protocol],
		['port', unreachable.port]
	])('"%s unreachable" is a refusal (RFC 5461 §4.2)', (_, code) => {
		const world = knocking();
		complain(world, { code });
		expect(of(world.log, 'tcp.error')).toMatchObject([{ host: 'desk', error: 'refused' }]);
		expect(shown(world.log)).toBe('');
	});

	test.each([
		[unreachable.net, 'network unreachable'],
		[unreachable.host, 'host unreachable'],
		[13, 'communication administratively prohibited']
	])('code %i is told and no reason to give up', (code, detail) => {
		const world = knocking();
		complain(world, { code });
		world.runUntilQuiet();
		expect(of(world.log, 'tcp.report')).toMatchObject([{ host: 'desk', report: 'unreachable', detail }]);
		expect(of(world.log, 'tcp.error')).toEqual([]);
		expect(shown(world.log)).toContain('+OK');
	});

	test.each([1, -1, 70_000])('with a sequence number off by %i is a forgery (RFC 5927)', (by) => {
		const world = knocking();
		complain(world, { code: unreachable.port }, by);
		world.runUntilQuiet();
		expect(of(world.log, 'tcp.error')).toEqual([]);
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ host: 'desk', detail: 'ICMP: it is about nothing that is in flight (RFC 5927)' }
		]);
	});
});

describe('an ICMP error about an open connection', () => {
	/** A command of desk's is on its way. */
	const open = (): World => {
		const world = converse(t0({ link: { delay: 300_000 } }), LOGIN);
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line: 'STAT' } });
		return world;
	};

	test.each([
		['unreachable', unreachable.port, 'port unreachable'],
		['unreachable', unreachable.protocol, 'protocol unreachable'],
		['timeExceeded', 0, 'time to live ran out on the way']
	] as const)('%s %i never ends it (RFC 5461 §4)', (kind, code, detail) => {
		const world = open();
		complain(world, { kind, code });
		world.runUntilQuiet();
		expect(of(world.log, 'tcp.report')).toMatchObject([{ host: 'desk', detail }]);
		expect(of(world.log, 'tcp.error')).toEqual([]);
		expect(of(world.log, 'pop3.received').at(-1)).toMatchObject({ keyword: 'STAT', ok: true });
	});

	test('a forged "fragmentation needed" lowers nothing: not for this connection, nor for the host', () => {
		const world = open();
		complain(world, { code: unreachable.fragmentationNeeded, mtu: 68 }, -1);
		expect(of(world.log, 'ip.path-mtu')).toEqual([]);
		expect(of(world.log, 'packet.dropped')).toHaveLength(1);
	});
});
