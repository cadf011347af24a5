/**
 * The IPv4 datagrams of a capture as columns over slabs of octets: what a file of 100 MB costs is little more than its
 * octets, and it crosses a worker's border without being copied. Law: append-only; a packet keeps its number in the file.
 */
import type { CaptureInterface } from './capture.ts';
import type { CapturePacket } from './capture.ts';
import { findDatagram, RAW } from './link.ts';

/** Everything after the first `count` elements of a column is spare room. */
export interface PacketTable {
	count: number;
	/** Number in the file, from 1. */
	number: Uint32Array<ArrayBuffer>;
	/** Microseconds since the first packet of the file; never before the packet before. */
	at: Float64Array<ArrayBuffer>;
	/** Which slab, where in it, and how many octets. */
	slab: Uint32Array<ArrayBuffer>;
	from: Uint32Array<ArrayBuffer>;
	length: Uint32Array<ArrayBuffer>;
	/** Octets of the datagram that were on the link. */
	original: Uint32Array<ArrayBuffer>;
	readonly slabs: Uint8Array<ArrayBuffer>[];
	readonly comments: Map<number, string>;
}

/** What a file holds besides its datagrams. */
export interface Counts {
	/** Packets of every kind, and their octets on the link. */
	packets: number;
	octets: number;
	/** Microseconds since 1970 of the first packet. */
	start: number;
	/** µs from the first to the last packet. */
	duration: number;
	/** Packets that were stamped earlier than the one before. */
	backwards: number;
	/** Packets of which the capture kept only the beginning. */
	cut: number;
	/** What is no IPv4, by name: `ARP`, `IPv6`. */
	readonly others: Map<string, number>;
	readonly interfaces: CaptureInterface[];
}

const SLAB = 1024 * 1024;
/** Kinds of foreign packets that are told apart. */
const MOST_OTHERS = 32;

export const createTable = (): PacketTable => ({
	count: 0,
	number: new Uint32Array(64),
	at: new Float64Array(64),
	slab: new Uint32Array(64),
	from: new Uint32Array(64),
	length: new Uint32Array(64),
	original: new Uint32Array(64),
	slabs: [],
	comments: new Map()
});

export const createCounts = (): Counts => ({
	packets: 0,
	octets: 0,
	start: 0,
	duration: 0,
	backwards: 0,
	cut: 0,
	others: new Map(),
	interfaces: []
});

function widen(table: PacketTable): void {
	const size = table.number.length * 2;
	for (const column of ['number', 'slab', 'from', 'length', 'original'] as const) {
		const wider = new Uint32Array(size);
		wider.set(table[column]);
		table[column] = wider;
	}
	const at = new Float64Array(size);
	at.set(table.at);
	table.at = at;
}

/** How full the last slab is. */
function room(table: PacketTable, octets: number): number {
	const last = table.count - 1;
	const end = last < 0 ? 0 : table.from[last]! + table.length[last]!;
	const slab = table.slabs.at(-1);
	if (slab && end + octets <= slab.length) return end;
	table.slabs.push(new Uint8Array(Math.max(SLAB, octets)));
	return 0;
}

/** The octets of the `i`th datagram: a view. */
export function octetsOf({ slabs, slab, from, length }: PacketTable, i: number): Uint8Array<ArrayBuffer> {
	const at = from[i]!;
	return slabs[slab[i]!]!.subarray(at, at + length[i]!);
}

/** Takes the next packet of the file; true when it holds a datagram. */
export function takePacket(table: PacketTable, counts: Counts, packet: CapturePacket): boolean {
	const { bytes, originalLength = bytes.length } = packet;
	const number = ++counts.packets;
	counts.octets += originalLength;
	if (number === 1) counts.start = packet.at;
	if (packet.at - counts.start < counts.duration) counts.backwards++;
	counts.duration = Math.max(counts.duration, packet.at - counts.start);
	if (originalLength > bytes.length) counts.cut++;
	const place = findDatagram(counts.interfaces[packet.interface]?.linkType ?? RAW, bytes);
	if (typeof place === 'string') {
		const known = counts.others.has(place) || counts.others.size < MOST_OTHERS;
		const name = known ? place : 'other';
		counts.others.set(name, (counts.others.get(name) ?? 0) + 1);
		return false;
	}
	// short frames are padded: the datagram says where it ends, unless the network card was to fill that in
	const total = bytes.length >= place + 4 ? (bytes[place + 2]! << 8) | bytes[place + 3]! : 0;
	const there = bytes.length - place;
	const kept = total >= 20 ? Math.min(there, total) : there;
	if (table.count === table.number.length) widen(table);
	const from = room(table, kept);
	const i = table.count++;
	table.number[i] = number;
	table.at[i] = counts.duration;
	table.slab[i] = table.slabs.length - 1;
	table.from[i] = from;
	table.length[i] = kept;
	table.original[i] = total >= 20 ? Math.min(originalLength - place, total) : originalLength - place;
	table.slabs.at(-1)?.set(bytes.subarray(place, place + kept), from);
	if (packet.comment) table.comments.set(number, packet.comment);
	return true;
}
