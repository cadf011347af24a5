/** The twenty octets that every IPv4 datagram starts with (RFC 791 §3.1), and the protocol numbers they carry. */
import { formatAddress } from './address.ts';
import { defineHeader } from './layout.ts';
import { count, flag, hex, hexAndDecimal } from './text.ts';

/** Assigned protocol numbers. */
export const ICMP_PROTOCOL = 1;
export const TCP_PROTOCOL = 6;
export const UDP_PROTOCOL = 17;

const protocolNames = new Map([
	[ICMP_PROTOCOL, 'ICMP'],
	[2, 'IGMP'],
	[TCP_PROTOCOL, 'TCP'],
	[UDP_PROTOCOL, 'UDP']
]);

export function protocolName(protocol: number): string {
	const name = protocolNames.get(protocol);
	return name === undefined ? String(protocol) : `${name} (${protocol})`;
}

const congestion = [
	'not ECN-capable',
	'ECN-capable, ECT(1)',
	'ECN-capable, ECT(0)',
	'congestion experienced'
];

export const IPV4 = defineHeader('IPv4', [
	{
		name: 'version',
		bits: 4,
		label: 'Version',
		filter: 'ip.version',
		rfc: 'RFC 791 §3.1',
		note: 'The first thing in the packet says which rules the rest of it follows; this is version 4.'
	},
	{
		name: 'ihl',
		bits: 4,
		label: 'Header length',
		filter: 'ip.hdr_len',
		rfc: 'RFC 791 §3.1',
		note: 'Counts the header in steps of four octets, so that the reader knows where the data starts.',
		fill: 'length',
		show: (words) => `${words * 4} octets (${words} × 4)`
	},
	{
		label: 'Differentiated services',
		filter: 'ip.dsfield',
		rfc: 'RFC 2474 §3',
		note: 'Tells the routers on the way how urgent the packet is and whether the road is crowded.',
		show: (value) => hex(value, 2),
		fields: [
			{
				name: 'dscp',
				bits: 6,
				label: 'Code point',
				filter: 'ip.dsfield.dscp',
				rfc: 'RFC 2474 §3',
				note: 'Asks routers for a kind of treatment, such as going first; 0 asks for nothing special.'
			},
			{
				name: 'ecn',
				bits: 2,
				label: 'Congestion notification',
				filter: 'ip.dsfield.ecn',
				rfc: 'RFC 3168 §5',
				note: 'Lets a busy router mark the packet as a warning instead of throwing it away.',
				show: (value) => `${value} (${congestion[value]})`
			}
		]
	},
	{
		name: 'totalLength',
		bits: 16,
		label: 'Total length',
		filter: 'ip.len',
		rfc: 'RFC 791 §3.1',
		note: 'Counts header and data together, so that the reader knows where the packet ends.',
		fill: 'length',
		show: (value) => count(value, 'octet')
	},
	{
		name: 'id',
		bits: 16,
		label: 'Identification',
		filter: 'ip.id',
		rfc: 'RFC 791 §3.1',
		note: 'If the packet is cut into pieces, all the pieces carry this number and can find each other again.',
		show: (value) => hexAndDecimal(value, 4)
	},
	{
		label: 'Flags',
		filter: 'ip.flags',
		rfc: 'RFC 791 §3.1',
		note: 'Three switches that say whether the packet may be cut and whether more pieces follow.',
		show: (value) => ['none', 'MF', 'DF', 'DF, MF'][value & 3]! + (value & 4 ? ' and the reserved bit' : ''),
		fields: [
			{
				name: 'reserved',
				bits: 1,
				label: 'Reserved bit',
				filter: 'ip.flags.rb',
				rfc: 'RFC 791 §3.1',
				note: 'Nobody uses this bit, so it stays 0.',
				show: flag
			},
			{
				name: 'df',
				bits: 1,
				label: "Don't fragment (DF)",
				filter: 'ip.flags.df',
				rfc: 'RFC 791 §3.1',
				note: 'When it is set, a router must not cut the packet; if it is too big, it is dropped instead.',
				show: flag
			},
			{
				name: 'mf',
				bits: 1,
				label: 'More fragments (MF)',
				filter: 'ip.flags.mf',
				rfc: 'RFC 791 §3.1',
				note: 'Set on every piece but the last, so that the receiver knows when it has them all.',
				show: flag
			}
		]
	},
	{
		name: 'fragmentOffset',
		bits: 13,
		label: 'Fragment offset',
		filter: 'ip.frag_offset',
		rfc: 'RFC 791 §3.1',
		note: 'Says where this piece belongs in the whole, in steps of eight octets.',
		show: (units) => `${units * 8} octets (${units} × 8)`
	},
	{
		name: 'ttl',
		bits: 8,
		label: 'Time to live',
		filter: 'ip.ttl',
		rfc: 'RFC 791 §3.1',
		note: 'Every router takes one away, and at 0 the packet is dropped, so that no packet goes round for ever.'
	},
	{
		name: 'protocol',
		bits: 8,
		label: 'Protocol',
		filter: 'ip.proto',
		rfc: 'RFC 791 §3.1',
		note: 'Says what is inside, so that the receiver knows whom to hand the data to.',
		show: protocolName
	},
	{
		name: 'checksum',
		bits: 16,
		label: 'Header checksum',
		filter: 'ip.checksum',
		rfc: 'RFC 791 §3.1',
		note: 'A sum over the header; if it does not come out right, something was damaged on the way.',
		fill: 'checksum',
		show: (value) => hex(value, 4)
	},
	{
		name: 'src',
		bits: 32,
		label: 'Source address',
		filter: 'ip.src',
		rfc: 'RFC 791 §3.1',
		note: 'Who sent the packet, so that an answer can find its way back.',
		show: formatAddress
	},
	{
		name: 'dst',
		bits: 32,
		label: 'Destination address',
		filter: 'ip.dst',
		rfc: 'RFC 791 §3.1',
		note: 'Where the packet is going; routers look at this to choose the next step.',
		show: formatAddress
	}
]);
