import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checksum, finish, fold, pseudoHeader, sum, update } from '#lib/wire/checksum.ts';
import { bytesOf, stream } from './support.ts';

/** One word after the other, as RFC 1071 §1 tells it. */
function plainly(bytes: Uint8Array): number {
	let total = 0;
	for (let i = 0; i < bytes.length; i += 2) {
		total += bytes[i]! * 256 + (bytes[i + 1] ?? 0);
		if (total > 0xffff) total -= 0xffff;
	}
	return total;
}

describe('the example of RFC 1071 §3', () => {
	const bytes = bytesOf('00 01 f2 03 f4 f5 f6 f7');

	test('sums to 2ddf0, folds to ddf2', () => {
		expect(sum(bytes)).toBe(0x2ddf0);
		expect(fold(sum(bytes))).toBe(0xddf2);
		expect(checksum(bytes)).toBe(0x220d);
	});

	test('in parts it comes to the same', () => {
		for (let cut = 0; cut <= bytes.length; cut += 2) {
			expect(sum(bytes, cut, bytes.length, sum(bytes, 0, cut))).toBe(0x2ddf0);
		}
	});
});

describe('one hop', () => {
	const before = bytesOf('45 00 00 32 1c 46 40 00 40 06 32 29 c0 00 02 0a c6 33 64 19');

	test('the header checks out', () => {
		expect(checksum(before)).toBe(0);
	});

	test('a time to live one lower makes 0x3229 into 0x3329', () => {
		const after = before.slice();
		after[8] = 63;
		after[10] = after[11] = 0;
		expect(checksum(after)).toBe(0x3329);
		expect(update(0x3229, 0x4006, 0x3f06)).toBe(0x3329);
	});
});

test('an odd last octet is the high half of a word', () => {
	expect(checksum(Uint8Array.of(0x12))).toBe(0xedff);
	expect(sum(Uint8Array.of(1, 2, 3))).toBe(0x0102 + 0x0300);
});

test('no octets have the checksum 0xffff', () => {
	expect(checksum(new Uint8Array(0))).toBe(0xffff);
});

test('all lengths and alignments agree with the plain way', () => {
	const random = stream(1071);
	const bytes = Uint8Array.from({ length: 400 }, () => random() * 256);
	for (let from = 0; from < 9; from++) {
		for (let length = 0; length < 300; length++) {
			const part = bytes.subarray(from, from + length);
			expect(fold(sum(part)), `${length} octets from ${from}`).toBe(plainly(part));
			expect(fold(sum(bytes, from, from + length))).toBe(plainly(part));
		}
	}
});

test('the longest datagrams, all ones, do not overflow', () => {
	for (const length of [32768, 65535, 65536, 200_000]) {
		expect(fold(sum(new Uint8Array(length).fill(0xff)))).toBe(plainly(new Uint8Array(length).fill(0xff)));
	}
});

test('a sum carried far stays right', () => {
	const bytes = new Uint8Array(62).fill(0xff);
	let total = 0;
	for (let i = 0; i < 5000; i++) total = sum(bytes, 0, 62, total);
	expect(fold(total)).toBe(0xffff);
});

test('filling in the checksum makes the sum over all zero', () => {
	fc.assert(
		fc.property(fc.uint8Array({ minLength: 2, maxLength: 200 }), (bytes) => {
			bytes[0] = bytes[1] = 0;
			const value = checksum(bytes);
			bytes[0] = value >> 8;
			bytes[1] = value & 0xff;
			expect(checksum(bytes)).toBe(0);
		})
	);
});

test('an update equals a new sum (RFC 1624)', () => {
	const words = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 2, maxLength: 10 });
	fc.assert(
		fc.property(words, fc.integer({ min: 0, max: 0xffff }), (list, changed) => {
			// a header whose other words are all zero cannot occur: version and length are never 0
			const others = list.slice(1).reduce((a, b) => a + b, 0x4500);
			expect(update(finish(others + list[0]!), list[0]!, changed)).toBe(finish(others + changed));
		})
	);
});

test('the pseudo-header is addresses, protocol and length (RFC 9293 §3.1)', () => {
	const laidOut = bytesOf('c0 00 02 0a c6 33 64 19 00 06 00 14');
	expect(fold(pseudoHeader(0xc000020a, 0xc6336419, 6, 20))).toBe(fold(sum(laidOut)));
});
