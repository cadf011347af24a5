// One host by itself, its kernel a notebook: what it answers, and what it says about what it discards.
import { describe, expect, test } from 'vitest';
import type { EventBody } from '#lib/sim/event.ts';
import { Host } from '#lib/sim/host.ts';
import type { Kernel } from '#lib/sim/kernel.ts';
import { createLink } from '#lib/sim/link.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, parseIpv4, type Ipv4Fields } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp, FIN, parseTcp, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';

const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');

function bench() {
	const log: EventBody[] = [];
	const out: Uint8Array[] = [];
	const kernel: Kernel = {
		now: 0,
		emit: (body) => log.push(body) - 1,
		moved: (host, { name }, { from, to, on }) =>
			log.push({ kind: 'tcp.state', host, connection: name, from, to, on }) - 1,
		carry: (_link, _from, bytes) => ({ packet: out.push(bytes), event: 0 }),
		unroutable: (host, detail) =>
			void log.push({ kind: 'packet.dropped', packet: 0, link: '', host, reason: 'unroutable', detail }),
		wake: () => 0,
		cancel: () => {}
	};
	const host = new Host({ id: 'post', role: 'server', address: '198.51.100.25' }, 1, kernel);
	host.attach(createLink({ id: 'l', ends: ['desk', 'post'], delay: 0, mtu: 1500 }, 1), DESK);
	return {
		log,
		out,
		host,
		hand: (bytes: Uint8Array) => host.receive(bytes, { packet: 1, link: 'l', event: 0 })
	};
}

const ip = (payload: Uint8Array, fields: Partial<Ipv4Fields> = {}) =>
	encodeIpv4({ src: DESK, dst: POST, protocol: 6, id: 9, ...fields }, payload);
const tcp = (fields: Partial<TcpSegment> = {}) =>
	encodeTcp(
		{
			srcPort: 50_000,
			dstPort: 7,
			seq: 100,
			ack: 0,
			flags: SYN,
			window: 1000,
			urgent: 0,
			options: [],
			payload: new Uint8Array(),
			...fields
		},
		DESK,
		POST
	);
function answer(bytes: Uint8Array): TcpSegment {
	const datagram = parseIpv4(bytes);
	if (!datagram.ok) throw new Error(datagram.detail);
	const segment = parseTcp(datagram.packet.payload, POST, DESK);
	if (!segment.ok) throw new Error(segment.detail);
	return segment.packet;
}

describe('what a host discards', () => {
	test.each<[string, Uint8Array, string, RegExp]>([
		['nothing at all', new Uint8Array(), 'malformed', /^IP: /],
		['half a header', ip(tcp()).subarray(0, 10), 'malformed', /^IP: /],
		['a wrong IP checksum', ip(tcp(), { checksum: 0xbeef }), 'checksum', /^IP: checksum is 0xbeef/],
		[
			'a total length beyond the end',
			ip(tcp(), { totalLength: 1000 }),
			'malformed',
			/^IP: total length says 1000/
		],
		['a wrong TCP checksum', ip(tcp({ checksum: 1 })), 'checksum', /^TCP: checksum is 0x0001/],
		['a TCP header cut short', ip(tcp().subarray(0, 12)), 'malformed', /^TCP: /],
		["another host's datagram", ip(tcp(), { dst: DESK }), 'unroutable', /post is not the destination/],
		['a fragment that ends within eight octets', ip(tcp(), { mf: 1 }), 'reassembly', /is not the last/],
		['broken UDP', ip(new Uint8Array(8), { protocol: 17 }), 'malformed', /^UDP: length says 0/],
		['what nobody can have sent', ip(tcp(), { src: 0x7f000001 }), 'malformed', /127\.0\.0\.1 can be no one/],
		['what many have sent', ip(tcp(), { src: 0xe0000001 }), 'malformed', /224\.0\.0\.1 can be no one/],
		['what it has sent itself', ip(tcp(), { src: POST }), 'malformed', /198\.51\.100\.25 can be no one/],
		['broken ICMP', ip(new Uint8Array([8, 0, 1, 1, 0, 0, 0, 0]), { protocol: 1 }), 'checksum', /^ICMP: /],
		[
			'an echo reply',
			ip(encodeIcmp({ kind: 'echoReply', identifier: 1, sequence: 1, data: new Uint8Array() }), {
				protocol: 1
			}),
			'no-listener',
			/echoReply/
		]
	])('%s: dropped with reason and words, and no answer', (_, bytes, reason, says) => {
		const { log, out, hand } = bench();
		hand(bytes);
		expect(log).toMatchObject([{ kind: 'packet.dropped', host: 'post', packet: 1, link: 'l', reason }]);
		expect(log[0]?.kind === 'packet.dropped' && log[0].detail).toMatch(says);
		expect(out).toEqual([]);
	});
});

describe('what a host answers', () => {
	test('a SYN to a closed port: RST that acknowledges it', () => {
		const { out, log, hand } = bench();
		hand(ip(tcp()));
		expect(answer(out[0]!)).toMatchObject({
			flags: RST | ACK,
			seq: 0,
			ack: 101,
			srcPort: 7,
			dstPort: 50_000
		});
		expect(log).toEqual([]);
	});

	test('a stray ACK: RST at the number it names', () => {
		const { out, hand } = bench();
		hand(ip(tcp({ flags: ACK | FIN, ack: 777 })));
		expect(answer(out[0]!)).toMatchObject({ flags: RST, seq: 777 });
	});

	test('an RST: nothing', () => {
		const { out, log, hand } = bench();
		hand(ip(tcp({ flags: RST | ACK })));
		expect(out).toEqual([]);
		expect(log).toHaveLength(1);
	});

	test('a stray ACK to a listening port: RST, and nobody is accepted', () => {
		const { host, out, hand } = bench();
		host.sockets.listen(7, () => {
			throw new Error('nobody is to be accepted');
		});
		hand(ip(tcp({ flags: ACK, ack: 5 })));
		expect(answer(out[0]!)).toMatchObject({ flags: RST, seq: 5 });
	});

	test('an echo request: its own data back', () => {
		const { out, hand } = bench();
		const data = new Uint8Array([1, 2, 3]);
		hand(ip(encodeIcmp({ kind: 'echoRequest', identifier: 5, sequence: 6, data }), { protocol: 1 }));
		const datagram = parseIpv4(out[0]!);
		expect(datagram).toMatchObject({ ok: true, packet: { src: POST, dst: DESK, protocol: 1 } });
		const reply = datagram.ok && parseIcmp(datagram.packet.payload);
		expect(reply).toMatchObject({
			ok: true,
			packet: { kind: 'echoReply', identifier: 5, sequence: 6, data }
		});
	});

	test('an answer that no link can take is logged as unroutable', () => {
		const { out, log, hand } = bench();
		hand(
			ip(encodeIcmp({ kind: 'echoRequest', identifier: 5, sequence: 6, data: new Uint8Array() }), {
				protocol: 1,
				src: parseAddress('203.0.113.99')
			})
		);
		expect(out).toEqual([]);
		expect(log).toMatchObject([{ reason: 'unroutable', host: 'post' }]);
	});
});

describe('ephemeral ports', () => {
	const user = { opened: () => {}, octets: () => {}, ended: () => {}, failed: () => {} };

	test('count up, go round, and end when all are taken', () => {
		const { log } = bench();
		const kernel: Kernel = {
			now: 0,
			emit: () => 0,
			moved: () => 0,
			carry: () => ({ packet: 1, event: 0 }),
			unroutable: () => {},
			wake: () => 0,
			cancel: () => {}
		};
		const spec = { id: 'desk', role: 'client', address: '192.0.2.10', stack: { firstPort: 65_533 } } as const;
		const host = new Host(spec, 1, kernel);
		host.attach(createLink({ id: 'l', ends: ['desk', 'post'], delay: 0, mtu: 1500 }, 1), POST);
		const names = [1, 2, 3, 4].map(() => {
			const opened = host.sockets.open(POST, 110, user, 0);
			return typeof opened === 'string' ? opened : opened.name.split('>')[0];
		});
		expect(names).toEqual(['192.0.2.10:65533', '192.0.2.10:65534', '192.0.2.10:65535', 'refused']);
		expect(log).toEqual([]);
	});
});
