/**
 * Where one host is attached, and which way a datagram leaves it: its addresses, its interfaces and its routing table,
 * longest prefix first (RFC 1122 §3.3.1, RFC 1812 §5.2.4).
 */
import { parsePrefix } from '#lib/ip/prefix.ts';
import { RoutingTable } from '#lib/ip/routing-table.ts';
import type { Address } from '#lib/wire/address.ts';
import type { Link } from './link.ts';
import type { RouteSpec } from './scenario.ts';

/** A link as seen from this host. */
export interface Interface {
	readonly link: Link;
	/** The host's own address on it. */
	readonly address: Address;
}

export class Interfaces {
	readonly #main: Address;
	readonly #own: Set<Address>;
	readonly #all: Interface[] = [];
	readonly #table = new RoutingTable<Interface | null>();

	/** `main`: the address of the host as a whole. */
	constructor(main: Address) {
		this.#main = main;
		this.#own = new Set([main]);
	}

	attach(link: Link, peer: Address, address: Address): void {
		const attached = { link, address };
		this.#all.push(attached);
		this.#own.add(address);
		this.#table.set({ network: peer, length: 32 }, attached);
	}

	owns(address: Address): boolean {
		return address === this.#main || (this.#own.size > 1 && this.#own.has(address));
	}

	/** Sets a route; one by a link that the host does not have is a dead end. */
	setRoute({ to, link }: RouteSpec): void {
		const by = this.#all.find((one) => one.link.spec.id === link) ?? null;
		this.#table.set(parsePrefix(to), by);
	}

	deleteRoute(to: string): boolean {
		return this.#table.delete(parsePrefix(to));
	}

	/** The interface by which `dst` is reached; null: a dead end, or no route at all. */
	route(dst: Address): Interface | null {
		return this.#table.find(dst)?.to ?? null;
	}

	/** The host's address on the link that leads to `dst`; its main one where none does. */
	sourceFor(dst: Address): Address {
		return this.route(dst)?.address ?? this.#main;
	}

	/** Octets of the largest datagram that this link of the host carries; Infinity where it has no such link. */
	mtuOf(link: string): number {
		return this.#all.find((one) => one.link.spec.id === link)?.link.spec.mtu ?? Infinity;
	}

	/** Octets of the largest datagram that the link towards `dst` carries; Infinity where none leads there. */
	linkMtu(dst: Address): number {
		return this.route(dst)?.link.spec.mtu ?? Infinity;
	}
}
