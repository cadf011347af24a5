// Worlds with routers: every hop is in the log, and what a router cannot pass on it says.
import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { hashLog } from '#lib/sim/replay.ts';
import { createWorld } from '#lib/sim/world.ts';
import { converse, icmp, t1, type Net } from '../fixtures/net.ts';
import { chain, datagram, of, shown } from '../fixtures/read.ts';
import { FETCH, mail, ping } from './routed.ts';

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
		// what tells of a way that is too narrow may not be too large for it itself
		expect(datagram(answer).df).toBe(0);
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

	test.each(['224.0.0.5', '255.255.255.255', '240.0.0.1'])(
		'to %s, who is no single host: not passed on, and no one is told',
		(to) => {
			const hosts = { desk: { routes: [{ to, link: 'desk-r1' }] } };
			const { log } = ping({ hosts }, { to });
			expect(of(log, 'packet.dropped')).toMatchObject([
				{ host: 'r1', reason: 'unroutable', detail: `${to} is no single host` }
			]);
			expect(of(log, 'packet.sent')).toHaveLength(1);
		}
	);

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

	test('the first piece is lost: given up all the same, and nobody is told (RFC 792)', () => {
		const faults = [
			{ link: 'r2-post', towards: 'post', kind: 'loss', share: 1, match: { nth: [1] } }
		] as const;
		const world = createWorld({ ...t1(), faults }, 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post', size: 2_000, df: false } });
		world.advance(61_000_000);
		expect(of(world.log, 'packet.dropped')).toMatchObject([
			{ host: null, reason: 'loss' },
			{ host: 'post', reason: 'reassembly', detail: 'IP: the other pieces did not come in time' }
		]);
		expect(of(world.log, 'packet.sent').filter(({ from }) => from === 'post')).toEqual([]);
		expect([world.nextAt, world.timerAt]).toEqual([null, null]);
	});

	test('that comes with its last hop to live, or none, is answered: only routers count (RFC 1122 §3.2.1.7)', () => {
		for (const ttl of [1, 0]) {
			const world = createWorld(t1(), 1);
			world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: 'post' } });
			world.runUntilQuiet();
			const asked = of(world.log, 'packet.sent').find(({ to }) => to === 'post')!;
			const octets = octetsToLatin1(asked.bytes.with(8, ttl));
			const forge = { kind: 'forge', link: 'r2-post', towards: 'post', octets, checksums: 'fixed' } as const;
			world.input({ at: world.now, input: forge });
			world.runUntilQuiet();
			expect(of(world.log, 'packet.sent').filter(({ from }) => from === 'post')).toHaveLength(2);
			expect(of(world.log, 'packet.dropped').filter(({ host }) => host === 'post')).toEqual([]);
		}
	});
});
