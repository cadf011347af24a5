import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/wire/address.ts';
import { checksum } from '#lib/wire/checksum.ts';
import { IPV4, protocolName } from '#lib/wire/ipv4-header.ts';
import { encodeIpv4, parseIpv4, putIpv4Header, type Ipv4Fields } from '#lib/wire/ipv4.ts';
import { bytesOf, describeHeader, hexOf } from './support.ts';

const src = parseAddress('192.0.2.10');
const dst = parseAddress('198.51.100.25');
const EXAMPLE = '45 00 00 32 1c 46 40 00 40 06 32 29 c0 00 02 0a c6 33 64 19';
const HELLO = Uint8Array.from({ length: 30 }, (_, i) => i);

describeHeader(IPV4, EXAMPLE, {
	version: 4,
	ihl: 5,
	dscp: 0,
	ecn: 0,
	totalLength: 50,
	id: 0x1c46,
	reserved: 0,
	df: 1,
	mf: 0,
	fragmentOffset: 0,
	ttl: 64,
	protocol: 6,
	checksum: 0x3229,
	src,
	dst
});

function whole(change: Partial<Ipv4Fields> = {}): Uint8Array {
	return encodeIpv4({ src, dst, protocol: 6, id: 0x1c46, df: 1, ...change }, HELLO);
}

describe('encodeIpv4', () => {
	test('fills in lengths and checksum', () => {
		expect(hexOf(whole().subarray(0, 20))).toBe(EXAMPLE);
		expect(whole().subarray(20)).toEqual(HELLO);
	});

	test('one hop later only time to live and checksum differ', () => {
		const parsed = parseIpv4(whole());
		if (!parsed.ok) throw new Error(parsed.detail);
		const next = encodeIpv4({ ...parsed.packet, ttl: parsed.packet.ttl - 1 }, parsed.packet.payload);
		expect(hexOf(next.subarray(0, 20))).toBe(EXAMPLE.replace('40 06 32 29', '3f 06 33 29'));
	});

	test('writes every bit of a used buffer', () => {
		const buffer = new Uint8Array(22).fill(0xa5);
		expect(putIpv4Header(buffer, 1, { src, dst, protocol: 6, id: 0x1c46, df: 1 }, 30)).toBe(21);
		expect(hexOf(buffer)).toBe(`a5 ${EXAMPLE} a5`);
	});

	test.each([
		['version', 6],
		['ihl', 15],
		['totalLength', 7],
		['checksum', 0xbeef],
		['reserved', 1]
	] as const)('keeps a wrong %s', (field, value) => {
		expect(IPV4.decode(whole({ [field]: value }))[field]).toBe(value);
	});

	test('a header given in full is what goes out', () => {
		const given = IPV4.decode(bytesOf('9b b7 c1 d2 e3 f4 a5 b6 c7 d8 e9 fa 1b 2c 3d 4e 5f 6a 7b 8c'));
		expect(IPV4.decode(encodeIpv4(given, HELLO))).toEqual(given);
	});

	test('more than 65535 octets are refused', () => {
		expect(encodeIpv4({ src, dst, protocol: 6 }, new Uint8Array(65515))).toHaveLength(65535);
		expect(() => encodeIpv4({ src, dst, protocol: 6 }, new Uint8Array(65516))).toThrow(RangeError);
	});

	test('a buffer too small for the header is refused', () => {
		expect(() => putIpv4Header(new Uint8Array(20), 1, { src, dst, protocol: 6 }, 0)).toThrow(RangeError);
	});
});

describe('parseIpv4', () => {
	test('gives fields, and the payload as a view', () => {
		const bytes = whole({ ttl: 3, dscp: 46, ecn: 1, mf: 1, fragmentOffset: 185 });
		const parsed = parseIpv4(bytes);
		expect(parsed).toEqual({
			ok: true,
			packet: {
				src,
				dst,
				protocol: 6,
				dscp: 46,
				ecn: 1,
				id: 0x1c46,
				reserved: 0,
				df: 1,
				mf: 1,
				fragmentOffset: 185,
				ttl: 3,
				options: [],
				payload: HELLO
			}
		});
		expect(parsed.ok && parsed.packet.payload.buffer).toBe(bytes.buffer);
	});

	test('padding of the link is left out', () => {
		const parsed = parseIpv4(Uint8Array.of(...whole(), 0, 0, 0));
		expect(parsed.ok && parsed.packet.payload).toEqual(HELLO);
	});

	test('is refused when cut short, at every length', () => {
		const bytes = whole({ options: [{ kind: 'routerAlert', value: 0 }] });
		for (let length = 0; length < bytes.length; length++) {
			const parsed = parseIpv4(bytes.subarray(0, length));
			const reason = length < 20 ? 'truncated' : length < 24 ? 'header-length' : 'total-length';
			expect(parsed).toMatchObject({ ok: false, reason });
		}
	});

	test.each([
		[{ version: 6 }, 'version', 0, 'version is 6, should be 4'],
		[{ ihl: 4 }, 'header-length', 4, 'header length says 16 octets, at least 20 are needed'],
		[{ ihl: 0 }, 'header-length', 4, 'header length says 0 octets, at least 20 are needed'],
		[{ ihl: 15 }, 'header-length', 4, 'header length says 60 octets, 50 are here'],
		[{ totalLength: 19 }, 'total-length', 16, 'total length says 19 octets, at least 20 are needed'],
		[{ totalLength: 51 }, 'total-length', 16, 'total length says 51 octets, 50 are here'],
		[{ checksum: 0xbeef }, 'checksum', 80, 'checksum is 0xbeef, should be 0x3229']
	] as const)('%j is refused', (change, reason, at, detail) => {
		expect(parseIpv4(whole(change))).toEqual({ ok: false, reason, at, detail });
	});

	test('a single flipped bit of the header is always noticed', () => {
		const bytes = whole();
		for (let bit = 0; bit < 160; bit++) {
			const damaged = bytes.slice();
			damaged[bit >> 3]! ^= 0x80 >> (bit & 7);
			expect(parseIpv4(damaged).ok, `bit ${bit}`).toBe(false);
		}
	});

	test('random headers survive being encoded and parsed', () => {
		const nat = (max: number) => fc.integer({ min: 0, max });
		const fields = fc.record({
			src: nat(0xffffffff),
			dst: nat(0xffffffff),
			protocol: nat(255),
			dscp: nat(63),
			ecn: nat(3),
			id: nat(0xffff),
			reserved: nat(1),
			df: nat(1),
			mf: nat(1),
			fragmentOffset: nat(0x1fff),
			ttl: nat(255)
		});
		fc.assert(
			fc.property(fields, fc.uint8Array({ maxLength: 200 }), (header, payload) => {
				const bytes = encodeIpv4(header, payload);
				expect(checksum(bytes, 0, 20)).toBe(0);
				expect(parseIpv4(bytes)).toEqual({ ok: true, packet: { ...header, options: [], payload } });
			})
		);
	});
});

test('protocols by name', () => {
	expect(protocolName(6)).toBe('TCP (6)');
	expect(protocolName(99)).toBe('99');
});
