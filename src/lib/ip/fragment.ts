/**
 * Cutting a datagram for a link that is too narrow for it (RFC 791 §3.2). Every piece but the last carries a multiple of
 * eight octets; the first has all options, the others only those whose copied flag is set. Works on whole octets and
 * changes nothing in place, so a piece can be cut again further on.
 */
import { checksum } from '#lib/wire/checksum.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';

const { get, set } = IPV4;
const END_OF_LIST = 0;
const NO_OPERATION = 1;
const COPIED = 0x80;

/** Computes the header checksum anew. `bytes` holds at least the header that its IHL names. */
export function sealHeader(bytes: Uint8Array): void {
	set.checksum(bytes, 0, 0);
	set.checksum(bytes, 0, checksum(bytes, 0, get.ihl(bytes, 0) * 4));
}

/** The options that go into every piece, padded to whole words. */
function copiedOptions(options: Uint8Array): Uint8Array {
	const kept: number[] = [];
	for (let at = 0; at < options.length;) {
		const type = options[at]!;
		if (type === END_OF_LIST) break;
		const length = type === NO_OPERATION ? 1 : Math.max(2, options[at + 1] ?? 2);
		if (type & COPIED) kept.push(...options.subarray(at, at + length));
		at += length;
	}
	while (kept.length % 4 > 0) kept.push(END_OF_LIST);
	return Uint8Array.from(kept);
}

/**
 * The pieces of `datagram`, a valid one, of at most `mtu` octets each, in order; itself alone when it fits. Throws a
 * RangeError when `mtu` leaves no room for eight octets beside the header; 68 always does (RFC 791 §3.2).
 */
export function fragment(datagram: Uint8Array, mtu: number): Uint8Array[] {
	const total = get.totalLength(datagram, 0);
	if (total <= mtu) return [datagram];
	const first = get.ihl(datagram, 0) * 4;
	const copied = copiedOptions(datagram.subarray(IPV4.octets, first));
	const base = get.fragmentOffset(datagram, 0);
	const more = get.mf(datagram, 0);
	const pieces: Uint8Array[] = [];
	for (let from = first; from < total;) {
		const options = from === first ? datagram.subarray(IPV4.octets, first) : copied;
		const header = IPV4.octets + options.length;
		const rest = total - from;
		const room = rest <= mtu - header ? rest : (mtu - header) & ~7;
		if (room <= 0) throw new RangeError(`no piece of a datagram fits into ${mtu} octets`);
		const piece = new Uint8Array(header + room);
		piece.set(datagram.subarray(0, IPV4.octets));
		piece.set(options, IPV4.octets);
		piece.set(datagram.subarray(from, from + room), header);
		set.ihl(piece, 0, header / 4);
		set.totalLength(piece, 0, piece.length);
		set.fragmentOffset(piece, 0, base + (from - first) / 8);
		set.mf(piece, 0, from + room < total ? 1 : more);
		sealHeader(piece);
		pieces.push(piece);
		from += room;
	}
	return pieces;
}
