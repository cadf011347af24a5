/**
 * A routing table: of all prefixes that cover a destination the longest decides (RFC 1812 §5.2.4.3). What a route leads
 * to is the owner's business; the table only finds it.
 */
import type { Address } from '#lib/wire/address.ts';
import { masked, type Prefix } from './prefix.ts';

export interface Route<T> extends Prefix {
	readonly to: T;
}

export class RoutingTable<T> {
	/** Longest prefix first, so that the first one that covers an address is the one to take. */
	#routes: readonly Route<T>[] = [];

	/** Adds a route; one to the very same prefix takes the older one's place. */
	set({ network, length }: Prefix, to: T): void {
		this.delete({ network, length });
		this.#routes = [...this.#routes, { network, length, to }].sort((a, b) => b.length - a.length);
	}

	/** False: there was no route to exactly this prefix. */
	delete({ network, length }: Prefix): boolean {
		const kept = this.#routes.filter((route) => route.network !== network || route.length !== length);
		const found = kept.length < this.#routes.length;
		this.#routes = kept;
		return found;
	}

	/** The longest prefix that covers `address`; undefined: none does. */
	find(address: Address): Route<T> | undefined {
		return this.#routes.find(({ network, length }) => masked(address, length) === network);
	}

	/** All routes, the longest prefixes first. */
	get routes(): readonly Route<T>[] {
		return this.#routes;
	}
}
