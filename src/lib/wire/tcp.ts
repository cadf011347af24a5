/**
 * TCP segments (RFC 9293 §3.1): `encodeTcp` for whoever sends one and the strict `parseTcp` for whoever receives one.
 * Both need the addresses of the datagram around the segment, because the checksum covers them. The header table is in
 * `tcp-header.ts`, the options are in `tcp-options.ts`.
 */
import type { Address } from './address.ts';
import { finish, pseudoHeader, sum } from './checksum.ts';
import { TCP_PROTOCOL } from './ipv4-header.ts';
import { checksumProblem, lengthProblem, refuse, type Parsed } from './parsed.ts';
import { TCP } from './tcp-header.ts';
import { putTcpOptions, readTcpOptions, tcpOptionsLength } from './tcp-options.ts';

/** Bits of `TcpSegment.flags`. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;
export const ECE = 0x40;
export const CWR = 0x80;

export type TcpOption =
	| { readonly kind: 'eol' }
	| { readonly kind: 'nop' }
	| { readonly kind: 'mss'; readonly value: number }
	| { readonly kind: 'windowScale'; readonly shift: number }
	| { readonly kind: 'sackPermitted' }
	| { readonly kind: 'sack'; readonly blocks: readonly (readonly [left: number, right: number])[] }
	| { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
	| { readonly kind: 'unknown'; readonly number: number; readonly data: Uint8Array };

export interface TcpSegment {
	readonly srcPort: number;
	readonly dstPort: number;
	/** Sequence number, unsigned 32 bits. */
	readonly seq: number;
	/** Acknowledgement number, unsigned 32 bits; meaningful when the ACK flag is set. */
	readonly ack: number;
	readonly flags: number;
	/** Window as carried, before scaling. */
	readonly window: number;
	readonly urgent: number;
	readonly options: readonly TcpOption[];
	readonly payload: Uint8Array;
	/** Absent: computed when encoding. Given: kept, even if wrong. */
	readonly checksum?: number;
	/** In words of four octets. Absent: computed when encoding. Given: kept, even if wrong. */
	readonly dataOffset?: number;
	/** The four reserved bits as carried; absent: 0. */
	readonly reserved?: number;
}

const { get, set } = TCP;
const flags = TCP.run('cwr', 'fin');
const reserved = TCP.run('reserved', 'ae');
/** The data offset counts to 15 words. */
const MAX_HEADER = 60;

/** Octets of the whole segment. */
export function tcpLength(segment: TcpSegment): number {
	return TCP.octets + tcpOptionsLength(segment.options) + segment.payload.length;
}

/**
 * Writes a segment into `into` at octet `at`; returns the octet after it. `src` and `dst` are the addresses of the
 * datagram that will carry it. Throws a RangeError when options take more than 40 octets or `into` is too short.
 */
export function putTcp(
	into: Uint8Array,
	at: number,
	segment: TcpSegment,
	src: Address,
	dst: Address
): number {
	const length = tcpLength(segment);
	const header = length - segment.payload.length;
	if (header > MAX_HEADER) throw new RangeError(`options take ${header - TCP.octets} octets, at most 40 fit`);
	if (into.length - at < length) throw new RangeError(`the segment takes ${length} octets`);
	set.srcPort(into, at, segment.srcPort);
	set.dstPort(into, at, segment.dstPort);
	set.seq(into, at, segment.seq);
	set.ack(into, at, segment.ack);
	set.dataOffset(into, at, segment.dataOffset ?? header >> 2);
	reserved.set(into, at, segment.reserved ?? 0);
	flags.set(into, at, segment.flags);
	set.window(into, at, segment.window);
	set.checksum(into, at, segment.checksum ?? 0);
	set.urgent(into, at, segment.urgent);
	if (segment.options.length > 0) putTcpOptions(into, at + TCP.octets, segment.options);
	if (segment.payload.length > 0) into.set(segment.payload, at + header);
	const end = at + length;
	if (segment.checksum === undefined) {
		set.checksum(into, at, finish(sum(into, at, end, pseudoHeader(src, dst, TCP_PROTOCOL, length))));
	}
	return end;
}

/** A whole segment. Throws a RangeError when its options take more than 40 octets. */
export function encodeTcp(segment: TcpSegment, src: Address, dst: Address): Uint8Array {
	const bytes = new Uint8Array(tcpLength(segment));
	putTcp(bytes, 0, segment, src, dst);
	return bytes;
}

const NO_OPTIONS: readonly TcpOption[] = [];
const NO_TEXT = new Uint8Array(0);

/**
 * Reads the segment in octets `[from, to)` of `bytes`, which came from `src` to `dst` as the payload of a datagram. A
 * wrong data offset or checksum is refused (RFC 9293 §3.1). An option whose length cannot be true ends the options, and
 * the segment still counts. The segment returned carries no checksum and no data offset: both were right.
 */
export function parseTcp(
	bytes: Uint8Array,
	src: Address,
	dst: Address,
	from = 0,
	to = bytes.length
): Parsed<TcpSegment> {
	const length = to - from;
	if (length < TCP.octets) {
		return refuse('truncated', length * 8, `a TCP header takes 20 octets, ${length} are here`);
	}
	const header = get.dataOffset(bytes, from) * 4;
	if (header < TCP.octets || header > length) {
		return refuse('header-length', 96, lengthProblem('data offset', header, TCP.octets, length));
	}
	const total = sum(bytes, from, to, pseudoHeader(src, dst, TCP_PROTOCOL, length));
	if (finish(total) !== 0) {
		const is = get.checksum(bytes, from);
		return refuse('checksum', 128, checksumProblem(is, finish(total - is)));
	}
	const text = from + header;
	return {
		ok: true,
		packet: {
			srcPort: get.srcPort(bytes, from),
			dstPort: get.dstPort(bytes, from),
			seq: get.seq(bytes, from),
			ack: get.ack(bytes, from),
			flags: flags.get(bytes, from),
			window: get.window(bytes, from),
			urgent: get.urgent(bytes, from),
			options: header > TCP.octets ? readTcpOptions(bytes, from + TCP.octets, text) : NO_OPTIONS,
			payload: text < to ? new Uint8Array(bytes.buffer, bytes.byteOffset + text, to - text) : NO_TEXT,
			reserved: reserved.get(bytes, from)
		}
	};
}
