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
	/** By length, the longest first, so that the first network that covers an address is the one to take. */
	#lengths: readonly (readonly [length: number, networks: Map<Address, Route<T>>])[] = [];
	/** The last answer: most packets go where the one before went. Null: the table has changed since. */
	#last: { readonly address: Address; readonly route: Route<T> | undefined } | null = null;

	/** Adds a route; one to the very same prefix takes the older one's place. */
	set({ network, length }: Prefix, to: T): void {
		this.#last = null;
		const route = { network, length, to };
		const networks = this.#networks(length);
		if (networks) networks.set(network, route);
		else {
			const added = [length, new Map([[network, route]])] as const;
			this.#lengths = [...this.#lengths, added].sort(([a], [b]) => b - a);
		}
	}

	/** False: there was no route to exactly this prefix. */
	delete({ network, length }: Prefix): boolean {
		this.#last = null;
		return this.#networks(length)?.delete(network) ?? false;
	}

	/** The longest prefix that covers `address`; undefined: none does. */
	find(address: Address): Route<T> | undefined {
		if (this.#last?.address === address) return this.#last.route;
		const route = this.#longest(address);
		this.#last = { address, route };
		return route;
	}

	#longest(address: Address): Route<T> | undefined {
		for (const [length, networks] of this.#lengths) {
			const route = networks.get(masked(address, length));
			if (route) return route;
		}
		return undefined;
	}

	/** All routes, the longest prefixes first. */
	get routes(): readonly Route<T>[] {
		return this.#lengths.flatMap(([, networks]) => [...networks.values()]);
	}

	#networks(length: number): Map<Address, Route<T>> | undefined {
		return this.#lengths.find(([own]) => own === length)?.[1];
	}
}
