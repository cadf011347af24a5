/**
 * Reads a pcapng file: sections of either byte order, interface descriptions, enhanced and simple packet blocks. Blocks
 * of other kinds are stepped over, as the format asks. Every length is checked against what is there before it is used.
 */
import { CaptureError, type CaptureInterface, type CapturePacket, type Limits } from './capture.ts';
import {
	BYTE_ORDER,
	COMMENT,
	END_OF_OPTIONS,
	ENHANCED_PACKET,
	IF_DESCRIPTION,
	IF_NAME,
	IF_TSRESOL,
	INTERFACE_DESCRIPTION,
	SECTION_HEADER
} from './pcapng.ts';
import type { Format } from './records.ts';
import { decodeUtf8 } from './utf8.ts';

const SIMPLE_PACKET = 3;
const MAX_INTERFACES = 1024;

/** A block's body: `[from, to)` of the file, without type, lengths and trailer. */
interface Body {
	readonly bytes: Uint8Array;
	readonly view: DataView;
	readonly little: boolean;
	readonly from: number;
	readonly to: number;
	/** Octet of the file at which `bytes` begins. */
	readonly base: number;
}

interface Source {
	readonly link: CaptureInterface;
	/** Units of a timestamp per second. */
	readonly resolution: bigint;
}

function need(body: Body, octets: number): void {
	if (body.to - body.from < octets)
		throw new CaptureError(`a block takes at least ${octets} octets`, body.base + body.from);
}

function optionsOf(body: Body, from: number): Map<number, Uint8Array> {
	const options = new Map<number, Uint8Array>();
	for (let at = from; at + 4 <= body.to;) {
		const code = body.view.getUint16(at, body.little);
		const length = body.view.getUint16(at + 2, body.little);
		if (code === END_OF_OPTIONS) break;
		const end = at + 4 + length;
		if (end > body.to) throw new CaptureError('an option ends beyond its block', body.base + at);
		if (!options.has(code)) options.set(code, body.bytes.subarray(at + 4, end));
		at = end + ((4 - (length & 3)) & 3);
	}
	return options;
}

function textOf(options: Map<number, Uint8Array>, code: number): string | undefined {
	const value = options.get(code);
	return value && decodeUtf8(value);
}

/** `if_tsresol`: a power of ten, or with the high bit set a power of two. */
function resolutionOf(value: Uint8Array | undefined, at: number): bigint {
	const exponent = value?.[0] ?? 6;
	if ((exponent & 0x7f) > 63) throw new CaptureError('an interface counts time too finely', at);
	return exponent & 0x80 ? 2n ** BigInt(exponent & 0x7f) : 10n ** BigInt(exponent);
}

function interfaceOf(body: Body): Source {
	need(body, 8);
	const options = optionsOf(body, body.from + 8);
	const description = textOf(options, IF_DESCRIPTION);
	return {
		link: {
			name: textOf(options, IF_NAME) ?? '',
			...(description !== undefined && { description }),
			linkType: body.view.getUint16(body.from, body.little),
			snaplen: body.view.getUint32(body.from + 4, body.little)
		},
		resolution: resolutionOf(options.get(IF_TSRESOL), body.base + body.from)
	};
}

function microseconds(high: number, low: number, resolution: bigint, at: number): number {
	const micros = (((BigInt(high) << 32n) | BigInt(low)) * 1_000_000n) / resolution;
	if (micros > BigInt(Number.MAX_SAFE_INTEGER)) throw new CaptureError('a time is too far in the future', at);
	return Number(micros);
}

function octetsOf(body: Body, from: number, kept: number, limits: Limits): Uint8Array {
	if (kept > limits.packet) throw new CaptureError(`a packet of ${kept} octets`, body.base + from);
	if (kept > body.to - from) throw new CaptureError('a packet ends beyond its block', body.base + from);
	return body.bytes.subarray(from, from + kept);
}

/** `base` is the position of the section's first interface among all. */
function enhancedOf(body: Body, sources: readonly Source[], base: number, limits: Limits): CapturePacket {
	need(body, 20);
	const { view, little, from } = body;
	const id = base + view.getUint32(from, little);
	const source = sources[id];
	if (!source) throw new CaptureError('a packet names an interface that is not described', body.base + from);
	const kept = view.getUint32(from + 12, little);
	const length = view.getUint32(from + 16, little);
	const bytes = octetsOf(body, from + 20, kept, limits);
	const comment = textOf(optionsOf(body, from + 20 + ((kept + 3) & ~3)), COMMENT);
	return {
		interface: id,
		at: microseconds(
			view.getUint32(from + 4, little),
			view.getUint32(from + 8, little),
			source.resolution,
			body.base + from + 4
		),
		bytes,
		...(length !== kept && { originalLength: length }),
		...(comment !== undefined && { comment })
	};
}

/** A simple packet has no time and belongs to the section's first interface. */
function simpleOf(body: Body, sources: readonly Source[], base: number, limits: Limits): CapturePacket {
	need(body, 4);
	const source = sources[base];
	if (!source) throw new CaptureError('a packet comes before any interface', body.base + body.from);
	const length = body.view.getUint32(body.from, body.little);
	const kept = Math.min(length, source.link.snaplen || length);
	const bytes = octetsOf(body, body.from + 4, kept, limits);
	return { interface: base, at: 0, bytes, ...(length !== kept && { originalLength: length }) };
}

function byteOrder(view: DataView, at: number, base: number): boolean {
	if (view.getUint32(at + 8, true) === BYTE_ORDER) return true;
	if (view.getUint32(at + 8, false) === BYTE_ORDER) return false;
	throw new CaptureError('the section has no byte-order mark', base + at + 8);
}

/** Where what is read goes. */
interface Sink {
	interface(link: CaptureInterface): void;
	packet(packet: CapturePacket): void;
}

export function pcapngFormat(sink: Sink, limits: Limits): Format {
	const sources: Source[] = [];
	let packets = 0;
	let little = true;
	/** Position of the section's first interface among all. */
	let first = 0;
	let begun = false;

	function take(type: number, body: Body, at: number): void {
		if (type === INTERFACE_DESCRIPTION) {
			if (sources.length >= MAX_INTERFACES) throw new CaptureError('too many interfaces', at);
			const source = interfaceOf(body);
			sources.push(source);
			sink.interface(source.link);
		} else if (type === ENHANCED_PACKET || type === SIMPLE_PACKET) {
			if (packets >= limits.packets) throw new CaptureError(`more than ${limits.packets} packets`, at);
			const read = type === ENHANCED_PACKET ? enhancedOf : simpleOf;
			sink.packet(read(body, sources, first, limits));
			packets++;
		}
	}

	return {
		next({ bytes, view, base }, at) {
			if (bytes.length - at < 12) return 0;
			// the type of a section header reads the same in both byte orders
			const isSection = view.getUint32(at) === SECTION_HEADER;
			if (!begun && !isSection) throw new CaptureError('not a pcapng file', base + at);
			if (isSection) {
				little = byteOrder(view, at, base);
				first = sources.length;
				begun = true;
			}
			const type = view.getUint32(at, little);
			const length = view.getUint32(at + 4, little);
			if (length < 12 || length % 4 !== 0)
				throw new CaptureError(`a block of ${length} octets`, base + at + 4);
			if (length > bytes.length - at) return 0;
			if (view.getUint32(at + length - 4, little) !== length)
				throw new CaptureError('the two lengths of a block differ', base + at + length - 4);
			const body: Body = { bytes, view, little, from: at + 8, to: at + length - 4, base };
			if (isSection) {
				need(body, 16);
				const major = view.getUint16(at + 12, little);
				if (major !== 1) throw new CaptureError(`pcapng version ${major} is not understood`, base + at + 12);
			} else take(type, body, base + at);
			return length;
		},
		torn({ base }, at) {
			return new CaptureError('the file ends inside a block', base + at);
		}
	};
}
