/**
 * Which protocol a segment's octets are of, as far as the segment itself tells: TLS by its record header (RFC 8446 §5.1) or
 * by a port on which nothing else is spoken (RFC 8314), the rest by port. Law: where STARTTLS was agreed on is not guessed.
 */
import { latin1 } from './text.ts';

export type Speech = 'pop3' | 'smtp' | 'imap' | 'tls';

const PORTS: ReadonlyMap<number, Speech> = new Map([
	[25, 'smtp'],
	[587, 'smtp'],
	[143, 'imap'],
	[110, 'pop3'],
	[465, 'tls'],
	[993, 'tls'],
	[995, 'tls']
]);
/** Ports below this belong to a protocol each (RFC 6335 §6). */
const SYSTEM_PORTS = 1024;

/** What a TLS record is of, by its content type, and a handshake by its message (RFC 8446 §5.1, §4). */
const RECORDS: Readonly<Record<number, string>> = {
	20: 'Change Cipher Spec',
	21: 'Alert',
	22: 'Handshake',
	23: 'Application Data'
};
const MESSAGES: Readonly<Record<number, string>> = { 1: 'Client Hello', 2: 'Server Hello' };
const RECORD_HEADER = 5;
const HANDSHAKE = 22;

/** What the TLS record that begins here is of; null: none begins here. */
export function recordAt(bytes: Uint8Array, from: number, to: number): string | null {
	const type = RECORDS[bytes[from] ?? 0];
	if (type === undefined || to - from < 3 || bytes[from + 1] !== 3 || (bytes[from + 2] ?? 9) > 4) return null;
	const body = from + RECORD_HEADER;
	const message = bytes[from] === HANDSHAKE && body < to && MESSAGES[bytes[body] ?? 0];
	return message || type;
}

const isText = (bytes: Uint8Array, from: number, to: number): boolean =>
	/^[\t\r\n\x20-\x7e]*$/.test(latin1(bytes, from, Math.min(to, from + 64)));

/** Of the octets from `from` up to `to`; null: none that is known here. */
export function speechOf(
	bytes: Uint8Array,
	from: number,
	to: number,
	srcPort: number,
	dstPort: number
): Speech | null {
	if (recordAt(bytes, from, to) !== null) return 'tls';
	const known = PORTS.get(dstPort) ?? PORTS.get(srcPort);
	if (known !== 'tls') return known ?? (Math.min(srcPort, dstPort) < SYSTEM_PORTS ? null : 'pop3');
	// the rest of a record that began in an earlier segment, unless somebody speaks in the clear there
	return isText(bytes, from, to) ? null : 'tls';
}
