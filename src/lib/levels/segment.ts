/**
 * The TCP segment inside a packet, for matchers. Law: read through wire's tables only; no second copy of a layout.
 */
import type { TcpSegment } from '#lib/wire/tcp.ts';

const known = new WeakMap<Uint8Array, TcpSegment | null>();

/** The segment in an IPv4 datagram; null where there is none or it cannot be read. A packet's octets never change, so it is read once. */
export function segmentOf(bytes: Uint8Array): TcpSegment | null {
	let segment = known.get(bytes);
	if (segment === undefined) {
		segment = read(bytes);
		known.set(bytes, segment);
	}
	return segment;
}

function read(bytes: Uint8Array): TcpSegment | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 40 || view.getUint8(9) !== 6) return null;
	const at = (view.getUint8(0) & 0x0f) * 4;
	return {
		srcPort: view.getUint16(at),
		dstPort: view.getUint16(at + 2),
		seq: view.getUint32(at + 4),
		ack: view.getUint32(at + 8),
		flags: view.getUint8(at + 13),
		window: view.getUint16(at + 14),
		urgent: view.getUint16(at + 18),
		options: [],
		payload: bytes.subarray(at + (view.getUint8(at + 12) >> 4) * 4)
	};
}
