import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CaptureError, datagramOf, ETHERNET, RAW, type Capture } from '#lib/capture/capture.ts';
import { readCapture, readPcap } from '#lib/capture/pcap.ts';
import { bytesOf } from '../wire/support.ts';

const LITTLE = 'd4c3b2a1 0200 0400 00000000 00000000 ffff0000 65000000';
const BIG = 'a1b2c3d4 0002 0004 00000000 00000000 0000ffff 00000065';

describe('readPcap', () => {
	test.each([
		['little-endian microseconds', `${LITTLE} 02000000 07000000 02000000 05000000 4501`],
		['big-endian microseconds', `${BIG} 00000002 00000007 00000002 00000005 4501`],
		['little-endian nanoseconds', `4d3cb2a1${LITTLE.slice(8)} 02000000 581b0000 02000000 05000000 4501`],
		['big-endian nanoseconds', `a1b23c4d${BIG.slice(8)} 00000002 00001b58 00000002 00000005 4501`]
	])('%s', (_, hex) => {
		expect(readCapture(bytesOf(hex))).toEqual({
			interfaces: [{ name: '', linkType: RAW, snaplen: 65535 }],
			packets: [{ interface: 0, at: 2_000_007, bytes: bytesOf('4501'), originalLength: 5 }]
		});
	});

	test('a capture of Linux', () => {
		const file = readFileSync(new URL('../fixtures/captures/ping.pcap', import.meta.url));
		const capture = readCapture(new Uint8Array(file));
		expect(capture.interfaces[0]!.linkType).toBe(ETHERNET);
		expect(capture.packets.map((packet) => packet.bytes.length)).toEqual([98, 98, 98, 98]);
		expect(capture.packets.map((packet) => packet.at - capture.packets[0]!.at)).toEqual([
			0, 122, 203304, 203326
		]);
	});

	test('a view into a bigger buffer', () => {
		const bytes = bytesOf(`ffffff ${LITTLE} 02000000 07000000 02000000 02000000 4501 ff`);
		expect(readPcap(bytes.subarray(3, bytes.length - 1)).packets[0]!.bytes).toEqual(bytesOf('4501'));
	});
});

describe('damaged files are refused with a reason', () => {
	const one = '02000000 07000000 02000000 02000000 4501';

	test.each([
		['', 'the file is too short to be a capture (at octet 0)'],
		['d4c3b2a1 0200', 'the file ends inside its header (at octet 6)'],
		[`00000000${LITTLE.slice(8)}`, 'not a pcap file (at octet 0)'],
		[LITTLE.replace('0200', '0300'), 'pcap version 3 is not understood (at octet 4)'],
		[`${LITTLE} 02000000`, 'the file ends inside a packet header (at octet 24)'],
		[`${LITTLE} ${one.slice(0, -2)}`, 'the file ends inside a packet (at octet 40)'],
		[
			`${LITTLE} ${one.replace('07000000', '40420f00')}`,
			'a time has more than a second of fraction (at octet 28)'
		],
		[
			`${LITTLE} ${one.replace('02000000 02000000', 'ffffffff 02000000')}`,
			'a packet of 4294967295 octets (at octet 32)'
		]
	])('%s', (hex, message) => {
		expect(() => readCapture(bytesOf(hex))).toThrow(CaptureError);
		expect(() => readCapture(bytesOf(hex))).toThrow(message);
	});

	test('over the limits', () => {
		const bytes = bytesOf(`${LITTLE} ${one} ${one}`);
		const limits = { octets: bytes.length, packets: 2, packet: 2 };
		expect(readPcap(bytes, limits).packets).toHaveLength(2);
		expect(() => readPcap(bytes, { ...limits, octets: 59 })).toThrow('more than 59 octets');
		expect(() => readPcap(bytes, { ...limits, packets: 1 })).toThrow('more than 1 packets');
		expect(() => readPcap(bytes, { ...limits, packet: 1 })).toThrow('a packet of 2 octets');
	});
});

describe('datagramOf', () => {
	function datagram(linkType: number | undefined, hex: string): Uint8Array | null {
		const bytes = bytesOf(hex);
		const capture: Capture = {
			interfaces: [{ name: 'x', ...(linkType !== undefined && { linkType }) }],
			packets: [{ interface: 0, at: 0, bytes }]
		};
		return datagramOf(capture, capture.packets[0]!);
	}
	const link = 'ffffffffffff 020000000001';

	test.each([
		['raw', RAW, '45 01', '45 01'],
		['raw where nothing is said', undefined, '45 01', '45 01'],
		['raw without an octet', RAW, '', ''],
		['IPv4 only', 228, '65 01', '65 01'],
		['Ethernet', ETHERNET, `${link} 0800 4501`, '45 01']
	])('%s', (_, linkType, hex, expected) => {
		expect(datagram(linkType, hex)).toEqual(bytesOf(expected));
	});

	test.each([
		['IPv6 as raw', RAW, '60 00'],
		['ARP', ETHERNET, `${link} 0806 0001`],
		['half an Ethernet header', ETHERNET, 'ffff ffff'],
		['a link type not understood', 147, '45 01']
	])('%s holds none', (_, linkType, hex) => {
		expect(datagram(linkType, hex)).toBeNull();
	});
});
