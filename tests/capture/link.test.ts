import { describe, expect, test } from 'vitest';
import { findDatagram } from '#lib/capture/link.ts';
import { bytesOf } from '../wire/support.ts';

const MACS = '020000000001 020000000002';

describe('where the datagram begins', () => {
	test.each<readonly [string, number, string, number | string]>([
		['Ethernet', 1, `${MACS} 0800 45`, 14],
		['one VLAN tag', 1, `${MACS} 8100 0064 0800 45`, 18],
		['two VLAN tags', 1, `${MACS} 88a8 0064 8100 0065 0800 45`, 22],
		['ARP', 1, `${MACS} 0806 0001`, 'ARP'],
		['IPv6 in a VLAN', 1, `${MACS} 8100 0064 86dd 60`, 'IPv6'],
		['a length and no type', 1, `${MACS} 0026 4242`, 'IEEE 802.2'],
		['another EtherType', 1, `${MACS} 1234 00`, 'EtherType 0x1234'],
		['half an Ethernet header', 1, '0200', 'cut short'],
		[
			'tags without an end',
			1,
			`${MACS} 8100 0001 8100 0001 8100 0001 8100 0001 8100 0001`,
			'EtherType 0x8100'
		],
		['raw IPv4', 101, '45', 0],
		['raw IPv6', 101, '60', 'IPv6'],
		['raw nonsense', 101, 'f0', 'IP version 15'],
		['raw as some systems number it', 12, '45', 0],
		['raw as others number it', 14, '45', 0],
		['IPv4 by its own link type', 228, '45', 0],
		['Linux cooked', 113, `0000 0001 0006 ${'00'.repeat(8)} 0800 45`, 16],
		['Linux cooked, IPv6', 113, `0000 0001 0006 ${'00'.repeat(8)} 86dd 60`, 'IPv6'],
		['Linux cooked 2', 276, `0800 0000 00000001 0001 00 06 ${'00'.repeat(8)} 45`, 20],
		['Linux cooked 2, cut', 276, '0800 0000', 'cut short'],
		['loopback, little-endian', 0, '02000000 45', 4],
		['loopback, big-endian', 0, '00000002 45', 4],
		['loopback, IPv6 of a Mac', 0, '1e000000 60', 'IPv6'],
		['OpenBSD loopback', 108, '00000002 45', 4],
		['a link that nobody here knows', 195, '00', 'link type 195']
	])('%s', (_, linkType, hex, place) => {
		expect(findDatagram(linkType, bytesOf(hex))).toBe(place);
	});
});
