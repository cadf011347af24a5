/**
 * UDP datagrams (RFC 768): the header table, `encodeUdp` and the strict `parseUdp`. The checksum is optional in IPv4:
 * 0 on the wire means that the sender made none, so a sum that comes out as 0 is sent as 0xffff.
 */
import type { Address } from './address.ts';
import { finish, pseudoHeader, sum } from './checksum.ts';
import { UDP_PROTOCOL } from './ipv4-header.ts';
import { defineHeader } from './layout.ts';
import { checksumProblem, lengthProblem, refuse, type Parsed } from './parsed.ts';
import { count, hex } from './text.ts';

export const UDP = defineHeader('UDP', [
	{
		name: 'srcPort',
		bits: 16,
		label: 'Source port',
		filter: 'udp.srcport',
		rfc: 'RFC 768',
		note: 'The door of the sending program, so that an answer can find it.'
	},
	{
		name: 'dstPort',
		bits: 16,
		label: 'Destination port',
		filter: 'udp.dstport',
		rfc: 'RFC 768',
		note: 'The door the datagram wants to reach.'
	},
	{
		name: 'length',
		bits: 16,
		label: 'Length',
		filter: 'udp.length',
		rfc: 'RFC 768',
		note: 'Counts header and data together.',
		fill: 'length',
		show: (value) => count(value, 'octet')
	},
	{
		name: 'checksum',
		bits: 16,
		label: 'Checksum',
		filter: 'udp.checksum',
		rfc: 'RFC 768',
		note: 'A sum over the datagram and its addresses; 0 says that the sender made none.',
		fill: 'checksum',
		show: (value) => (value === 0 ? '0x0000 (none)' : hex(value, 4))
	}
]);

export interface UdpDatagram {
	readonly srcPort: number;
	readonly dstPort: number;
	readonly payload: Uint8Array;
	/** In octets. Absent: computed when encoding. Given: kept, even if wrong. */
	readonly length?: number;
	/** Absent: computed when encoding. Given: kept, even if wrong; 0 is no checksum. */
	readonly checksum?: number;
}

const { get, set } = UDP;

/** What the checksum field should hold for the datagram in `bytes[from, to)`, which is whole. */
export function udpChecksum(bytes: Uint8Array, from: number, to: number, src: Address, dst: Address): number {
	const total = sum(bytes, from, to, pseudoHeader(src, dst, UDP_PROTOCOL, to - from));
	return finish(total - get.checksum(bytes, from)) || 0xffff;
}

/** Writes a datagram into `into` at octet `at`; returns the octet after it. Throws a RangeError when it does not fit. */
export function putUdp(
	into: Uint8Array,
	at: number,
	datagram: UdpDatagram,
	src: Address,
	dst: Address
): number {
	const length = UDP.octets + datagram.payload.length;
	if (into.length - at < length) throw new RangeError(`the datagram takes ${length} octets`);
	set.srcPort(into, at, datagram.srcPort);
	set.dstPort(into, at, datagram.dstPort);
	set.length(into, at, datagram.length ?? length);
	set.checksum(into, at, datagram.checksum ?? 0);
	into.set(datagram.payload, at + UDP.octets);
	if (datagram.checksum === undefined) set.checksum(into, at, udpChecksum(into, at, at + length, src, dst));
	return at + length;
}

/** A whole datagram, as the payload of an IP datagram from `src` to `dst`. */
export function encodeUdp(datagram: UdpDatagram, src: Address, dst: Address): Uint8Array {
	const bytes = new Uint8Array(UDP.octets + datagram.payload.length);
	putUdp(bytes, 0, datagram, src, dst);
	return bytes;
}

/** Reads a datagram that came from `src` to `dst`; a wrong length or checksum is refused (RFC 1122 §4.1.3). */
export function parseUdp(bytes: Uint8Array, src: Address, dst: Address): Parsed<UdpDatagram> {
	if (bytes.length < UDP.octets) {
		return refuse('truncated', bytes.length * 8, `a UDP header takes 8 octets, ${bytes.length} are here`);
	}
	const length = get.length(bytes, 0);
	if (length < UDP.octets || length > bytes.length) {
		return refuse('total-length', 32, lengthProblem('length', length, UDP.octets, bytes.length));
	}
	const is = get.checksum(bytes, 0);
	if (is !== 0) {
		const should = udpChecksum(bytes, 0, length, src, dst);
		if (is !== should) return refuse('checksum', 48, checksumProblem(is, should));
	}
	return {
		ok: true,
		packet: {
			srcPort: get.srcPort(bytes, 0),
			dstPort: get.dstPort(bytes, 0),
			payload: bytes.subarray(UDP.octets, length),
			...(is === 0 && { checksum: 0 })
		}
	};
}
