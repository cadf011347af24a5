/**
 * Networks as prefixes (RFC 4632 §3.1): the first `length` bits that their addresses have in common, written
 * `198.51.100.0/24`. A plain address stands for the network of that one host.
 */
import { formatAddress, isAddress, parseAddress, type Address } from '#lib/wire/address.ts';

export interface Prefix {
	/** All bits after the first `length` are 0. */
	readonly network: Address;
	/** 0 to 32. */
	readonly length: number;
}

/** Every address. */
export const EVERYWHERE: Prefix = { network: 0, length: 0 };

/** The first `length` bits of `address`, all others 0. */
export function masked(address: Address, length: number): Address {
	return length === 0 ? 0 : (address & (0xffff_ffff << (32 - length))) >>> 0;
}

export function prefixOf(address: Address, length: number): Prefix {
	return { network: masked(address, length), length };
}

export function covers({ network, length }: Prefix, address: Address): boolean {
	return masked(address, length) === network;
}

function split(text: string): { address: string; length: number } | null {
	const [address = '', length = '32', ...rest] = text.split('/');
	const fits = rest.length === 0 && isAddress(address) && /^\d{1,2}$/.test(length) && Number(length) <= 32;
	return fits ? { address, length: Number(length) } : null;
}

/** Whether `text` is an address or a prefix in which no bit is set after its length. */
export function isPrefix(text: string): boolean {
	const parts = split(text);
	return parts !== null && masked(parseAddress(parts.address), parts.length) === parseAddress(parts.address);
}

/** Reads `198.51.100.0/24` or `198.51.100.25`. Throws a RangeError on anything else. */
export function parsePrefix(text: string): Prefix {
	const parts = split(text);
	if (!parts || !isPrefix(text)) throw new RangeError(`not an IPv4 prefix: ${JSON.stringify(text)}`);
	return { network: parseAddress(parts.address), length: parts.length };
}

export function formatPrefix({ network, length }: Prefix): string {
	return `${formatAddress(network)}/${length}`;
}
