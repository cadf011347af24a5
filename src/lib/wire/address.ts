/**
 * IPv4 addresses: an unsigned 32-bit number inside, four decimal numbers outside (RFC 791 §2.3). Only the plain
 * dotted form is read; the octal, hexadecimal and short forms of old libraries are refused.
 */

/** An address as an integer in [0, 2^32), first octet highest. */
export type Address = number;

const dotted = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** Whether `text` is a dotted address such as `192.0.2.10`. */
export function isAddress(text: string): boolean {
	const parts = dotted.exec(text);
	return parts !== null && parts.slice(1).every((part) => Number(part) <= 255);
}

/** Reads a dotted address. Throws a RangeError on anything else. */
export function parseAddress(text: string): Address {
	if (!isAddress(text)) throw new RangeError(`not an IPv4 address: ${JSON.stringify(text)}`);
	return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Writes an address in dotted form. */
export function formatAddress(address: Address): string {
	return `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.${address & 0xff}`;
}
