/**
 * ICMP headers (RFC 792). All messages start with type, code and checksum; what the next four octets mean depends on
 * the type, so there is one table per shape and a list that says which type has which.
 */
import { formatAddress } from './address.ts';
import { defineHeader, type Field, type Header } from './layout.ts';
import { count, hex, hexAndDecimal } from './text.ts';

interface IcmpType {
	readonly type: number;
	readonly name: string;
	/** What the codes mean; empty where only 0 is used. */
	readonly codes: readonly string[];
	/** The message ends in a copy of the start of the datagram that caused it. */
	readonly quotes: boolean;
}

const types: ReadonlyMap<number, IcmpType> = new Map(
	[
		{ type: 0, name: 'Echo reply', codes: [], quotes: false },
		{
			type: 3,
			name: 'Destination unreachable',
			codes: [
				'network unreachable',
				'host unreachable',
				'protocol unreachable',
				'port unreachable',
				"fragmentation needed, but don't fragment is set",
				'source route failed',
				'destination network unknown',
				'destination host unknown',
				'source host isolated',
				'network administratively prohibited',
				'host administratively prohibited',
				'network unreachable for this type of service',
				'host unreachable for this type of service',
				'communication administratively prohibited',
				'host precedence violation',
				'precedence cutoff in effect'
			],
			quotes: true
		},
		{ type: 4, name: 'Source quench', codes: [], quotes: true },
		{
			type: 5,
			name: 'Redirect',
			codes: ['for the network', 'for the host', 'for service and network', 'for service and host'],
			quotes: true
		},
		{ type: 8, name: 'Echo request', codes: [], quotes: false },
		{ type: 9, name: 'Router advertisement', codes: [], quotes: false },
		{ type: 10, name: 'Router solicitation', codes: [], quotes: false },
		{
			type: 11,
			name: 'Time exceeded',
			codes: ['time to live ran out on the way', 'not all fragments came in time'],
			quotes: true
		},
		{
			type: 12,
			name: 'Parameter problem',
			codes: ['the pointer shows where', 'an option is missing', 'a length is wrong'],
			quotes: true
		},
		{ type: 13, name: 'Timestamp', codes: [], quotes: false },
		{ type: 14, name: 'Timestamp reply', codes: [], quotes: false }
	].map((row) => [row.type, row])
);

export function icmpTypeName(type: number): string {
	return types.get(type)?.name ?? 'unknown';
}

/** Whether messages of this type carry the start of another datagram. */
export function quotesDatagram(type: number): boolean {
	return types.get(type)?.quotes ?? false;
}

export function icmpCodeName(type: number, code: number): string {
	return types.get(type)?.codes[code] ?? '';
}

const TYPE = {
	name: 'type',
	bits: 8,
	label: 'Type',
	filter: 'icmp.type',
	rfc: 'RFC 792',
	note: 'Says what kind of message this is.',
	show: (type: number): string => `${type} (${icmpTypeName(type)})`
} as const satisfies Field;

const CODE = {
	name: 'code',
	bits: 8,
	label: 'Code',
	filter: 'icmp.code',
	rfc: 'RFC 792',
	note: 'Gives the exact reason within the type.'
} as const satisfies Field;

const CHECKSUM = {
	name: 'checksum',
	bits: 16,
	label: 'Checksum',
	filter: 'icmp.checksum',
	rfc: 'RFC 792',
	note: 'A sum over the whole message; if it does not come out right, the message is thrown away.',
	fill: 'checksum',
	show: (value: number): string => hex(value, 4)
} as const satisfies Field;

function unused(bits: number): Field & { readonly name: 'unused' } {
	return {
		name: 'unused',
		bits,
		label: 'Unused',
		filter: 'icmp.unused',
		rfc: 'RFC 792',
		note: 'This kind of message has no use for these octets, so they stay 0.'
	};
}

/** What all messages share, with the rest as one number. */
export const ICMP = defineHeader('ICMP', [
	TYPE,
	CODE,
	CHECKSUM,
	{
		name: 'rest',
		bits: 32,
		label: 'Rest of header',
		filter: 'icmp.rest',
		rfc: 'RFC 792',
		note: 'Four octets whose meaning depends on the type.',
		show: (value) => hex(value, 8)
	}
]);

export const ECHO = defineHeader('ICMP echo', [
	TYPE,
	CODE,
	CHECKSUM,
	{
		name: 'identifier',
		bits: 16,
		label: 'Identifier',
		filter: 'icmp.ident',
		rfc: 'RFC 792',
		note: 'Chosen by the program that asks, so that it knows its own replies.',
		show: (value) => hexAndDecimal(value, 4)
	},
	{
		name: 'sequence',
		bits: 16,
		label: 'Sequence number',
		filter: 'icmp.seq',
		rfc: 'RFC 792',
		note: 'Counts the requests, so that each reply can be matched to its request.'
	}
]);

function millis<const N extends string>(name: N, label: string, filter: string, note: string) {
	return { name, bits: 32, label, filter, rfc: 'RFC 792', note } as const;
}

const TIMESTAMP = defineHeader('ICMP timestamp', [
	...ECHO.rows,
	millis(
		'originate',
		'Originate timestamp',
		'icmp.originate_timestamp',
		'When the sender last touched the message.'
	),
	millis('receive', 'Receive timestamp', 'icmp.receive_timestamp', 'When the other host first saw it.'),
	millis('transmit', 'Transmit timestamp', 'icmp.transmit_timestamp', 'When the other host sent it back.')
]);

const UNUSED = defineHeader('ICMP error', [TYPE, CODE, CHECKSUM, unused(32)]);

export const FRAGMENTATION_NEEDED = defineHeader('ICMP fragmentation needed', [
	TYPE,
	CODE,
	CHECKSUM,
	unused(16),
	{
		name: 'mtu',
		bits: 16,
		label: 'Next-hop MTU',
		filter: 'icmp.mtu',
		rfc: 'RFC 1191 §4',
		note: 'The largest packet that fits through, so that the sender can make smaller ones.',
		show: (value) => count(value, 'octet')
	}
]);

export const REDIRECT = defineHeader('ICMP redirect', [
	TYPE,
	CODE,
	CHECKSUM,
	{
		name: 'gateway',
		bits: 32,
		label: 'Gateway address',
		filter: 'icmp.redir_gw',
		rfc: 'RFC 792',
		note: 'The router to use from now on, because it is nearer.',
		show: formatAddress
	}
]);

export const PARAMETER_PROBLEM = defineHeader('ICMP parameter problem', [
	TYPE,
	CODE,
	CHECKSUM,
	{
		name: 'pointer',
		bits: 8,
		label: 'Pointer',
		filter: 'icmp.pointer',
		rfc: 'RFC 792',
		note: 'Counts to the octet of the quoted header that is wrong.'
	},
	unused(24)
]);

/** The table for a message of this type and code. */
export function icmpLayout(type: number, code: number): Header {
	if (type === 0 || type === 8) return ECHO;
	if (type === 13 || type === 14) return TIMESTAMP;
	if (type === 3) return code === 4 ? FRAGMENTATION_NEEDED : UNUSED;
	if (type === 5) return REDIRECT;
	if (type === 12) return PARAMETER_PROBLEM;
	if (type === 4 || type === 11) return UNUSED;
	return ICMP;
}
