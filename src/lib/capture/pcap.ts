/**
 * Reads capture files: classic pcap here (draft-ietf-opsawg-pcap), either byte order, micro- or nanoseconds; pcapng in
 * `read-pcapng.ts`. `readCapture` tells them apart by their first four octets.
 */
import { CaptureError, LIMITS, type Capture, type CapturePacket, type Limits } from './capture.ts';
import { SECTION_HEADER } from './pcapng.ts';
import { readPcapng } from './read-pcapng.ts';

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER = 24;
const PACKET_HEADER = 16;

interface Kind {
	readonly little: boolean;
	readonly nano: boolean;
}

function kindOf(view: DataView): Kind | null {
	for (const little of [true, false]) {
		const magic = view.getUint32(0, little);
		if (magic === MICROSECONDS || magic === NANOSECONDS) return { little, nano: magic === NANOSECONDS };
	}
	return null;
}

/** Reads a classic pcap file. Throws a CaptureError. */
export function readPcap(bytes: Uint8Array, limits: Limits = LIMITS): Capture {
	if (bytes.length > limits.octets)
		throw new CaptureError(`more than ${limits.octets} octets`, limits.octets);
	if (bytes.length < FILE_HEADER) throw new CaptureError('the file ends inside its header', bytes.length);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kind = kindOf(view);
	if (!kind) throw new CaptureError('not a pcap file', 0);
	const { little, nano } = kind;
	const major = view.getUint16(4, little);
	if (major !== 2) throw new CaptureError(`pcap version ${major} is not understood`, 4);
	// the upper bits tell of frame check sequences
	const linkType = view.getUint32(20, little) & 0xffff;
	const packets: CapturePacket[] = [];
	for (let at = FILE_HEADER; at < bytes.length;) {
		if (packets.length >= limits.packets) throw new CaptureError(`more than ${limits.packets} packets`, at);
		if (bytes.length - at < PACKET_HEADER) throw new CaptureError('the file ends inside a packet header', at);
		const seconds = view.getUint32(at, little);
		const fraction = view.getUint32(at + 4, little);
		const kept = view.getUint32(at + 8, little);
		const length = view.getUint32(at + 12, little);
		if (fraction >= (nano ? 1e9 : 1e6))
			throw new CaptureError('a time has more than a second of fraction', at + 4);
		if (kept > limits.packet) throw new CaptureError(`a packet of ${kept} octets`, at + 8);
		const start = at + PACKET_HEADER;
		if (kept > bytes.length - start) throw new CaptureError('the file ends inside a packet', start);
		packets.push({
			interface: 0,
			at: seconds * 1e6 + (nano ? Math.floor(fraction / 1000) : fraction),
			bytes: bytes.slice(start, start + kept),
			...(length !== kept && { originalLength: length })
		});
		at = start + kept;
	}
	return { interfaces: [{ name: '', linkType, snaplen: view.getUint32(16, little) }], packets };
}

/** Reads a pcap or pcapng file. Throws a CaptureError when it is neither, damaged, or over the limits. */
export function readCapture(bytes: Uint8Array, limits: Limits = LIMITS): Capture {
	if (bytes.length < 4) throw new CaptureError('the file is too short to be a capture', bytes.length);
	const magic = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
	return magic === SECTION_HEADER ? readPcapng(bytes, limits) : readPcap(bytes, limits);
}
