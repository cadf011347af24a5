/**
 * The Internet checksum: the one's complement of the one's complement sum of 16-bit words (RFC 1071). Sums can be
 * carried on from part to part (`sum`), so a pseudo-header, a header and its payload need not lie side by side; every
 * part but the last must have an even number of octets. Long runs are read as 32-bit words and added in two halves.
 */
import type { Address } from './address.ts';

/** Octets after which a running sum is folded, so that the halves stay small integers. */
const BLOCK = 32768;
/** Below this many octets a view costs more than it saves. */
const SHORT = 64;

function shortSum(bytes: Uint8Array, from: number, to: number, initial: number): number {
	let total = initial;
	let at = from;
	for (; at + 1 < to; at += 2) total += (bytes[at]! << 8) | bytes[at + 1]!;
	if (at < to) total += bytes[at]! << 8;
	return total;
}

/** Folds a running sum to 16 bits by adding its carries back in (RFC 1071 §1). */
export function fold(total: number): number {
	// beyond 32 bits the integer operators would lose the top
	let folded = total > 0xffffffff ? (total % 0x100000000) + Math.floor(total / 0x100000000) : total;
	while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16);
	return folded;
}

/**
 * Adds the 16-bit words of `bytes[from, to)` to `initial`; an odd last octet counts as if a zero followed it. The
 * result is a running sum for `fold` or `finish`, not a checksum.
 */
export function sum(bytes: Uint8Array, from = 0, to = bytes.length, initial = 0): number {
	if (to - from < SHORT) return shortSum(bytes, from, to, initial);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let total = initial;
	let at = from;
	while (to - at >= 16) {
		const end = at + Math.min(BLOCK, (to - at) & ~15);
		let high = 0;
		let low = 0;
		for (; at < end; at += 16) {
			const a = view.getInt32(at);
			const b = view.getInt32(at + 4);
			const c = view.getInt32(at + 8);
			const d = view.getInt32(at + 12);
			high += (a >>> 16) + (b >>> 16) + (c >>> 16) + (d >>> 16);
			low += (a & 0xffff) + (b & 0xffff) + (c & 0xffff) + (d & 0xffff);
		}
		total = fold(total + high + low);
	}
	return shortSum(bytes, at, to, total);
}

/** The checksum field for a running sum: folded and complemented. */
export function finish(total: number): number {
	return ~fold(total) & 0xffff;
}

/** The checksum of `bytes[from, to)`. Over data that includes a correct checksum field the result is 0. */
export function checksum(bytes: Uint8Array, from = 0, to = bytes.length): number {
	return finish(sum(bytes, from, to));
}

/**
 * The running sum of the pseudo-header that ties a segment to its addresses (RFC 9293 §3.1, RFC 768). `length` is
 * that of the TCP or UDP header and payload, in octets.
 */
export function pseudoHeader(src: Address, dst: Address, protocol: number, length: number): number {
	return (src >>> 16) + (src & 0xffff) + (dst >>> 16) + (dst & 0xffff) + protocol + length;
}

/**
 * The checksum after one 16-bit word changed from `before` to `after`: HC' = ~(~HC + ~m + m') (RFC 1624 §3). A router
 * that takes one from the time to live need not read the rest of the header.
 */
export function update(checksum: number, before: number, after: number): number {
	return finish((~checksum & 0xffff) + (~before & 0xffff) + after);
}
