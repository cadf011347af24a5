// What happens to the IP options of an echo request (RFC 1122 §3.2.2.6).
import { describe, expect, test } from 'vitest';
import { echoOptions } from '#lib/ip/echo-options.ts';
import { Host } from '#lib/sim/host.ts';
import type { Kernel } from '#lib/sim/kernel.ts';
import { createLink } from '#lib/sim/link.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, parseIcmp } from '#lib/wire/icmp.ts';
import type { IpOption } from '#lib/wire/ipv4-options.ts';
import { encodeIpv4, ICMP_PROTOCOL, parseIpv4 } from '#lib/wire/ipv4.ts';

const OWN = parseAddress('198.51.100.25');
const DESK = parseAddress('192.0.2.10');
const CLOCK = 0x8000_0000;

const route = (pointer: number, ...addresses: number[]): IpOption => ({
	kind: 'recordRoute',
	pointer,
	route: addresses
});

describe('a recorded route', () => {
	test('has us in the next free place', () => {
		expect(echoOptions([route(8, DESK, 0, 0)], OWN, 0)).toEqual([route(12, DESK, OWN, 0)]);
	});

	test('that is full, or points nowhere, goes back as it came', () => {
		for (const full of [route(8, DESK), route(0, DESK), route(6, DESK), route(255, DESK)])
			expect(echoOptions([full], OWN, 0)).toEqual([full]);
	});
});

describe('timestamps', () => {
	const stamps = (
		flag: number,
		pointer: number,
		entries: { address?: number; time: number }[],
		overflow = 0
	) => ({ kind: 'timestamp', flag, pointer, overflow, entries }) as const;

	test('times alone: ms of a clock of our own', () => {
		expect(echoOptions([stamps(0, 5, [{ time: 0 }, { time: 0 }])], OWN, 7_000_999)).toEqual([
			stamps(0, 9, [{ time: CLOCK + 7000 }, { time: 0 }])
		]);
	});

	test('with addresses', () => {
		const first = { address: DESK, time: 5 };
		expect(echoOptions([stamps(1, 13, [first, { address: 0, time: 0 }])], OWN, 0)).toEqual([
			stamps(1, 21, [first, { address: OWN, time: CLOCK }])
		]);
	});

	test('with addresses given beforehand: only if it is our turn', () => {
		const ours = [{ address: OWN, time: 0 }];
		const theirs = [{ address: DESK, time: 0 }];
		expect(echoOptions([stamps(3, 5, ours)], OWN, 0)).toEqual([
			stamps(3, 13, [{ address: OWN, time: CLOCK }])
		]);
		expect(echoOptions([stamps(3, 5, theirs)], OWN, 0)).toEqual([stamps(3, 5, theirs)]);
	});

	test('without room: one more is counted, up to fifteen', () => {
		expect(echoOptions([stamps(0, 9, [{ time: 1 }])], OWN, 0)).toEqual([stamps(0, 9, [{ time: 1 }], 1)]);
		expect(echoOptions([stamps(0, 9, [{ time: 1 }], 15)], OWN, 0)).toEqual([stamps(0, 9, [{ time: 1 }], 15)]);
	});
});

test('nothing else goes back', () => {
	const others: IpOption[] = [
		{ kind: 'nop' },
		{ kind: 'eol' },
		{ kind: 'routerAlert', value: 0 },
		{ kind: 'looseSourceRoute', pointer: 4, route: [DESK] },
		{ kind: 'unknown', type: 130, data: new Uint8Array(9) }
	];
	expect(echoOptions(others, OWN, 0)).toEqual([]);
});

test('on the wire: the reply carries them, whole and in pieces', () => {
	const out: Uint8Array[] = [];
	const kernel: Kernel = {
		now: 0,
		emit: () => 0,
		moved: () => 0,
		carry: (_link, _from, bytes) => ({ packet: out.push(bytes), event: 0 }),
		unroutable: () => {},
		wake: () => 0,
		cancel: () => {}
	};
	const host = new Host({ id: 'post', role: 'server', address: '198.51.100.25' }, 1, kernel);
	host.attach(createLink({ id: 'l', ends: ['desk', 'post'], delay: 0, mtu: 600 }, 1), DESK);
	for (const size of [20, 1000]) {
		out.length = 0;
		const data = Uint8Array.from({ length: size }, (_, i) => i & 0xff);
		const request = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data });
		const options = [route(4, 0, 0)];
		const bytes = encodeIpv4({ src: DESK, dst: OWN, protocol: ICMP_PROTOCOL, options }, request);
		host.receive(bytes, { packet: 1, link: 'l', event: 0 });
		const first = out[0] && parseIpv4(out[0]);
		if (!first?.ok) return expect.unreachable();
		expect(first.packet.options[0]).toEqual(route(8, OWN, 0));
		expect(out).toHaveLength(size < 500 ? 1 : 2);
		if (size < 500) {
			const reply = parseIcmp(first.packet.payload);
			expect(reply).toMatchObject({ ok: true, packet: { kind: 'echoReply', data } });
		}
	}
});
