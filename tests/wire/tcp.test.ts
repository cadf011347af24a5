import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress } from '#lib/wire/address.ts';
import { showControls, TCP } from '#lib/wire/tcp-header.ts';
import {
	ACK,
	CWR,
	ECE,
	encodeTcp,
	FIN,
	parseTcp,
	PSH,
	putTcp,
	RST,
	SYN,
	tcpLength,
	URG
} from '#lib/wire/tcp.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import { bytesOf, describeHeader, hexOf } from './support.ts';

// the first segment of a connection of curl's on Linux
const src = parseAddress('192.0.2.1');
const dst = parseAddress('192.0.2.2');
const SYN_OCTETS =
	'e8 48 00 6e c2 fa 33 fb 00 00 00 00 a0 02 fa f0 28 0a 00 00 ' +
	'02 04 05 b4 04 02 08 0a e3 3a de 16 00 00 00 00 01 03 03 0a';
const syn: TcpSegment = {
	srcPort: 59464,
	dstPort: 110,
	seq: 3271177211,
	ack: 0,
	flags: SYN,
	window: 64240,
	urgent: 0,
	options: [
		{ kind: 'mss', value: 1460 },
		{ kind: 'sackPermitted' },
		{ kind: 'timestamps', value: 3812285974, echo: 0 },
		{ kind: 'nop' },
		{ kind: 'windowScale', shift: 10 }
	],
	payload: new Uint8Array(0)
};
const user: TcpSegment = {
	...syn,
	seq: 100,
	ack: 200,
	flags: PSH | ACK,
	options: [],
	payload: fromLatin1('USER ada\r\n')
};

describeHeader(TCP, 'e8 48 00 6e c2 fa 33 fb 81 02 03 04 5b a5 fa f0 28 0a 00 07', {
	srcPort: 59464,
	dstPort: 110,
	seq: 3271177211,
	ack: 0x81020304,
	dataOffset: 5,
	reserved: 5,
	ae: 1,
	cwr: 1,
	ece: 0,
	urg: 1,
	ackFlag: 0,
	psh: 0,
	rst: 1,
	syn: 0,
	fin: 1,
	window: 64240,
	checksum: 0x280a,
	urgent: 7
});

describe('encodeTcp', () => {
	test('writes a SYN as Linux does', () => {
		expect(hexOf(encodeTcp(syn, src, dst))).toBe(SYN_OCTETS);
	});

	test('writes every bit of a used buffer', () => {
		const buffer = new Uint8Array(42).fill(0xa5);
		expect(putTcp(buffer, 1, syn, src, dst)).toBe(41);
		expect(hexOf(buffer)).toBe(`a5 ${SYN_OCTETS} a5`);
	});

	test.each([
		['checksum', 0xbeef],
		['dataOffset', 3],
		['dataOffset', 15]
	] as const)('keeps a wrong %s', (field, value) => {
		expect(TCP.decode(encodeTcp({ ...user, [field]: value }, src, dst))[field]).toBe(value);
	});

	test('more than 40 octets of options are refused', () => {
		const nop = { kind: 'nop' } as const;
		expect(tcpLength({ ...syn, options: new Array<typeof nop>(40).fill(nop) })).toBe(60);
		expect(() => encodeTcp({ ...syn, options: new Array<typeof nop>(41).fill(nop) }, src, dst)).toThrow(
			RangeError
		);
	});

	test('a buffer too small is refused', () => {
		expect(() => putTcp(new Uint8Array(40), 1, syn, src, dst)).toThrow(RangeError);
	});

	test.each([
		['fin', FIN],
		['syn', SYN],
		['rst', RST],
		['psh', PSH],
		['ackFlag', ACK],
		['urg', URG],
		['ece', ECE],
		['cwr', CWR]
	] as const)('the flag %s is the bit of the table', (field, flags) => {
		const { fin, syn, rst, psh, ackFlag, urg, ece, cwr } = TCP.decode(
			encodeTcp({ ...user, flags }, src, dst)
		);
		const bits = { fin, syn, rst, psh, ackFlag, urg, ece, cwr };
		expect(Object.entries(bits).filter(([, bit]) => bit === 1)).toEqual([[field, 1]]);
	});

	test('an odd number of octets is summed right', () => {
		const odd = { ...user, payload: fromLatin1('x') };
		expect(parseTcp(encodeTcp(odd, src, dst), src, dst).ok).toBe(true);
	});
});

describe('parseTcp', () => {
	test('gives the segment, and the payload as a view', () => {
		const bytes = encodeTcp(user, src, dst);
		const parsed = parseTcp(bytes, src, dst);
		expect(parsed).toEqual({ ok: true, packet: { ...user, reserved: 0 } });
		expect(parsed.ok && parsed.packet.payload.buffer).toBe(bytes.buffer);
		expect(parseTcp(bytesOf(SYN_OCTETS), src, dst)).toEqual({ ok: true, packet: { ...syn, reserved: 0 } });
	});

	test('is refused when cut short, at every length', () => {
		const bytes = encodeTcp({ ...syn, payload: fromLatin1('QUIT') }, src, dst);
		for (let length = 0; length < bytes.length; length++) {
			const reason = length < 20 ? 'truncated' : length < 40 ? 'header-length' : 'checksum';
			expect(parseTcp(bytes.subarray(0, length), src, dst)).toMatchObject({ ok: false, reason });
		}
	});

	test.each([
		[{ dataOffset: 4 }, 'header-length', 96, 'data offset says 16 octets, at least 20 are needed'],
		[{ dataOffset: 0 }, 'header-length', 96, 'data offset says 0 octets, at least 20 are needed'],
		[{ dataOffset: 15 }, 'header-length', 96, 'data offset says 60 octets, 30 are here'],
		[{ checksum: 0xbeef }, 'checksum', 128, 'checksum is 0xbeef, should be 0x']
	] as const)('%j is refused', (change, reason, at, detail) => {
		const parsed = parseTcp(encodeTcp({ ...user, ...change }, src, dst), src, dst);
		expect(parsed).toMatchObject({ ok: false, reason, at });
		expect(!parsed.ok && parsed.detail.startsWith(detail)).toBe(true);
	});

	test('the checksum named in a refusal is the right one', () => {
		const parsed = parseTcp(encodeTcp({ ...user, checksum: 0xbeef }, src, dst), src, dst);
		const should = Number(parsed.ok ? NaN : parsed.detail.slice(-6));
		expect(parseTcp(encodeTcp({ ...user, checksum: should }, src, dst), src, dst).ok).toBe(true);
	});

	test('the checksum covers the addresses, but not their order', () => {
		const bytes = encodeTcp(user, src, dst);
		expect(parseTcp(bytes, src, dst + 1)).toMatchObject({ ok: false, reason: 'checksum' });
		expect(parseTcp(bytes, dst, src).ok).toBe(true);
	});

	test('an urgent pointer past the data is only a number', () => {
		const urgent = { ...user, flags: URG | ACK, urgent: 65535 };
		expect(parseTcp(encodeTcp(urgent, src, dst), src, dst)).toMatchObject({ ok: true, packet: urgent });
	});

	test('a single flipped bit is always noticed', () => {
		const bytes = encodeTcp(user, src, dst);
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const damaged = bytes.slice();
			damaged[bit >> 3]! ^= 0x80 >> (bit & 7);
			expect(parseTcp(damaged, src, dst).ok, `bit ${bit}`).toBe(false);
		}
	});

	test('random segments survive being encoded and parsed', () => {
		const nat = (max: number) => fc.integer({ min: 0, max });
		const segments = fc.record({
			srcPort: nat(0xffff),
			dstPort: nat(0xffff),
			seq: nat(0xffffffff),
			ack: nat(0xffffffff),
			flags: nat(255),
			window: nat(0xffff),
			urgent: nat(0xffff),
			reserved: nat(15),
			options: fc.constant([]),
			payload: fc.uint8Array({ maxLength: 200 })
		});
		fc.assert(
			fc.property(segments, nat(0xffffffff), nat(0xffffffff), (segment, from, to) => {
				expect(parseTcp(encodeTcp(segment, from, to), from, to)).toEqual({ ok: true, packet: segment });
			})
		);
	});
});

test('control bits by name, lowest first', () => {
	expect(showControls(0x12)).toBe('SYN, ACK');
	expect(showControls(0x1ff)).toBe('FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE');
	expect(showControls(0)).toBe('none');
});
