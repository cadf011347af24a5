/**
 * When a host or router may send an ICMP error about a datagram (RFC 1122 §3.2.2, RFC 1812 §4.3.2.7), and how many of
 * them in one second of virtual time (RFC 1812 §4.3.2.8). These rules are what keeps errors from breeding errors.
 */
import type { Address } from '#lib/wire/address.ts';
import { ICMP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import type { Ipv4Packet } from '#lib/wire/ipv4.ts';

const SECOND = 1_000_000;
/** Types that ask or answer; every other type, also one unknown, counts as an error (RFC 1122 §3.2.2). */
const QUERIES: ReadonlySet<number> = new Set([0, 8, 9, 10, 13, 14, 15, 16, 17, 18]);

/** Class D, 224.0.0.0/4 (RFC 1112 §4). */
export function isMulticast(address: Address): boolean {
	return address >>> 28 === 14;
}

/** 255.255.255.255 (RFC 919 §7). */
export function isBroadcast(address: Address): boolean {
	return address === 0xffff_ffff;
}

/** Names one single host: not this network, loopback, a group, class E or everyone (RFC 1122 §3.2.1.3). */
export function isUnicast(address: Address): boolean {
	const first = address >>> 24;
	return first !== 0 && first !== 127 && first < 224;
}

/** Null: an error may be sent about it. Else why not. */
export function silence(
	datagram: Pick<Ipv4Packet, 'src' | 'dst' | 'protocol' | 'fragmentOffset' | 'payload'>
) {
	const { src, dst, protocol, fragmentOffset, payload } = datagram;
	if (fragmentOffset > 0) return 'it is a fragment and not the first';
	if (isBroadcast(dst) || isMulticast(dst)) return 'it was sent to many';
	if (!isUnicast(src)) return 'its source is no single host';
	if (protocol === ICMP_PROTOCOL && !QUERIES.has(payload[0] ?? -1)) return 'it is an ICMP error itself';
	return null;
}

/** At most so many errors in any one second of virtual time. */
export class ErrorBudget {
	readonly #perSecond: number;
	#second = -1;
	#spent = 0;

	constructor(perSecond = 100) {
		this.#perSecond = perSecond;
	}

	/** Takes one from the budget at `now` µs. False: none is left in this second. */
	spend(now: number): boolean {
		const second = Math.floor(now / SECOND);
		if (second !== this.#second) {
			this.#second = second;
			this.#spent = 0;
		}
		if (this.#spent >= this.#perSecond) return false;
		this.#spent++;
		return true;
	}
}
