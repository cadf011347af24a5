/**
 * The IPv4 options that are understood (RFC 791 §3.1), a table keyed by type: how each is laid out and read. What is
 * not in the table is `unknown` to `ipv4-options.ts`, and kept.
 */
import { formatAddress, type Address } from './address.ts';
import { defineHeader, type Field, type Group } from './layout.ts';
import type { OptionRow } from './options.ts';
import { count, flag } from './text.ts';

export interface TimestampEntry {
	/** Present when the option's flag is 1 or 3. */
	readonly address?: Address;
	/** Milliseconds since midnight UT; not standard time when the high bit is set. */
	readonly time: number;
}

export type IpOption =
	| { readonly kind: 'eol' }
	| { readonly kind: 'nop' }
	/** `pointer` counts octets from 1 at the type, so 4 is the first address and 4 more than the length is full. */
	| {
			readonly kind: 'recordRoute' | 'looseSourceRoute' | 'strictSourceRoute';
			readonly pointer: number;
			readonly route: readonly Address[];
	  }
	| {
			readonly kind: 'timestamp';
			readonly pointer: number;
			readonly overflow: number;
			/** 0: times only; 1: each with the address of who wrote it; 3: addresses given beforehand. */
			readonly flag: number;
			readonly entries: readonly TimestampEntry[];
	  }
	| { readonly kind: 'routerAlert'; readonly value: number }
	| { readonly kind: 'unknown'; readonly type: number; readonly data: Uint8Array };

const TYPE = {
	label: 'Type',
	filter: 'ip.opt.type',
	rfc: 'RFC 791 §3.1',
	note: 'Says which option this is and whether it must go into every fragment.',
	show: (type: number): string => `${type} (${ipOptions.get(type)?.label ?? 'unknown'})`,
	fields: [
		{
			name: 'copied',
			bits: 1,
			label: 'Copied flag',
			filter: 'ip.opt.type.copy',
			rfc: 'RFC 791 §3.1',
			note: 'When it is set, every piece of a cut packet carries this option.',
			show: flag
		},
		{
			name: 'class',
			bits: 2,
			label: 'Class',
			filter: 'ip.opt.type.class',
			rfc: 'RFC 791 §3.1',
			note: '0 is for options that steer the packet, 2 for those that measure.'
		},
		{
			name: 'number',
			bits: 5,
			label: 'Number',
			filter: 'ip.opt.type.number',
			rfc: 'RFC 791 §3.1',
			note: 'Tells the options of one class apart.'
		}
	]
} as const satisfies Group;

const LENGTH = {
	name: 'length',
	bits: 8,
	label: 'Length',
	filter: 'ip.opt.len',
	rfc: 'RFC 791 §3.1',
	note: 'Counts the octets of the whole option, so that a reader who does not know it can step over it.',
	fill: 'length',
	show: (length: number): string => count(length, 'octet')
} as const satisfies Field;

const POINTER = {
	name: 'pointer',
	bits: 8,
	label: 'Pointer',
	filter: 'ip.opt.ptr',
	rfc: 'RFC 791 §3.1',
	note: 'Points at the place in the list that comes next, counted from 1.'
} as const satisfies Field;

const SINGLE = defineHeader('IPv4 option', [TYPE]);
/** Type and length: how every option of more than one octet starts. */
export const IP_OPTION = defineHeader('IPv4 option', [TYPE, LENGTH]);
export const ROUTE = defineHeader('Route', [TYPE, LENGTH, POINTER]);

export const RECORDED = defineHeader('Recorded address', [
	{
		name: 'address',
		bits: 32,
		label: 'Recorded address',
		filter: 'ip.rec_rt',
		rfc: 'RFC 791 §3.1',
		note: 'A router that passed the packet on wrote its own address here.',
		show: formatAddress
	}
]);

const EMPTY = defineHeader('Free place', [
	{
		name: 'address',
		bits: 32,
		label: 'Free place',
		filter: 'ip.empty_rt',
		rfc: 'RFC 791 §3.1',
		note: 'Room for the address of a router still to come.',
		show: formatAddress
	}
]);

const SOURCE_HOP = defineHeader('Source route address', [
	{
		name: 'address',
		bits: 32,
		label: 'Next stop',
		filter: 'ip.src_rt',
		rfc: 'RFC 791 §3.1',
		note: 'A place the sender wants the packet to pass on its way.',
		show: formatAddress
	}
]);

export const TIMESTAMP = defineHeader('Timestamp', [
	TYPE,
	LENGTH,
	POINTER,
	{
		name: 'overflow',
		bits: 4,
		label: 'Overflow',
		filter: 'ip.opt.overflow',
		rfc: 'RFC 791 §3.1',
		note: 'Counts the routers that found no room left for their time.'
	},
	{
		name: 'flag',
		bits: 4,
		label: 'Flag',
		filter: 'ip.opt.flag',
		rfc: 'RFC 791 §3.1',
		note: 'Says whether the list holds only times or also the addresses of those who wrote them.'
	}
]);

const TIME = {
	name: 'time',
	bits: 32,
	label: 'Timestamp',
	filter: 'ip.opt.time_stamp',
	rfc: 'RFC 791 §3.1',
	note: 'The time at which a router handled the packet, in thousandths of a second since midnight.'
} as const satisfies Field;

const TIMES = defineHeader('Timestamp entry', [TIME]);
const ADDRESSED_TIMES = defineHeader('Timestamp entry', [
	{
		name: 'address',
		bits: 32,
		label: 'Address',
		filter: 'ip.opt.time_stamp_addr',
		rfc: 'RFC 791 §3.1',
		note: 'Who wrote the time that follows.',
		show: formatAddress
	},
	TIME
]);

export const ROUTER_ALERT = defineHeader('Router alert', [
	TYPE,
	LENGTH,
	{
		name: 'value',
		bits: 16,
		label: 'Value',
		filter: 'ip.opt.ra',
		rfc: 'RFC 2113 §2.1',
		note: '0 asks every router on the way to look inside the packet.'
	}
]);

export interface IpOptionRow extends OptionRow {
	/** The option in octets `[at, to)`; its length fits the layout. */
	read(bytes: Uint8Array, at: number, to: number): IpOption;
}

/** The pointer counts from 1 at the type; what lies before it has been passed. */
function isVisited(bytes: Uint8Array, at: number, entry: number): boolean {
	return entry - at + 1 < ROUTE.get.pointer(bytes, at);
}

function readRoute(kind: 'recordRoute' | 'looseSourceRoute' | 'strictSourceRoute'): IpOptionRow['read'] {
	return (bytes, at, to) => {
		const route: Address[] = [];
		for (let i = at + ROUTE.octets; i < to; i += 4) route.push(RECORDED.get.address(bytes, i));
		return { kind, pointer: ROUTE.get.pointer(bytes, at), route };
	};
}

/** The layout of a timestamp option's entries, by its flag. */
export function timestampEntry(flag: number): typeof TIMES | typeof ADDRESSED_TIMES {
	return flag === 0 ? TIMES : ADDRESSED_TIMES;
}

function readTimestamp(bytes: Uint8Array, at: number, to: number): IpOption {
	const { pointer, overflow, flag } = TIMESTAMP.decode(bytes, at);
	const entries: TimestampEntry[] = [];
	const entry = timestampEntry(flag);
	for (let i = at + TIMESTAMP.octets; i < to; i += entry.octets) entries.push(entry.decode(bytes, i));
	return { kind: 'timestamp', pointer, overflow, flag, entries };
}

/** The options that are understood, by type. */
export const ipOptions: ReadonlyMap<number, IpOptionRow> = new Map<number, IpOptionRow>([
	[
		0,
		{
			label: 'End of options list',
			filter: 'ip.options.eol',
			rfc: 'RFC 791 §3.1',
			note: 'Says that there are no more options; only padding follows.',
			layout: SINGLE,
			read: () => ({ kind: 'eol' })
		}
	],
	[
		1,
		{
			label: 'No operation',
			filter: 'ip.options.nop',
			rfc: 'RFC 791 §3.1',
			note: 'Does nothing: it fills one octet so that the next option starts at a good place.',
			layout: SINGLE,
			read: () => ({ kind: 'nop' })
		}
	],
	[
		7,
		{
			label: 'Record route',
			filter: 'ip.options.record_route',
			rfc: 'RFC 791 §3.1',
			note: 'Asks every router on the way to write its address into the list.',
			layout: ROUTE,
			repeat: (bytes, at, entry) => (isVisited(bytes, at, entry) ? RECORDED : EMPTY),
			read: readRoute('recordRoute')
		}
	],
	[
		68,
		{
			label: 'Internet timestamp',
			filter: 'ip.options.timestamp',
			rfc: 'RFC 791 §3.1',
			note: 'Asks every router on the way to write down the time.',
			layout: TIMESTAMP,
			repeat: (bytes, at) => timestampEntry(TIMESTAMP.get.flag(bytes, at)),
			read: readTimestamp
		}
	],
	[
		131,
		{
			label: 'Loose source route',
			filter: 'ip.options.route',
			rfc: 'RFC 791 §3.1',
			note: 'Names places the packet must pass; it may take any road between them.',
			layout: ROUTE,
			repeat: (bytes, at, entry) => (isVisited(bytes, at, entry) ? RECORDED : SOURCE_HOP),
			read: readRoute('looseSourceRoute')
		}
	],
	[
		137,
		{
			label: 'Strict source route',
			filter: 'ip.options.source_route',
			rfc: 'RFC 791 §3.1',
			note: 'Names every single place the packet may pass, one after the other.',
			layout: ROUTE,
			repeat: (bytes, at, entry) => (isVisited(bytes, at, entry) ? RECORDED : SOURCE_HOP),
			read: readRoute('strictSourceRoute')
		}
	],
	[
		148,
		{
			label: 'Router alert',
			filter: 'ip.options.routeralert',
			rfc: 'RFC 2113 §2.1',
			note: 'Asks routers to look at this packet more closely although it is not meant for them.',
			layout: ROUTER_ALERT,
			read: (bytes, at) => ({ kind: 'routerAlert', value: ROUTER_ALERT.get.value(bytes, at) })
		}
	]
]);
