/**
 * IPv4 datagrams (RFC 791 §3.1): `encodeIpv4` for whoever builds a datagram and the strict `parseIpv4` for
 * whoever receives one; the header table is in `ipv4-header.ts`. When encoding, a field that is absent is computed and a field that is given is
 * kept, even if wrong. A parsed packet carries nothing that is computed, so it can be changed and encoded again.
 */
import type { Address } from './address.ts';
import { checksum, finish, sum } from './checksum.ts';
import { IPV4 } from './ipv4-header.ts';
import { encodeIpOptions, readIpOptions, type IpOption } from './ipv4-options.ts';
import { checksumProblem, lengthProblem, refuse, type Parsed, type Refused } from './parsed.ts';

export { ICMP_PROTOCOL, TCP_PROTOCOL, UDP_PROTOCOL } from './ipv4-header.ts';

/** What one may say about a datagram to be built. Absent: computed, or the usual value. Given: kept, even if wrong. */
export interface Ipv4Fields {
	readonly src: Address;
	readonly dst: Address;
	readonly protocol: number;
	readonly version?: number;
	/** In words of four octets. */
	readonly ihl?: number;
	readonly dscp?: number;
	readonly ecn?: number;
	/** In octets. */
	readonly totalLength?: number;
	readonly id?: number;
	readonly reserved?: number;
	readonly df?: number;
	readonly mf?: number;
	/** In units of eight octets. */
	readonly fragmentOffset?: number;
	/** 64 if absent. */
	readonly ttl?: number;
	readonly checksum?: number;
	readonly options?: readonly IpOption[];
}

/** A datagram as received. Lengths and checksum were right and are left out. */
export interface Ipv4Packet {
	readonly src: Address;
	readonly dst: Address;
	readonly protocol: number;
	readonly dscp: number;
	readonly ecn: number;
	readonly id: number;
	readonly reserved: number;
	readonly df: number;
	readonly mf: number;
	readonly fragmentOffset: number;
	readonly ttl: number;
	readonly options: readonly IpOption[];
	/** A view of the datagram's own octets, not a copy. */
	readonly payload: Uint8Array;
}

const { get, set } = IPV4;
const NO_OPTIONS = new Uint8Array(0);
/** Total length is a 16-bit field. */
export const MAX_DATAGRAM = 65535;

/**
 * Writes the header of a datagram with `payloadLength` octets of payload into `into` at octet `at`; returns the octet
 * at which the payload belongs. Throws a RangeError when options or length do not fit their fields or the buffer.
 */
export function putIpv4Header(
	into: Uint8Array,
	at: number,
	header: Ipv4Fields,
	payloadLength: number
): number {
	const options = header.options?.length ? encodeIpOptions(header.options) : NO_OPTIONS;
	const length = IPV4.octets + options.length;
	if (length + payloadLength > MAX_DATAGRAM) throw new RangeError('a datagram has at most 65535 octets');
	if (into.length - at < length) throw new RangeError(`the header takes ${length} octets`);
	set.version(into, at, header.version ?? 4);
	set.ihl(into, at, header.ihl ?? length >> 2);
	set.dscp(into, at, header.dscp ?? 0);
	set.ecn(into, at, header.ecn ?? 0);
	set.totalLength(into, at, header.totalLength ?? length + payloadLength);
	set.id(into, at, header.id ?? 0);
	set.reserved(into, at, header.reserved ?? 0);
	set.df(into, at, header.df ?? 0);
	set.mf(into, at, header.mf ?? 0);
	set.fragmentOffset(into, at, header.fragmentOffset ?? 0);
	set.ttl(into, at, header.ttl ?? 64);
	set.protocol(into, at, header.protocol);
	set.checksum(into, at, header.checksum ?? 0);
	set.src(into, at, header.src);
	set.dst(into, at, header.dst);
	if (options.length > 0) into.set(options, at + IPV4.octets);
	if (header.checksum === undefined) set.checksum(into, at, finish(sum(into, at, at + length)));
	return at + length;
}

/** Octets of a header with these options. Throws a RangeError when they take more than 40. */
export function headerLength(options?: readonly IpOption[]): number {
	return IPV4.octets + (options?.length ? encodeIpOptions(options).length : 0);
}

/** A whole datagram. Throws a RangeError when it would exceed 65535 octets or its options 40. */
export function encodeIpv4(header: Ipv4Fields, payload: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(headerLength(header.options) + payload.length);
	bytes.set(payload, putIpv4Header(bytes, 0, header, payload.length));
	return bytes;
}

/**
 * Why RFC 1122 §3.2.1 has a host discard a datagram: wrong version, lengths, header checksum or options; null where
 * nothing is wrong. Octets after the total length are padding of the link and are ignored.
 */
export function verifyIpv4(bytes: Uint8Array): Refused | null {
	if (bytes.length < IPV4.octets) {
		return refuse('truncated', bytes.length * 8, `an IPv4 header takes 20 octets, ${bytes.length} are here`);
	}
	const version = get.version(bytes, 0);
	if (version !== 4) return refuse('version', 0, `version is ${version}, should be 4`);
	const headerLength = get.ihl(bytes, 0) * 4;
	if (headerLength < IPV4.octets || headerLength > bytes.length) {
		return refuse(
			'header-length',
			4,
			lengthProblem('header length', headerLength, IPV4.octets, bytes.length)
		);
	}
	const totalLength = get.totalLength(bytes, 0);
	if (totalLength < headerLength || totalLength > bytes.length) {
		return refuse('total-length', 16, lengthProblem('total length', totalLength, headerLength, bytes.length));
	}
	if (checksum(bytes, 0, headerLength) !== 0) {
		return refuse(
			'checksum',
			80,
			checksumProblem(get.checksum(bytes, 0), ipv4Checksum(bytes, 0, headerLength))
		);
	}
	if (headerLength === IPV4.octets) return null;
	const options = readIpOptions(bytes, IPV4.octets, headerLength);
	return options.problem ? refuse('option', options.at * 8, options.problem) : null;
}

/** Reads a datagram in which `verifyIpv4` finds nothing wrong. */
export function readIpv4(bytes: Uint8Array): Ipv4Packet {
	const headerLength = get.ihl(bytes, 0) * 4;
	const text = get.totalLength(bytes, 0) - headerLength;
	return {
		src: get.src(bytes, 0),
		dst: get.dst(bytes, 0),
		protocol: get.protocol(bytes, 0),
		dscp: get.dscp(bytes, 0),
		ecn: get.ecn(bytes, 0),
		id: get.id(bytes, 0),
		reserved: get.reserved(bytes, 0),
		df: get.df(bytes, 0),
		mf: get.mf(bytes, 0),
		fragmentOffset: get.fragmentOffset(bytes, 0),
		ttl: get.ttl(bytes, 0),
		options: readIpOptions(bytes, IPV4.octets, headerLength).options,
		payload: new Uint8Array(bytes.buffer, bytes.byteOffset + headerLength, text)
	};
}

/** The datagram, or why there is none. */
export function parseIpv4(bytes: Uint8Array): Parsed<Ipv4Packet> {
	return verifyIpv4(bytes) ?? { ok: true, packet: readIpv4(bytes) };
}

/** The checksum that the header in octets `[at, to)` should carry. */
export function ipv4Checksum(bytes: Uint8Array, at: number, to: number): number {
	return finish(sum(bytes, at, to) - get.checksum(bytes, at));
}
