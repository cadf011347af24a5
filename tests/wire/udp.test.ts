import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/wire/address.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import { encodeUdp, parseUdp, putUdp, UDP, type UdpDatagram } from '#lib/wire/udp.ts';
import { describeHeader, hexOf } from './support.ts';

const src = parseAddress('192.0.2.1');
const dst = parseAddress('192.0.2.2');
const hello: UdpDatagram = { srcPort: 38806, dstPort: 9, payload: fromLatin1('hello\n') };
// as Linux sent it
const HELLO = '97 96 00 09 00 0e a0 52 68 65 6c 6c 6f 0a';

describeHeader(UDP, '97 96 00 09 00 0e a0 52', { srcPort: 38806, dstPort: 9, length: 14, checksum: 0xa052 });

describe('encodeUdp', () => {
	test('writes what Linux writes', () => {
		expect(hexOf(encodeUdp(hello, src, dst))).toBe(HELLO);
	});

	test('writes every bit of a used buffer', () => {
		const buffer = new Uint8Array(16).fill(0xa5);
		expect(putUdp(buffer, 1, hello, src, dst)).toBe(15);
		expect(hexOf(buffer)).toBe(`a5 ${HELLO} a5`);
		expect(() => putUdp(new Uint8Array(13), 0, hello, src, dst)).toThrow(RangeError);
	});

	test.each([
		['length', 7],
		['checksum', 0xbeef],
		['checksum', 0]
	] as const)('keeps a wrong %s', (field, value) => {
		expect(UDP.decode(encodeUdp({ ...hello, [field]: value }, src, dst))[field]).toBe(value);
	});

	test('a sum of zero is sent as 0xffff', () => {
		const sums = new Set<number>();
		for (let word = 0; word < 65536; word++) {
			const payload = Uint8Array.of(word >> 8, word & 255);
			sums.add(UDP.get.checksum(encodeUdp({ ...hello, payload }, src, dst), 0));
		}
		expect(sums.has(0)).toBe(false);
		expect(sums.has(0xffff)).toBe(true);
	});
});

describe('parseUdp', () => {
	test('gives ports and payload', () => {
		expect(parseUdp(encodeUdp(hello, src, dst), src, dst)).toEqual({ ok: true, packet: hello });
	});

	test('octets beyond the length are left out', () => {
		const padded = Uint8Array.of(...encodeUdp(hello, src, dst), 1, 2);
		expect(parseUdp(padded, src, dst)).toEqual({ ok: true, packet: hello });
	});

	test('without a checksum nothing is judged', () => {
		const none = { ...hello, checksum: 0 };
		expect(parseUdp(encodeUdp(none, src, dst), 1, 2)).toEqual({ ok: true, packet: none });
	});

	test('is refused when cut short, at every length', () => {
		const bytes = encodeUdp(hello, src, dst);
		for (let length = 0; length < bytes.length; length++) {
			const reason = length < 8 ? 'truncated' : 'total-length';
			expect(parseUdp(bytes.subarray(0, length), src, dst)).toMatchObject({ ok: false, reason });
		}
	});

	test.each([
		[{ length: 7 }, 'total-length', 32, 'length says 7 octets, at least 8 are needed'],
		[{ length: 15 }, 'total-length', 32, 'length says 15 octets, 14 are here'],
		[{ checksum: 0xbeef }, 'checksum', 48, 'checksum is 0xbeef, should be 0xa052']
	] as const)('%j is refused', (change, reason, at, detail) => {
		const bytes = encodeUdp({ ...hello, ...change }, src, dst);
		expect(parseUdp(bytes, src, dst)).toEqual({ ok: false, reason, at, detail });
	});

	test('random datagrams survive', () => {
		const port = fc.integer({ min: 0, max: 0xffff });
		const address = fc.integer({ min: 0, max: 0xffffffff });
		const payload = fc.uint8Array({ maxLength: 100 });
		fc.assert(
			fc.property(
				fc.record({ srcPort: port, dstPort: port, payload }),
				address,
				address,
				(datagram, from, to) => {
					expect(parseUdp(encodeUdp(datagram, from, to), from, to)).toEqual({ ok: true, packet: datagram });
				}
			)
		);
	});
});
