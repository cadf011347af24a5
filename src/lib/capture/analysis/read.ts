/**
 * The headers of a captured datagram as the analysis needs them. Its law: octets from anywhere, nothing verified, never
 * an exception. Lengths are those on the link, so that a capture which kept only the beginnings can be judged too.
 */
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { readTcpOptions } from '#lib/wire/tcp-options.ts';
import { SYN } from '#lib/wire/tcp.ts';
import type { Seq } from '#lib/wire/seq.ts';

export { ICMP_PROTOCOL, TCP_PROTOCOL, UDP_PROTOCOL };

export interface Datagram {
	readonly src: number;
	readonly dst: number;
	readonly id: number;
	readonly protocol: number;
	/** Octets of the whole datagram before this piece of it. */
	readonly offset: number;
	/** More pieces follow. */
	readonly more: boolean;
	/** What is there of the payload. */
	readonly payload: Uint8Array;
	/** Octets of payload that were on the link. */
	readonly length: number;
}

/** The IPv4 datagram in `bytes`, of which `originalLength` octets were on the link; null when it is none. */
export function readDatagram(bytes: Uint8Array, originalLength = bytes.length): Datagram | null {
	const { get } = IPV4;
	if (bytes.length < IPV4.octets || get.version(bytes, 0) !== 4) return null;
	const start = get.ihl(bytes, 0) * 4;
	const there = Math.max(bytes.length, originalLength);
	// a length of 0 is what a host writes whose network card cuts the datagram later
	const end = Math.min(get.totalLength(bytes, 0) || there, there);
	if (start < IPV4.octets || end < start) return null;
	return {
		src: get.src(bytes, 0),
		dst: get.dst(bytes, 0),
		id: get.id(bytes, 0),
		protocol: get.protocol(bytes, 0),
		offset: get.fragmentOffset(bytes, 0) * 8,
		more: get.mf(bytes, 0) === 1,
		payload: bytes.subarray(start, Math.max(start, end)),
		length: end - start
	};
}

export interface Segment {
	readonly srcPort: number;
	readonly dstPort: number;
	readonly seq: Seq;
	readonly ack: Seq;
	readonly flags: number;
	/** As carried, not scaled. */
	readonly window: number;
	/** Octets of text. */
	readonly length: number;
	/** Shift count offered, on a SYN; null: none. */
	readonly scale: number | null;
	/** Left and right edges of the selective acknowledgment (RFC 2018). */
	readonly sack: readonly (readonly [Seq, Seq])[];
}

const controls = TCP.run('cwr', 'fin').get;
const NONE: readonly (readonly [Seq, Seq])[] = [];

/** The segment in a payload of `length` octets, of which `bytes` are here; null when its header is not whole. */
export function readSegment(bytes: Uint8Array, length: number): Segment | null {
	const { get } = TCP;
	if (bytes.length < TCP.octets) return null;
	const header = get.dataOffset(bytes, 0) * 4;
	if (header < TCP.octets || header > length) return null;
	const flags = controls(bytes, 0);
	let scale: number | null = null;
	let sack = NONE;
	if (header > TCP.octets)
		for (const option of readTcpOptions(bytes, TCP.octets, Math.min(header, bytes.length))) {
			if (option.kind === 'windowScale' && flags & SYN) scale = Math.min(option.shift, 14);
			else if (option.kind === 'sack') sack = option.blocks;
		}
	return {
		srcPort: get.srcPort(bytes, 0),
		dstPort: get.dstPort(bytes, 0),
		seq: get.seq(bytes, 0),
		ack: get.ack(bytes, 0),
		flags,
		window: get.window(bytes, 0),
		length: length - header,
		scale,
		sack
	};
}
