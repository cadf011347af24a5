/**
 * Reads capture files: classic pcap here (draft-ietf-opsawg-pcap), either byte order, micro- or nanoseconds; pcapng in
 * `read-pcapng.ts`. `readCapture` tells them apart by their first four octets; `captureReader` does so for a file that
 * arrives in pieces.
 */
import {
	CaptureError,
	LIMITS,
	type Capture,
	type CaptureInterface,
	type CapturePacket,
	type Limits
} from './capture.ts';
import { SECTION_HEADER } from './pcapng.ts';
import { pcapngFormat } from './read-pcapng.ts';
import { RecordReader, type Format, type Window } from './records.ts';

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER = 24;
const PACKET_HEADER = 16;

/** Where what is read goes. The octets of a packet are a view of the file, to be copied if they are to be kept. */
export interface Sink {
	/** The next interface; packets name them by their order. */
	interface(link: CaptureInterface): void;
	packet(packet: CapturePacket): void;
}

interface Kind {
	readonly little: boolean;
	readonly nano: boolean;
}

function kindOf(view: DataView): Kind | null {
	if (view.byteLength < 4) return null;
	for (const little of [true, false]) {
		const magic = view.getUint32(0, little);
		if (magic === MICROSECONDS || magic === NANOSECONDS) return { little, nano: magic === NANOSECONDS };
	}
	return null;
}

function pcapFormat(sink: Sink, limits: Limits): Format {
	let kind: Kind | null = null;
	let packets = 0;

	function header({ view, bytes, base }: Window): number {
		if (bytes.length < FILE_HEADER) {
			if (bytes.length >= 4 && !kindOf(view)) throw new CaptureError('not a pcap file', base);
			return 0;
		}
		kind = kindOf(view);
		if (!kind) throw new CaptureError('not a pcap file', base);
		const { little } = kind;
		const major = view.getUint16(4, little);
		if (major !== 2) throw new CaptureError(`pcap version ${major} is not understood`, base + 4);
		// the upper bits tell of frame check sequences
		const linkType = view.getUint32(20, little) & 0xffff;
		sink.interface({ name: '', linkType, snaplen: view.getUint32(16, little) });
		return FILE_HEADER;
	}

	function record({ view, bytes, base }: Window, at: number, { little, nano }: Kind): number {
		if (packets >= limits.packets) throw new CaptureError(`more than ${limits.packets} packets`, base + at);
		if (bytes.length - at < PACKET_HEADER) return 0;
		const fraction = view.getUint32(at + 4, little);
		const kept = view.getUint32(at + 8, little);
		const length = view.getUint32(at + 12, little);
		if (fraction >= (nano ? 1e9 : 1e6))
			throw new CaptureError('a time has more than a second of fraction', base + at + 4);
		if (kept > limits.packet) throw new CaptureError(`a packet of ${kept} octets`, base + at + 8);
		const start = at + PACKET_HEADER;
		if (kept > bytes.length - start) return 0;
		packets++;
		sink.packet({
			interface: 0,
			at: view.getUint32(at, little) * 1e6 + (nano ? Math.floor(fraction / 1000) : fraction),
			bytes: bytes.subarray(start, start + kept),
			...(length !== kept && { originalLength: length })
		});
		return PACKET_HEADER + kept;
	}

	return {
		next: (window, at) => (kind ? record(window, at, kind) : header(window)),
		torn({ bytes, base }, at) {
			if (!kind) return new CaptureError('the file ends inside its header', base + bytes.length);
			const start = at + PACKET_HEADER;
			return bytes.length < start
				? new CaptureError('the file ends inside a packet header', base + at)
				: new CaptureError('the file ends inside a packet', base + start);
		}
	};
}

/** Reads a pcap or pcapng file that arrives in pieces. */
export function captureReader(sink: Sink, limits: Limits = LIMITS): RecordReader {
	return new RecordReader(({ view, bytes }) => {
		if (bytes.length < 4) throw new CaptureError('the file is too short to be a capture', bytes.length);
		if (view.getUint32(0) === SECTION_HEADER) return pcapngFormat(sink, limits);
		if (!kindOf(view)) throw new CaptureError('not a pcap file', 0);
		return pcapFormat(sink, limits);
	}, limits);
}

/** All of a file at once. */
function gather(bytes: Uint8Array, open: (sink: Sink) => RecordReader): Capture {
	const interfaces: CaptureInterface[] = [];
	const packets: CapturePacket[] = [];
	const reader = open({
		interface: (link) => void interfaces.push(link),
		packet: (packet) => void packets.push({ ...packet, bytes: packet.bytes.slice() })
	});
	reader.push(bytes);
	reader.end();
	return { interfaces, packets };
}

/** Reads a classic pcap file. Throws a CaptureError. */
export function readPcap(bytes: Uint8Array, limits: Limits = LIMITS): Capture {
	return gather(bytes, (sink) => new RecordReader(() => pcapFormat(sink, limits), limits));
}

/** Reads a pcapng file. Throws a CaptureError. */
export function readPcapng(bytes: Uint8Array, limits: Limits = LIMITS): Capture {
	return gather(bytes, (sink) => new RecordReader(() => pcapngFormat(sink, limits), limits));
}

/** Reads a pcap or pcapng file. Throws a CaptureError when it is neither, damaged, or over the limits. */
export function readCapture(bytes: Uint8Array, limits: Limits = LIMITS): Capture {
	return gather(bytes, (sink) => captureReader(sink, limits));
}
