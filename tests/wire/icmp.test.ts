import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	ECHO,
	FRAGMENTATION_NEEDED,
	ICMP,
	icmpCodeName,
	icmpLayout,
	icmpTypeName,
	PARAMETER_PROBLEM,
	REDIRECT
} from '#lib/wire/icmp-header.ts';
import { encodeIcmp, parseIcmp, putIcmp, quote, unreachable, type IcmpMessage } from '#lib/wire/icmp.ts';
import { bytesOf, describeHeader, hexOf } from './support.ts';

describeHeader(ICMP, '0a 00 f5 ff 01 02 03 04', { type: 10, code: 0, checksum: 0xf5ff, rest: 0x01020304 });
describeHeader(ECHO, '08 00 22 8d 40 d8 00 01', {
	type: 8,
	code: 0,
	checksum: 0x228d,
	identifier: 0x40d8,
	sequence: 1
});
describeHeader(FRAGMENTATION_NEEDED, '03 04 7e c2 00 01 02 58', {
	type: 3,
	code: 4,
	checksum: 0x7ec2,
	unused: 1,
	mtu: 600
});
describeHeader(REDIRECT, '05 01 98 42 c0 00 02 02', {
	type: 5,
	code: 1,
	checksum: 0x9842,
	gateway: 0xc0000202
});
describeHeader(PARAMETER_PROBLEM, '0c 00 4b 47 08 00 00 02', {
	type: 12,
	code: 0,
	checksum: 0x4b47,
	pointer: 8,
	unused: 2
});

const quoted = bytesOf('45 00 00 1c 00 01 00 00 40 11 00 00 c0 00 02 01 c0 00 02 02 97 96 00 09 00 0e a0 52');
const data = Uint8Array.of(1, 2, 3);
const messages: IcmpMessage[] = [
	{ kind: 'echoRequest', identifier: 0x40d8, sequence: 1, data },
	{ kind: 'echoReply', identifier: 0xffff, sequence: 65535, data: new Uint8Array(0) },
	{ kind: 'unreachable', code: unreachable.port, quoted },
	{ kind: 'unreachable', code: unreachable.fragmentationNeeded, mtu: 600, quoted },
	{ kind: 'timeExceeded', code: 1, quoted },
	{ kind: 'parameterProblem', code: 0, pointer: 8, quoted },
	{ kind: 'redirect', code: 1, gateway: 0xc0000202, quoted },
	{ kind: 'other', type: 13, code: 0, rest: 0x00010002, data: new Uint8Array(12) },
	{ kind: 'other', type: 8, code: 7, rest: 5, data }
];

describe.each(messages)('$kind $code', (message) => {
	test('survives', () => {
		expect(parseIcmp(encodeIcmp(message))).toEqual({ ok: true, packet: message });
	});

	test('writes every bit of a used buffer', () => {
		const bytes = encodeIcmp(message);
		const buffer = new Uint8Array(bytes.length + 2).fill(0xa5);
		expect(putIcmp(buffer, 1, message)).toBe(bytes.length + 1);
		expect(hexOf(buffer)).toBe(`a5 ${hexOf(bytes)} a5`);
		expect(() => putIcmp(new Uint8Array(bytes.length), 1, message)).toThrow(RangeError);
	});

	test('keeps a wrong checksum, which is refused', () => {
		const right = ICMP.get.checksum(encodeIcmp(message), 0);
		const parsed = parseIcmp(encodeIcmp({ ...message, checksum: right ^ 1 }));
		expect(parsed).toMatchObject({ ok: false, reason: 'checksum', at: 16 });
		expect(!parsed.ok && Number(parsed.detail.slice(-6))).toBe(right);
	});

	test('is refused when cut short, at every length', () => {
		const bytes = encodeIcmp(message);
		for (let length = 0; length < 8; length++) {
			expect(parseIcmp(bytes.subarray(0, length))).toMatchObject({ ok: false, reason: 'truncated' });
		}
		// the body has no length of its own: only the sum can tell, and zeros it cannot see
		for (let length = 8; length < bytes.length; length++) {
			const gone = bytes.subarray(length).some((octet) => octet !== 0);
			expect(parseIcmp(bytes.subarray(0, length)).ok).toBe(!gone);
		}
	});
});

test('an echo request as Linux sends it', () => {
	const hex =
		'08 00 22 8d 40 d8 00 01 55 96 03 6b 00 00 00 00 77 c5 05 00 00 00 00 00 10 11 12 13 14 15 16 17 18 19 1a 1b ' +
		'1c 1d 1e 1f 20 21 22 23 24 25 26 27 28 29 2a 2b 2c 2d 2e 2f 30 31 32 33 34 35 36 37';
	const bytes = bytesOf(hex);
	const message = { kind: 'echoRequest', identifier: 0x40d8, sequence: 1, data: bytes.subarray(8) } as const;
	expect(parseIcmp(bytes)).toEqual({ ok: true, packet: message });
	expect(hexOf(encodeIcmp(message))).toBe(hex);
});

test('random messages survive', () => {
	const nat = (max: number) => fc.integer({ min: 0, max });
	const body = fc.uint8Array({ maxLength: 60 });
	const message: fc.Arbitrary<IcmpMessage> = fc.oneof(
		fc.record({
			kind: fc.constantFrom('echoRequest' as const, 'echoReply' as const),
			identifier: nat(0xffff),
			sequence: nat(0xffff),
			data: body
		}),
		fc.record({ kind: fc.constant('timeExceeded' as const), code: nat(255), quoted: body }),
		fc.record({
			kind: fc.constant('other' as const),
			type: nat(255).filter((type) => ![0, 3, 5, 8, 11, 12].includes(type)),
			code: nat(255),
			rest: nat(0xffffffff),
			data: body
		})
	);
	fc.assert(
		fc.property(message, (one) => {
			expect(parseIcmp(encodeIcmp(one))).toEqual({ ok: true, packet: one });
		})
	);
});

test('a quotation keeps the whole message within 576 octets', () => {
	const bytes = new Uint8Array(1500).fill(7);
	expect(quote(bytes).length + 8 + 20).toBe(576);
	expect(quote(bytes.subarray(0, 40))).toHaveLength(40);
	expect(quote(bytes).buffer).not.toBe(bytes.buffer);
});

test('types and codes by name', () => {
	expect(icmpTypeName(11)).toBe('Time exceeded');
	expect(icmpTypeName(200)).toBe('unknown');
	expect(icmpCodeName(3, 3)).toBe('port unreachable');
	expect(icmpCodeName(3, 99)).toBe('');
	expect(icmpCodeName(8, 0)).toBe('');
});

test('every type has a table, and all of them start alike', () => {
	for (let type = 0; type < 256; type++) {
		for (const code of [0, 4]) {
			expect(
				icmpLayout(type, code)
					.fields.slice(0, 3)
					.map((f) => f.name)
			).toEqual(['type', 'code', 'checksum']);
		}
	}
});
