/**
 * IPv4 addresses: an unsigned 32-bit number inside, four decimal numbers outside (RFC 791 §2.3). Only the plain
 * dotted form is read; the octal, hexadecimal and short forms of old libraries are refused.
 */

/** An address as an integer in [0, 2^32), first octet highest. */
export type Address = number;

const dotted = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** -1: it is no address. */
function read(text: string): number {
	const parts = dotted.exec(text);
	if (parts === null) return -1;
	let address = 0;
	for (let at = 1; at <= 4; at++) {
		const octet = Number(parts[at]);
		if (octet > 255) return -1;
		address = address * 256 + octet;
	}
	return address;
}

/** Whether `text` is a dotted address such as `192.0.2.10`. */
export function isAddress(text: string): boolean {
	return read(text) >= 0;
}

/** Reads a dotted address. Throws a RangeError on anything else. */
export function parseAddress(text: string): Address {
	const address = read(text);
	if (address < 0) throw new RangeError(`not an IPv4 address: ${JSON.stringify(text)}`);
	return address;
}

/** Writes an address in dotted form. */
export function formatAddress(address: Address): string {
	return `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.${address & 0xff}`;
}
