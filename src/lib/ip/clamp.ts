/**
 * MSS clamping: a router that knows of a narrow link lowers the MSS option of the SYNs that pass, so that connections fit
 * without path MTU discovery, which filters break (RFC 4459 §3.2). Only ever lowers; the checksum moves by the difference
 * (RFC 1624), so what was wrong stays wrong.
 */
import { update } from '#lib/wire/checksum.ts';
import { IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { SYN } from '#lib/wire/tcp.ts';
import { TCP } from '#lib/wire/tcp-header.ts';

const END_OF_LIST = 0;
const NO_OPERATION = 1;
const MSS = 2;
const MSS_LENGTH = 4;
/** Octets of the fixed headers of IP and TCP. */
const HEADERS = 40;

/** Lowers the MSS that a SYN in this valid datagram offers to what `mtu` octets hold, in place. Fragments have none. */
export function clampMss(datagram: Uint8Array, mtu: number): void {
	const { get } = IPV4;
	if (get.protocol(datagram, 0) !== TCP_PROTOCOL || get.fragmentOffset(datagram, 0) > 0) return;
	const tcp = get.ihl(datagram, 0) * 4;
	const length = get.totalLength(datagram, 0);
	if (length < tcp + TCP.octets || !((datagram[tcp + 13] ?? 0) & SYN)) return;
	const end = Math.min(length, tcp + TCP.get.dataOffset(datagram, tcp) * 4);
	const most = mtu - HEADERS;
	for (let at = tcp + TCP.octets; at + 1 < end;) {
		const kind = datagram[at];
		if (kind === END_OF_LIST) return;
		if (kind === NO_OPERATION) {
			at += 1;
			continue;
		}
		const size = datagram[at + 1] ?? 0;
		if (size < 2) return;
		if (kind === MSS && size === MSS_LENGTH && at + size <= end) lower(datagram, tcp, at + 2, most);
		at += size;
	}
}

/** The option's value lies on any octet, the checksum counts in words from the start of the segment. */
function lower(bytes: Uint8Array, tcp: number, at: number, most: number): void {
	const offered = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
	if (offered <= most) return;
	const odd = (at - tcp) & 1;
	const words = odd ? [at - 1, at + 1] : [at];
	const word = (place: number) => ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0);
	const before = words.map(word);
	bytes[at] = most >> 8;
	bytes[at + 1] = most & 0xff;
	let sum = TCP.get.checksum(bytes, tcp);
	for (const [index, place] of words.entries()) sum = update(sum, before[index] ?? 0, word(place));
	TCP.set.checksum(bytes, tcp, sum);
}
