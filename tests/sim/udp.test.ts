// UDP over a path of routers: doors that are open, doors that are not, and what comes back.
import { describe, expect, test } from 'vitest';
import type { EventBody } from '#lib/sim/event.ts';
import { Host } from '#lib/sim/host.ts';
import type { Kernel } from '#lib/sim/kernel.ts';
import { createLink } from '#lib/sim/link.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, parseIpv4 } from '#lib/wire/ipv4.ts';
import { encodeUdp, parseUdp } from '#lib/wire/udp.ts';

const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');

function bench() {
	const log: EventBody[] = [];
	const out: Uint8Array[] = [];
	const clock = { now: 0 };
	const kernel: Kernel = {
		get now() {
			return clock.now;
		},
		emit: (body) => log.push(body) - 1,
		moved: (host, { name }, { from, to, on }) =>
			log.push({ kind: 'tcp.state', host, connection: name, from, to, on }) - 1,
		carry: (_link, _from, bytes) => ({ packet: out.push(bytes), event: 0 }),
		unroutable: () => {},
		wake: () => 0,
		cancel: () => {}
	};
	const host = new Host({ id: 'post', role: 'server', address: '198.51.100.25' }, 1, kernel);
	host.attach(createLink({ id: 'l', ends: ['desk', 'post'], delay: 0, mtu: 1500 }, 1), DESK);
	const hand = (bytes: Uint8Array) => host.receive(bytes, { packet: 1, link: 'l', event: 0 });
	return { log, out, host, hand, clock };
}
const to = (dstPort: number, text: string, dst = POST) =>
	encodeIpv4(
		{ src: DESK, dst, protocol: 17 },
		encodeUdp({ srcPort: 5_000, dstPort, payload: Uint8Array.from(text, (c) => c.charCodeAt(0)) }, DESK, dst)
	);
function answer(bytes: Uint8Array | undefined) {
	const parsed = parseIpv4(bytes ?? new Uint8Array());
	if (!parsed.ok) throw new Error(parsed.detail);
	return parsed.packet;
}

describe('a UDP port', () => {
	test('that is bound gets the octets and their sender, and can answer', () => {
		const { host, out, hand } = bench();
		const heard: string[] = [];
		host.udp.bind(7, (octets, from, cause) => {
			heard.push(String.fromCharCode(...octets));
			host.udp.send(7, from, octets, cause);
		});
		hand(to(7, 'hello'));
		expect(heard).toEqual(['hello']);
		const { payload, src, dst } = answer(out[0]);
		expect(parseUdp(payload, src, dst)).toMatchObject({ ok: true, packet: { srcPort: 7, dstPort: 5_000 } });
		expect([src, dst]).toEqual([POST, DESK]);
	});

	test('can be bound once', () => {
		const { host } = bench();
		expect([host.udp.bind(7, () => {}), host.udp.bind(7, () => {})]).toEqual([true, false]);
	});

	test('that nobody has bound: "port unreachable", quoting what came (RFC 1122 §4.1.3.1)', () => {
		const { log, out, hand } = bench();
		const asked = to(9, 'x');
		hand(asked);
		expect(log).toMatchObject([{ reason: 'no-listener', detail: 'nobody listens on UDP port 9' }]);
		expect(parseIcmp(answer(out[0]).payload)).toMatchObject({
			ok: true,
			packet: { kind: 'unreachable', code: 3, quoted: asked }
		});
	});

	test('a thousand knocks in one second bring a hundred answers, and another hundred in the next', () => {
		const { out, hand, clock } = bench();
		for (let i = 0; i < 1_000; i++) hand(to(9, 'x'));
		expect(out).toHaveLength(100);
		clock.now = 1_000_000;
		for (let i = 0; i < 1_000; i++) hand(to(9, 'x'));
		expect(out).toHaveLength(200);
	});

	test('a protocol that nobody speaks: "protocol unreachable"', () => {
		const { out, hand } = bench();
		hand(encodeIpv4({ src: DESK, dst: POST, protocol: 47 }, new Uint8Array(8)));
		expect(parseIcmp(answer(out[0]).payload)).toMatchObject({ packet: { kind: 'unreachable', code: 2 } });
	});
});

describe('a complaint', () => {
	function heard(quoted: Uint8Array, mtu: number) {
		const { host, log, hand } = bench();
		const message = encodeIcmp({ kind: 'unreachable', code: 4, mtu, quoted });
		hand(encodeIpv4({ src: DESK, dst: POST, protocol: 1 }, message));
		return { log, width: host.mtuTo(DESK) };
	}
	const own = encodeIpv4({ src: POST, dst: DESK, protocol: 17, df: 1 }, new Uint8Array(1_480));

	test('about a datagram of this host: remembered', () => {
		const { log, width } = heard(own, 600);
		expect(width).toBe(600);
		expect(log.map(({ kind }) => kind)).toEqual(['icmp.received', 'ip.path-mtu']);
	});

	test.each([
		['another host sent', encodeIpv4({ src: DESK, dst: POST, protocol: 6 }, new Uint8Array(1_480))],
		['is cut short', own.subarray(0, 12)],
		['is nothing', new Uint8Array()]
	])('about a datagram that %s: not believed', (_, quoted) => {
		const { log, width } = heard(quoted, 600);
		expect(width).toBe(1_500);
		expect(log).toMatchObject([
			{ reason: 'no-listener', detail: 'ICMP: it is about no datagram of this host' }
		]);
	});

	test('that says no less than what was sent teaches nothing', () => {
		const { log, width } = heard(own, 9_000);
		expect(width).toBe(1_500);
		expect(log.map(({ kind }) => kind)).toEqual(['icmp.received']);
	});
});
