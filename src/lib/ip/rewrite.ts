/**
 * Changing the octets of a datagram in place and keeping its sums true: by the difference alone where one word changes
 * (RFC 1624), or anew. A sum that was wrong stays wrong by the same amount under a change by difference, so a translator
 * hides no damage (RFC 3022 §4.1).
 */
import type { Address } from '#lib/wire/address.ts';
import { finish, pseudoHeader, sum, update } from '#lib/wire/checksum.ts';
import { ICMP } from '#lib/wire/icmp-header.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { UDP } from '#lib/wire/udp.ts';
import { sealHeader } from './fragment.ts';

export interface Endpoint {
	readonly address: Address;
	/** Port of TCP or UDP; identifier of an ICMP query. */
	readonly port: number;
}

export type Side = 'src' | 'dst';

function word(bytes: Uint8Array, at: number): number {
	return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function setWord(bytes: Uint8Array, at: number, value: number): void {
	bytes[at] = value >>> 8;
	bytes[at + 1] = value & 0xff;
}

/** Octet at which the protocol's own checksum lies, counted from its header; null: none is known. */
function checksumPlace(protocol: number): number | null {
	if (protocol === TCP_PROTOCOL) return 16;
	if (protocol === UDP_PROTOCOL) return 6;
	return protocol === ICMP_PROTOCOL ? 2 : null;
}

/** Octet at which the port (or identifier) of this side lies, counted from the protocol's header. */
function portPlace(protocol: number, side: Side): number {
	if (protocol === ICMP_PROTOCOL) return 4;
	return side === 'src' ? 0 : 2;
}

export function endpointOf(bytes: Uint8Array, at: number, side: Side): Endpoint {
	const transport = at + IPV4.get.ihl(bytes, at) * 4;
	const port = word(bytes, transport + portPlace(IPV4.get.protocol(bytes, at), side));
	return { address: IPV4.get[side](bytes, at), port };
}

/**
 * Gives one side of the datagram at octet `at` another address and port, and corrects the header checksum and that of
 * TCP, UDP or ICMP by the difference. The datagram may be cut off (a quotation); what is not there is not changed.
 */
export function setEndpoint(bytes: Uint8Array, at: number, side: Side, { address, port }: Endpoint): void {
	const protocol = IPV4.get.protocol(bytes, at);
	const transport = at + IPV4.get.ihl(bytes, at) * 4;
	const place = checksumPlace(protocol);
	const checksumAt = place === null ? Infinity : transport + place;
	const summed = checksumAt + 2 <= bytes.length;
	const none = protocol === UDP_PROTOCOL && summed && word(bytes, checksumAt) === 0;

	function change(where: number, value: number, sums: readonly number[]): void {
		const before = word(bytes, where);
		setWord(bytes, where, value);
		for (const sumAt of sums) setWord(bytes, sumAt, update(word(bytes, sumAt), before, value));
	}
	const header = at + 10;
	const both = summed && !none && protocol !== ICMP_PROTOCOL ? [header, checksumAt] : [header];
	const addressAt = at + (side === 'src' ? 12 : 16);
	change(addressAt, address >>> 16, both);
	change(addressAt + 2, address & 0xffff, both);
	const portAt = transport + portPlace(protocol, side);
	if (portAt + 2 <= bytes.length) change(portAt, port, summed && !none ? [checksumAt] : []);
	// RFC 768: a sum of 0 is sent as all ones, for 0 says that there is none
	if (protocol === UDP_PROTOCOL && summed && !none && word(bytes, checksumAt) === 0)
		setWord(bytes, checksumAt, 0xffff);
}

/** Computes the checksum of the ICMP message at octet `at` anew. */
export function sealIcmp(bytes: Uint8Array, at: number, end: number): void {
	ICMP.set.checksum(bytes, at, 0);
	ICMP.set.checksum(bytes, at, finish(sum(bytes, at, end)));
}

/** Computes every checksum of a whole datagram anew; in a fragment only that of the header, for the rest is elsewhere. */
export function sealAll(bytes: Uint8Array): void {
	const { get } = IPV4;
	const header = get.ihl(bytes, 0) * 4;
	const end = Math.min(bytes.length, get.totalLength(bytes, 0));
	if (header < IPV4.octets || header > bytes.length) return;
	sealHeader(bytes);
	if (get.mf(bytes, 0) || get.fragmentOffset(bytes, 0)) return;
	const protocol = get.protocol(bytes, 0);
	const length = end - header;
	const pseudo = pseudoHeader(get.src(bytes, 0), get.dst(bytes, 0), protocol, length);
	if (protocol === TCP_PROTOCOL && length >= TCP.octets) {
		TCP.set.checksum(bytes, header, 0);
		TCP.set.checksum(bytes, header, finish(sum(bytes, header, end, pseudo)));
	} else if (protocol === UDP_PROTOCOL && length >= UDP.octets) {
		UDP.set.checksum(bytes, header, 0);
		UDP.set.checksum(bytes, header, finish(sum(bytes, header, end, pseudo)) || 0xffff);
	} else if (protocol === ICMP_PROTOCOL && length >= ICMP.octets) sealIcmp(bytes, header, end);
}
