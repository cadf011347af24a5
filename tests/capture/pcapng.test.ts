import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CaptureError, ETHERNET, RAW, type Capture } from '#lib/capture/capture.ts';
import { readCapture } from '#lib/capture/pcap.ts';
import { writePcapng } from '#lib/capture/pcapng.ts';
import { readPcapng } from '#lib/capture/pcap.ts';
import { craftedCapture } from '../fixtures/crafted.ts';
import { bytesOf, hexOf } from '../wire/support.ts';

const small: Capture = {
	interfaces: [{ name: 'a-b', description: 'Draht', snaplen: 1500 }],
	packets: [{ interface: 0, at: 2 ** 32 + 5, bytes: Uint8Array.of(0x45, 1, 2), comment: 'weg é' }]
};

// written out by hand from draft-ietf-opsawg-pcapng: header, interface, packet
const SECTION = '0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffff ffffffff 1c000000';
const INTERFACE =
	'01000000 34000000 6500 0000 dc050000' +
	' 0200 0300 612d6200' +
	' 0300 0500 44726168 74000000' +
	' 0900 0100 06000000' +
	' 0000 0000' +
	' 34000000';
const PACKET =
	'06000000 34000000 00000000 01000000 05000000 03000000 03000000 45010200' +
	' 0100 0600 77656720 c3a90000' +
	' 0000 0000' +
	' 34000000';

describe('writePcapng', () => {
	test('writes section, interface and packet, octet for octet', () => {
		expect(hexOf(writePcapng(small))).toBe(hexOf(bytesOf(SECTION + INTERFACE + PACKET)));
	});

	test('writes a file that Wireshark has read', () => {
		const file = readFileSync(new URL('../fixtures/captures/crafted.pcapng', import.meta.url));
		expect(writePcapng(craftedCapture, 'Interactive POP3')).toEqual(new Uint8Array(file));
	});

	test('a capture without packets, and one without anything', () => {
		expect(readCapture(writePcapng({ interfaces: [{ name: 'x' }], packets: [] })).interfaces).toHaveLength(1);
		expect(readCapture(writePcapng({ interfaces: [], packets: [] }))).toEqual({
			interfaces: [],
			packets: []
		});
	});

	test.each([
		['an interface that is not there', { interface: 1, at: 0 }],
		['a time before the start', { interface: 0, at: -1 }],
		['half a microsecond', { interface: 0, at: 0.5 }],
		['a text of 65536 octets', { interface: 0, at: 0, comment: 'x'.repeat(65536) }]
	])('%s is refused', (_, packet) => {
		const capture = { interfaces: [{ name: 'x' }], packets: [{ bytes: new Uint8Array(1), ...packet }] };
		expect(() => writePcapng(capture)).toThrow(RangeError);
	});
});

describe('readPcapng', () => {
	const letter = fc.constantFrom('a', ' ', 'é', '€', '𝄞', '\u0000');
	const text = fc.array(letter, { minLength: 1, maxLength: 20 }).map((letters) => letters.join(''));
	const captures = fc.integer({ min: 1, max: 3 }).chain((links) =>
		fc.record({
			interfaces: fc.array(
				fc.record({
					name: text,
					snaplen: fc.integer({ min: 0, max: 65535 }),
					linkType: fc.constantFrom(RAW, ETHERNET)
				}),
				{ minLength: links, maxLength: links }
			),
			packets: fc.array(
				fc.record({
					interface: fc.integer({ min: 0, max: links - 1 }),
					at: fc.integer({ min: 0, max: 2 ** 50 }),
					bytes: fc.uint8Array({ maxLength: 50 })
				}),
				{ maxLength: 5 }
			)
		})
	);

	test('gives back what was written', () => {
		expect(readPcapng(writePcapng(small))).toEqual({
			...small,
			interfaces: [{ name: 'a-b', description: 'Draht', snaplen: 1500, linkType: RAW }]
		});
		fc.assert(
			fc.property(captures, (capture) => {
				expect(readPcapng(writePcapng(capture))).toEqual(capture);
			})
		);
	});

	test('the other byte order, nanoseconds, two sections, a simple packet and an unknown block', () => {
		const big =
			'0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c' +
			' 00000001 00000020 0065 0000 00000002 0009 0001 09000000 0000 0000 00000020' +
			' 00000bad 00000010 01020304 00000010' +
			' 00000006 00000024 00000000 00000000 000007cf 00000001 00000009 aa000000 00000024' +
			' 00000003 00000014 00000003 bbcc0000 00000014';
		expect(readPcapng(bytesOf(big + SECTION + INTERFACE + PACKET))).toEqual({
			interfaces: [
				{ name: '', snaplen: 2, linkType: RAW },
				{ name: 'a-b', description: 'Draht', snaplen: 1500, linkType: RAW }
			],
			packets: [
				{ interface: 0, at: 1, bytes: Uint8Array.of(0xaa), originalLength: 9 },
				{ interface: 0, at: 0, bytes: Uint8Array.of(0xbb, 0xcc), originalLength: 3 },
				{ ...small.packets[0], interface: 1 }
			]
		});
	});

	test('time in powers of two', () => {
		const halves = INTERFACE.replace('0900 0100 06000000', '0900 0100 81000000');
		const { packets } = readPcapng(bytesOf(SECTION + halves + PACKET));
		expect(packets[0]!.at).toBe(((2 ** 32 + 5) / 2) * 1e6);
	});
});

describe('damaged files are refused with a reason', () => {
	const whole = bytesOf(SECTION + INTERFACE + PACKET);

	function reason(bytes: Uint8Array): string {
		try {
			readPcapng(bytes);
			return 'read';
		} catch (error) {
			if (error instanceof CaptureError) return error.message;
			throw error;
		}
	}

	function changed(at: number, hex: string): string {
		const bytes = whole.slice();
		bytes.set(bytesOf(hex), at);
		return reason(bytes);
	}

	test.each([
		['no pcapng at all', 0, '00000000', 'not a pcapng file (at octet 0)'],
		['no byte-order mark', 8, '00000000', 'the section has no byte-order mark (at octet 8)'],
		['version 2', 12, '0200', 'pcapng version 2 is not understood (at octet 12)'],
		['a block of no length', 32, '00000000', 'a block of 0 octets (at octet 32)'],
		['a block of an odd length', 32, '35000000', 'a block of 53 octets (at octet 32)'],
		['a block past the end', 32, '34000100', 'the file ends inside a block (at octet 28)'],
		['two lengths', 76, '30000000', 'the two lengths of a block differ (at octet 76)'],
		['an option past its block', 46, 'ffff', 'an option ends beyond its block (at octet 44)'],
		[
			'an interface never described',
			88,
			'01000000',
			'a packet names an interface that is not described (at octet 88)'
		],
		['a packet past its block', 100, '00010000', 'a packet ends beyond its block (at octet 108)'],
		['a packet of gigabytes', 100, 'ffffffff', 'a packet of 4294967295 octets (at octet 108)'],
		['a time in the far future', 92, 'ffffffff', 'a time is too far in the future (at octet 92)']
	])('%s', (_, at, hex, message) => {
		expect(changed(at, hex)).toBe(message);
	});

	test('an endless resolution of time', () => {
		const fine = INTERFACE.replace('0900 0100 06000000', '0900 0100 7f000000');
		expect(reason(bytesOf(SECTION + fine))).toMatch('an interface counts time too finely');
	});

	test('a packet before any interface', () => {
		expect(reason(bytesOf(`${SECTION} 03000000 14000000 02000000 aabb0000 14000000`))).toMatch(
			'before any interface'
		);
	});

	test('cut short, at every length', () => {
		const cuts = [28, 80, whole.length];
		for (let length = 1; length < whole.length; length++) {
			const message = reason(whole.subarray(0, length));
			expect(message === 'read', `${length} octets: ${message}`).toBe(cuts.includes(length));
		}
	});

	test('over the limits', () => {
		const limits = { octets: whole.length, packets: 1, packet: 3 };
		expect(readPcapng(whole, limits).packets).toHaveLength(1);
		expect(() => readPcapng(whole, { ...limits, octets: whole.length - 1 })).toThrow('more than 131 octets');
		expect(() => readPcapng(whole, { ...limits, packets: 0 })).toThrow('more than 0 packets');
		expect(() => readPcapng(whole, { ...limits, packet: 2 })).toThrow('a packet of 3 octets');
	});

	test('any mutation is read or refused, nothing else', () => {
		const at = fc.integer({ min: 0, max: whole.length - 1 });
		fc.assert(
			fc.property(fc.array(fc.tuple(at, fc.integer({ min: 0, max: 255 })), { maxLength: 4 }), (changes) => {
				const bytes = whole.slice();
				for (const [i, octet] of changes) bytes[i] = octet;
				expect(typeof reason(bytes)).toBe('string');
			}),
			{ numRuns: 2000 }
		);
	});
});
