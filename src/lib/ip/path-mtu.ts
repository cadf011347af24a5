/**
 * What a host has learnt about the widths of its paths (RFC 1191): the size of the largest datagram that reaches a
 * destination in one piece. It falls by "fragmentation needed" and by nothing else, and is forgotten after ten minutes
 * (§6.3), so that a path that has become wider is found again.
 */
import type { Address } from '#lib/wire/address.ts';

/** No link is narrower (RFC 791 §3.2), so no message that says less is believed (RFC 1191 §3). */
export const LEAST_MTU = 68;
const AGE = 600_000_000;
const MOST_PATHS = 1_024;
/** Widths that links really have (RFC 1191 §7.1), for routers that do not say theirs. */
const PLATEAUS = [65_535, 32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006, 508, 296, LEAST_MTU];

/** The next plausible width below `size` octets. */
export function plateauBelow(size: number): number {
	return PLATEAUS.find((plateau) => plateau < size) ?? LEAST_MTU;
}

export class PathMtu {
	/** The oldest first. */
	readonly #paths = new Map<Address, { readonly mtu: number; readonly until: number }>();

	/** Octets that are known to be too many beyond; null: nothing is known at `now` µs. */
	get(dst: Address, now: number): number | null {
		if (this.#paths.size === 0) return null;
		const path = this.#paths.get(dst);
		if (path && path.until > now) return path.mtu;
		this.#paths.delete(dst);
		return null;
	}

	/**
	 * A router could not pass on a datagram of `size` octets to `dst`; the next link carries `said`, or 0 if the router is too
	 * old to say. Returns the new width, or null where the message brings nothing smaller.
	 */
	lower(dst: Address, said: number, size: number, now: number): number | null {
		const mtu = Math.max(LEAST_MTU, said === 0 ? plateauBelow(size) : said);
		if (mtu >= Math.min(size, this.get(dst, now) ?? Infinity)) return null;
		const [oldest] = this.#paths.keys();
		if (this.#paths.size >= MOST_PATHS && oldest !== undefined) this.#paths.delete(oldest);
		this.#paths.delete(dst);
		this.#paths.set(dst, { mtu, until: now + AGE });
		return mtu;
	}
}
