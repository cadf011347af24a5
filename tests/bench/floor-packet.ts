/** A packet of the floor: 20 + 20 octets of headers and a payload, written and read with both checksums. */
export const HEADERS = 40;

export interface Header {
	readonly src: number;
	readonly dst: number;
	readonly srcPort: number;
	readonly dstPort: number;
	readonly seq: number;
	readonly ack: number;
	readonly flags: number;
	readonly window: number;
	readonly payload: Uint8Array;
}

function checksum(view: DataView, from: number, to: number, initial: number): number {
	let total = initial;
	let at = from;
	for (const end = to - 15; at < end; at += 16) {
		const a = view.getInt32(at);
		const b = view.getInt32(at + 4);
		const c = view.getInt32(at + 8);
		const d = view.getInt32(at + 12);
		total += (a >>> 16) + (b >>> 16) + (c >>> 16) + (d >>> 16);
		total += (a & 0xffff) + (b & 0xffff) + (c & 0xffff) + (d & 0xffff);
	}
	for (; at + 1 < to; at += 2) total += view.getUint16(at);
	if (at < to) total += view.getUint8(at) << 8;
	while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
	return ~total & 0xffff;
}

function pseudoHeader(src: number, dst: number, length: number): number {
	return (src >>> 16) + (src & 0xffff) + (dst >>> 16) + (dst & 0xffff) + 6 + length;
}

/** Writes a whole packet into `bytes`; returns its length. */
export function encode(bytes: Uint8Array, header: Header): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const { src, dst, payload } = header;
	const length = HEADERS + payload.length;
	view.setUint16(0, 0x4500);
	view.setUint16(2, length);
	view.setUint32(4, 0x4000);
	view.setUint32(8, 0x40060000);
	view.setUint32(12, src);
	view.setUint32(16, dst);
	view.setUint16(10, checksum(view, 0, 20, 0));
	view.setUint16(20, header.srcPort);
	view.setUint16(22, header.dstPort);
	view.setUint32(24, header.seq);
	view.setUint32(28, header.ack);
	view.setUint16(32, 0x5000 | header.flags);
	view.setUint16(34, header.window);
	view.setUint32(36, 0);
	bytes.set(payload, HEADERS);
	view.setUint16(36, checksum(view, 20, length, pseudoHeader(src, dst, length - 20)));
	return length;
}

/** Verifies both checksums and reads a packet; its payload is a view. */
export function decode(bytes: Uint8Array): Header {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const src = view.getUint32(12);
	const dst = view.getUint32(16);
	const length = view.getUint16(2);
	if (checksum(view, 0, 20, 0) !== 0) throw new Error('the floor broke an IP header');
	if (checksum(view, 20, length, pseudoHeader(src, dst, length - 20)) !== 0)
		throw new Error('the floor broke a segment');
	return {
		src,
		dst,
		srcPort: view.getUint16(20),
		dstPort: view.getUint16(22),
		seq: view.getUint32(24),
		ack: view.getUint32(28),
		flags: view.getUint16(32) & 0xff,
		window: view.getUint16(34),
		payload: bytes.subarray(HEADERS, length)
	};
}
