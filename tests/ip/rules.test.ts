// Small rules of IP: one hop less, when to stay silent, how wide a path is.
import { describe, expect, test } from 'vitest';
import { decrementTtl } from '#lib/ip/forward.ts';
import { ErrorBudget, silence } from '#lib/ip/icmp-policy.ts';
import { PathMtu, plateauBelow } from '#lib/ip/path-mtu.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { datagram, DESK, POST, read } from './datagram.ts';

describe('one hop less to live (RFC 1624)', () => {
	test('the checksum moves by 0x0100: 0x3229 becomes 0x3329', () => {
		const before = datagram(30, { protocol: 6, df: 1 });
		expect([...before.subarray(10, 12)]).toEqual([0x32, 0x29]);
		const after = decrementTtl(before)!;
		expect([after[8], ...after.subarray(10, 12)]).toEqual([63, 0x33, 0x29]);
		expect(before[8]).toBe(64);
	});

	test('the corrected checksum is right for every time to live and every identification tried', () => {
		for (let ttl = 2; ttl <= 255; ttl++)
			for (const id of [0, 1, 0x7fff, 0xfffe, 0xffff, ttl * 257]) {
				const after = decrementTtl(datagram(4, { ttl, id: id & 0xffff }))!;
				expect(read(after).ttl).toBe(ttl - 1);
			}
	});

	test('at 1 or 0 it may not live on', () => {
		expect(decrementTtl(datagram(4, { ttl: 1 }))).toBeNull();
		expect(decrementTtl(datagram(4, { ttl: 0 }))).toBeNull();
	});

	test('options pass as they are, padding of the link does not', () => {
		const options = [{ kind: 'recordRoute', pointer: 4, route: [0] }] as const;
		const bytes = datagram(4, { options });
		const padded = new Uint8Array(bytes.length + 9);
		padded.set(bytes);
		const after = decrementTtl(padded)!;
		expect(after).toHaveLength(bytes.length);
		expect(read(after).options).toEqual(read(bytes).options);
	});
});

describe('no ICMP error (RFC 1122 §3.2.2)', () => {
	const about = (bytes: Uint8Array) => silence(read(bytes));
	const icmp = (type: number) =>
		encodeIcmp({ kind: 'other', type, code: 0, rest: 0, data: new Uint8Array(20) });

	test.each<[string, Uint8Array, RegExp]>([
		['a fragment that is not the first', datagram(8, { fragmentOffset: 1 }), /not the first/],
		['a multicast', datagram(8, { dst: parseAddress('224.0.0.1') }), /many/],
		['a broadcast', datagram(8, { dst: parseAddress('255.255.255.255') }), /many/],
		['a source of zeros', datagram(8, { src: 0 }), /no single host/],
		['a source of loopback', datagram(8, { src: parseAddress('127.0.0.1') }), /no single host/],
		['a multicast source', datagram(8, { src: parseAddress('239.1.2.3') }), /no single host/],
		['a broadcast source', datagram(8, { src: parseAddress('255.255.255.255') }), /no single host/],
		['ICMP without a type', datagram(0, { protocol: 1 }), /ICMP error/],
		...[3, 4, 5, 11, 12, 42].map((type): [string, Uint8Array, RegExp] => [
			`ICMP type ${type}`,
			datagram(icmp(type), { protocol: 1 }),
			/ICMP error/
		])
	])('about %s', (_, bytes, says) => {
		expect(about(bytes)).toMatch(says);
	});

	test.each<[string, Uint8Array]>([
		['a whole datagram', datagram(8)],
		['the first fragment', datagram(8, { mf: 1 })],
		['an echo request', datagram(icmp(8), { protocol: 1 })],
		['an echo reply', datagram(icmp(0), { protocol: 1 })]
	])('is forbidden about %s', (_, bytes) => {
		expect(about(bytes)).toBeNull();
	});

	test('more than the budget of one virtual second', () => {
		const budget = new ErrorBudget(3);
		expect([0, 1, 999_999, 999_999].map((now) => budget.spend(now))).toEqual([true, true, true, false]);
		expect(budget.spend(1_000_000)).toBe(true);
	});
});

describe('the width of a path (RFC 1191)', () => {
	test('falls to what a router says, and is forgotten after ten minutes', () => {
		const paths = new PathMtu();
		expect(paths.get(POST, 0)).toBeNull();
		expect(paths.lower(POST, 600, 1_500, 0)).toBe(600);
		expect([paths.get(POST, 1), paths.get(DESK, 1)]).toEqual([600, null]);
		expect([paths.get(POST, 599_999_999), paths.get(POST, 600_000_000)]).toEqual([600, null]);
	});

	test('never rises, and a message that says nothing smaller is nothing', () => {
		const paths = new PathMtu();
		paths.lower(POST, 600, 1_500, 0);
		expect(paths.lower(POST, 1_400, 1_500, 1)).toBeNull();
		expect(paths.lower(POST, 600, 1_500, 1)).toBeNull();
		expect(paths.lower(DESK, 1_500, 1_500, 1)).toBeNull();
		expect(paths.get(POST, 2)).toBe(600);
	});

	test('is never below 68, whoever says so', () => {
		const paths = new PathMtu();
		expect(paths.lower(POST, 20, 1_500, 0)).toBe(68);
		expect(paths.lower(DESK, 20, 60, 0)).toBeNull();
	});

	test('steps down the plateaus where the router is too old to say (§7.1)', () => {
		const paths = new PathMtu();
		expect(paths.lower(POST, 0, 1_500, 0)).toBe(1_492);
		expect(paths.lower(POST, 0, 1_492, 0)).toBe(1_006);
		expect([plateauBelow(1_006), plateauBelow(508), plateauBelow(296), plateauBelow(10)]).toEqual([
			508, 296, 68, 68
		]);
	});

	test('is remembered for a bounded number of destinations', () => {
		const paths = new PathMtu();
		for (let dst = 1; dst <= 2_000; dst++) paths.lower(dst, 600, 1_500, 0);
		expect([paths.get(1, 1), paths.get(2_000, 1)]).toEqual([null, 600]);
	});
});
