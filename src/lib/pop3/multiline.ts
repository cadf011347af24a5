/**
 * Multi-line replies (RFC 1939 §3): lines end in CRLF, a line that begins with a dot gets one more, and a dot
 * alone ends it. Sizes count the stored octets, not the dots that travel (§11).
 */
import { concatOctets, latin1ToOctets } from '#lib/mail/octets.ts';

const DOT = 46;
const CR = 13;
const LF = 10;

function endsInCRLF(octets: Uint8Array): boolean {
	return octets.length === 0 || (octets.at(-2) === CR && octets.at(-1) === LF);
}

/**
 * Octets that a client has after RETR: the stored ones, and the CRLF that ends the last line if it was
 * missing.
 */
export function sizeOf(message: Uint8Array): number {
	return message.length + (endsInCRLF(message) ? 0 : 2);
}

/** Where a line begins with a dot. */
function dotLines(message: Uint8Array): number[] {
	const at: number[] = [];
	for (let i = message.indexOf(DOT); i >= 0; i = message.indexOf(DOT, i + 1)) {
		if (i === 0 || (message[i - 1] === LF && message[i - 2] === CR)) at.push(i);
	}
	return at;
}

/** How many dots stuffing adds. */
export function stuffedDots(message: Uint8Array): number {
	return dotLines(message).length;
}

/** Sizes as a program counts them that takes text for octets: characters of UTF-8. */
export function charactersOf(message: Uint8Array): number {
	let count = sizeOf(message);
	for (const octet of message) if ((octet & 0xc0) === 0x80) count--;
	return count;
}

/** Whether the header holds octets beyond ASCII (RFC 6532). */
export function isWide(message: Uint8Array): boolean {
	let lineStart = 0;
	for (const [i, octet] of message.entries()) {
		if (octet > 0x7f) return true;
		if (octet !== LF || message[i - 1] !== CR) continue;
		if (i - 1 === lineStart) return false;
		lineStart = i + 1;
	}
	return false;
}

/** The message as it would travel without stuffing: a dot that begins a line is not safe. */
export function unstuffed(message: Uint8Array): Uint8Array {
	return concatOctets([message, ending(message)]);
}

const ending = (message: Uint8Array) => latin1ToOctets(endsInCRLF(message) ? '.\r\n' : '\r\n.\r\n');

/** The message as it travels after the status line, the final dot line included. */
export function stuff(message: Uint8Array): Uint8Array {
	const parts: Uint8Array[] = [];
	let from = 0;
	for (const dot of dotLines(message)) {
		parts.push(message.subarray(from, dot), Uint8Array.of(DOT));
		from = dot;
	}
	parts.push(message.subarray(from), ending(message));
	return concatOctets(parts);
}

/** The inverse of `stuff` on one received line: what it says with the doubled dot undone. */
export function unstuffLine(line: string): string {
	return line.startsWith('.') ? line.slice(1) : line;
}

/**
 * What TOP sends of a message: header, blank line and the first `lines` lines of the body; all of it when
 * there are no more (RFC 1939 §7).
 */
export function topOf(message: Uint8Array, lines: number): Uint8Array {
	let lineStart = 0;
	let bodyLinesLeft: number | null = null;
	for (let i = 1; i < message.length; i++) {
		if (message[i] !== LF || message[i - 1] !== CR) continue;
		if (bodyLinesLeft !== null) bodyLinesLeft--;
		else if (i - 1 === lineStart) bodyLinesLeft = lines;
		lineStart = i + 1;
		if (bodyLinesLeft === 0) return message.subarray(0, lineStart);
	}
	return message;
}

/** The lines of a listing as they travel. */
export function listing(lines: readonly string[]): Uint8Array {
	return latin1ToOctets([...lines, '.', ''].join('\r\n'));
}
