/**
 * Fragments of datagrams as they pass (RFC 791 §3.2). Nothing is put together: a datagram is whole when every octet of
 * it was seen, and of its octets only the first are kept, which hold the headers. Its law: so many datagrams at most
 * are waited for; the one that began longest ago is forgotten.
 */
import type { Datagram } from './read.ts';
import { Recent } from './recent.ts';

const MOST_DATAGRAMS = 256;
/** Packets that are remembered of one datagram: a piece has eight octets at least. */
const MOST_PIECES = 8192;
/** Octets kept from the beginning of a payload. */
const HEAD = 128;

interface Partial {
	readonly packets: number[];
	/** Octets seen: ranges in order, apart from each other. */
	readonly seen: [from: number, to: number][];
	/** Octets of the whole payload, once its last piece was seen. */
	total: number | null;
	readonly head: Uint8Array;
}

export type Pieces = Recent<string, Partial>;

export function createPieces(): Pieces {
	return new Recent(MOST_DATAGRAMS);
}

/** A datagram of which every piece was seen. */
export interface Whole {
	readonly packets: readonly number[];
	readonly length: number;
	/** The beginning of its payload. */
	readonly head: Uint8Array;
}

/** Takes a piece in. The first packet that carried one of the same datagram, and the whole if this completes it. */
export function takePiece(
	pieces: Pieces,
	datagram: Datagram,
	packet: number
): { readonly first: number; readonly whole: Whole | null } {
	const { src, dst, id, protocol, offset, length, more, payload } = datagram;
	const key = `${src} ${dst} ${id} ${protocol}`;
	let partial = pieces.get(key);
	if (!partial) {
		partial = { packets: [], seen: [], total: null, head: new Uint8Array(HEAD) };
		pieces.set(key, partial);
	}
	if (partial.packets.length < MOST_PIECES) partial.packets.push(packet);
	const first = partial.packets[0]!;
	if (offset < HEAD) partial.head.set(payload.subarray(0, HEAD - offset), offset);
	if (!more) partial.total ??= offset + length;
	cover(partial.seen, offset, offset + length);
	const [begin, ...others] = partial.seen;
	const { total } = partial;
	if (total === null || !begin || others.length > 0 || begin[0] > 0 || begin[1] < total)
		return { first, whole: null };
	pieces.delete(key);
	return { first, whole: { packets: partial.packets, length: total, head: partial.head } };
}

/** Adds `[from, to)` and joins what now touches. */
function cover(seen: [number, number][], from: number, to: number): void {
	let at = seen.length;
	while (at > 0 && seen[at - 1]![1] >= from) at--;
	let left = from;
	let right = to;
	let past = at;
	for (; past < seen.length && seen[past]![0] <= right; past++) {
		left = Math.min(left, seen[past]![0]);
		right = Math.max(right, seen[past]![1]);
	}
	seen.splice(at, past - at, [left, right]);
}
