/**
 * Writes a pcapng file (draft-ietf-opsawg-pcapng): one section, one interface description block per link, one enhanced
 * packet block per packet. Little-endian, microseconds. The same capture gives the same octets on every machine.
 */
import { RAW, type Capture, type CaptureInterface, type CapturePacket } from './capture.ts';
import { encodeUtf8 } from './utf8.ts';

export const SECTION_HEADER = 0x0a0d0d0a;
export const INTERFACE_DESCRIPTION = 1;
export const ENHANCED_PACKET = 6;
export const BYTE_ORDER = 0x1a2b3c4d;

/** Option codes. */
export const END_OF_OPTIONS = 0;
export const COMMENT = 1;
export const IF_NAME = 2;
export const IF_DESCRIPTION = 3;
export const IF_TSRESOL = 9;
const USER_APPLICATION = 4;

/** `if_tsresol`: 10^-6 seconds. */
const MICROSECONDS = 6;
const HIGH = 2 ** 32;

interface Option {
	readonly code: number;
	readonly value: Uint8Array;
}

function text(code: number, value: string | undefined): Option[] {
	return value ? [{ code, value: encodeUtf8(value) }] : [];
}

/** Everything in a block begins on a multiple of four octets. */
function aligned(length: number): number {
	return (length + 3) & ~3;
}

function optionsLength(options: readonly Option[]): number {
	if (options.length === 0) return 0;
	return options.reduce((sum, option) => sum + 4 + aligned(option.value.length), 4);
}

function putOptions(view: DataView, into: Uint8Array, at: number, options: readonly Option[]): void {
	let next = at;
	for (const { code, value } of options) {
		if (value.length > 0xffff) throw new RangeError('an option of a capture has at most 65535 octets');
		view.setUint16(next, code, true);
		view.setUint16(next + 2, value.length, true);
		into.set(value, next + 4);
		next += 4 + aligned(value.length);
	}
	// `opt_endofopt` is four zeros, which a new buffer already holds
}

/** A block: type, length, body, options, length again. */
function block(type: number, body: Uint8Array, options: readonly Option[]): Uint8Array {
	const fixed = aligned(body.length);
	const length = 12 + fixed + optionsLength(options);
	const bytes = new Uint8Array(length);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, type, true);
	view.setUint32(4, length, true);
	bytes.set(body, 8);
	putOptions(view, bytes, 8 + fixed, options);
	view.setUint32(length - 4, length, true);
	return bytes;
}

function section(application: string | undefined): Uint8Array {
	const body = new Uint8Array(16);
	const view = new DataView(body.buffer);
	view.setUint32(0, BYTE_ORDER, true);
	view.setUint16(4, 1, true); // version 1.0
	view.setUint32(8, 0xffffffff, true); // length of the section: not given
	view.setUint32(12, 0xffffffff, true);
	return block(SECTION_HEADER, body, text(USER_APPLICATION, application));
}

function description(link: CaptureInterface): Uint8Array {
	const body = new Uint8Array(8);
	const view = new DataView(body.buffer);
	view.setUint16(0, link.linkType ?? RAW, true);
	view.setUint32(4, link.snaplen ?? 0, true);
	return block(INTERFACE_DESCRIPTION, body, [
		...text(IF_NAME, link.name),
		...text(IF_DESCRIPTION, link.description),
		{ code: IF_TSRESOL, value: Uint8Array.of(MICROSECONDS) }
	]);
}

function enhanced(packet: CapturePacket): Uint8Array {
	const { at, bytes } = packet;
	if (!Number.isSafeInteger(at) || at < 0) throw new RangeError(`a packet's time is ${at} µs`);
	const body = new Uint8Array(20 + bytes.length);
	const view = new DataView(body.buffer);
	view.setUint32(0, packet.interface, true);
	view.setUint32(4, Math.floor(at / HIGH), true);
	view.setUint32(8, at % HIGH, true);
	view.setUint32(12, bytes.length, true);
	view.setUint32(16, packet.originalLength ?? bytes.length, true);
	body.set(bytes, 20);
	return block(ENHANCED_PACKET, body, text(COMMENT, packet.comment));
}

/**
 * The octets of a pcapng file. `application` is the program named in its section header. Throws a RangeError when a
 * packet names an interface that is not there, when a time is not a non-negative integer, or when a text is too long.
 */
export function writePcapng(capture: Capture, application?: string): Uint8Array {
	const blocks = [section(application), ...capture.interfaces.map(description)];
	for (const packet of capture.packets) {
		if (!capture.interfaces[packet.interface]) throw new RangeError(`no interface ${packet.interface}`);
		blocks.push(enhanced(packet));
	}
	const bytes = new Uint8Array(blocks.reduce((sum, one) => sum + one.length, 0));
	let at = 0;
	for (const one of blocks) {
		bytes.set(one, at);
		at += one.length;
	}
	return bytes;
}
