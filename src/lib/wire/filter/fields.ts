/**
 * The fields that a display filter may name: all that the header tables and the reading of POP3 lines give a name to,
 * the layers themselves, a few that stand for several or are counted, and what only the packets before one tell. Names
 * are Wireshark's, so that what is learnt here works there.
 */
import { formatAddress } from '../address.ts';
import { ECHO, FRAGMENTATION_NEEDED, ICMP, PARAMETER_PROBLEM, REDIRECT } from '../icmp-header.ts';
import { IPV4 } from '../ipv4-header.ts';
import { ipOptions } from '../ipv4-option-table.ts';
import type { Header } from '../layout.ts';
import { TCP } from '../tcp-header.ts';
import { tcpOptions } from '../tcp-options.ts';
import { UDP } from '../udp.ts';

/** What a field's value can be held against. A layer is there or not; `octets` are those of a payload. */
export type FieldType = 'number' | 'address' | 'text' | 'octets' | 'layer';

export interface FilterField {
	readonly name: string;
	readonly type: FieldType;
	readonly label: string;
	/** Names of the nodes that it reads, when that is not its own alone. */
	readonly reads?: readonly string[];
	/** Octets that one of its units stands for: filters count octets. */
	readonly unit?: number;
	/** It may have a fraction, as seconds have. */
	readonly fraction?: true;
}

const UNITS: Readonly<Record<string, number>> = { 'ip.hdr_len': 4, 'tcp.hdr_len': 4, 'ip.frag_offset': 8 };

function ofHeader({ rows, fields }: Header): FilterField[] {
	const groups = rows.flatMap((row) => ('fields' in row ? [number(row.filter, row.label)] : []));
	const single = fields.map(({ filter, label, show }): FilterField => ({
		name: filter,
		label,
		type: show === formatAddress ? 'address' : 'number',
		unit: UNITS[filter] ?? 1
	}));
	return [...single, ...groups];
}

const number = (name: string, label: string): FilterField => ({ name, type: 'number', label });
const text = (name: string, label: string): FilterField => ({ name, type: 'text', label });
const layer = (name: string, label: string): FilterField => ({ name, type: 'layer', label });

const seconds = (name: string, label: string): FilterField => ({ ...number(name, label), fraction: true });

/** Of a packet in the light of those before it: its octets do not tell, so a subject must be told. */
const BESIDE: readonly FilterField[] = [
	seconds('frame.time_relative', 'Seconds since the first packet'),
	seconds('frame.time_delta', 'Seconds since the packet before'),
	number('tcp.stream', 'Number of the connection, from 0'),
	number('tcp.seq', 'Sequence number, counted from the SYN'),
	number('tcp.ack', 'Acknowledgment number, counted from the SYN'),
	layer('tcp.analysis.flags', 'Anything remarkable'),
	layer('tcp.analysis.retransmission', 'Sent again'),
	layer('tcp.analysis.fast_retransmission', 'Sent again because duplicate ACKs asked'),
	layer('tcp.analysis.spurious_retransmission', 'Sent again although acknowledged'),
	layer('tcp.analysis.out_of_order', 'Came after later octets'),
	layer('tcp.analysis.lost_segment', 'Octets before it were not seen'),
	layer('tcp.analysis.ack_lost_segment', 'Acknowledges octets that were not seen'),
	layer('tcp.analysis.duplicate_ack', 'The same acknowledgment again'),
	number('tcp.analysis.duplicate_ack_num', 'Which duplicate it is, from 1'),
	number('tcp.analysis.duplicate_ack_frame', 'Packet that it duplicates'),
	layer('tcp.analysis.zero_window', 'Its sender has no room'),
	layer('tcp.analysis.zero_window_probe', 'One octet into a closed window'),
	layer('tcp.analysis.zero_window_probe_ack', 'Answer to a window probe'),
	layer('tcp.analysis.window_full', 'Fills the receiver’s window'),
	layer('tcp.analysis.window_update', 'Changes the window alone'),
	layer('tcp.analysis.keep_alive', 'Asks whether the other is there'),
	layer('tcp.analysis.keep_alive_ack', 'Answer to a keep-alive'),
	layer('tcp.analysis.reused_ports', 'Opens ports that had a connection'),
	number('tcp.analysis.acks_frame', 'Packet that it acknowledges'),
	seconds('tcp.analysis.ack_rtt', 'Seconds until it was acknowledged'),
	seconds('tcp.analysis.initial_rtt', 'Seconds that the handshake took'),
	number('tcp.analysis.bytes_in_flight', 'Octets sent and not acknowledged'),
	number('udp.stream', 'Number of the conversation, from 0')
];

const ALL: readonly FilterField[] = [
	layer('ip', 'Internet Protocol'),
	layer('tcp', 'Transmission Control Protocol'),
	layer('udp', 'User Datagram Protocol'),
	layer('icmp', 'Internet Control Message Protocol'),
	layer('pop', 'Post Office Protocol'),
	{ name: 'ip.addr', type: 'address', label: 'Source or destination address', reads: ['ip.src', 'ip.dst'] },
	{
		name: 'tcp.port',
		type: 'number',
		label: 'Source or destination port',
		reads: ['tcp.srcport', 'tcp.dstport']
	},
	{
		name: 'udp.port',
		type: 'number',
		label: 'Source or destination port',
		reads: ['udp.srcport', 'udp.dstport']
	},
	number('frame.number', 'Number of the packet'),
	number('frame.len', 'Octets of the packet'),
	number('tcp.len', 'Octets of text in the segment'),
	{ name: 'tcp.payload', type: 'octets', label: 'Text of the segment' },
	...BESIDE,
	...[IPV4, TCP, UDP, ICMP, ECHO, FRAGMENTATION_NEEDED, REDIRECT, PARAMETER_PROBLEM].flatMap(ofHeader),
	...[...tcpOptions.values(), ...ipOptions.values()].flatMap(({ filter, label, layout }) => [
		layer(filter, label),
		...ofHeader(layout)
	]),
	layer('pop.request', 'Request'),
	text('pop.request.command', 'Request command'),
	text('pop.request.parameter', 'Request parameter'),
	layer('pop.response', 'Response'),
	text('pop.response.indicator', 'Response indicator'),
	text('pop.response.description', 'Response description'),
	text('pop.response.data', 'Line of a letter or list')
];

/** By name; of two of one name the first. */
export const FIELDS: ReadonlyMap<string, FilterField> = new Map(
	[...ALL].reverse().map((field) => [field.name, field])
);
