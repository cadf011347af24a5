/**
 * The conversations of one host, found by local port, remote address and remote port; the local address is the host's
 * only one. Every segment asks, so it is a plain hash table of rows linked through the conversations themselves. Its law:
 * what has left holds nothing that is still here.
 */
import type { Address } from '#lib/wire/address.ts';

const FIRST_ROWS = 8;

/** What stands in the table. */
export interface Entry<T> {
	/** Local. */
	readonly port: number;
	readonly remote: { readonly address: Address; readonly port: number };
	/** The next of its row; nobody else's business. */
	next: T | null;
}

/** Row of an end in a table of `rows` rows, a power of two. */
function rowOf(port: number, address: Address, remotePort: number, rows: number): number {
	const mixed = Math.imul(((port << 16) | remotePort) ^ Math.imul(address, 0x9e3779b1), 0x85ebca6b);
	return (mixed ^ (mixed >>> 15)) & (rows - 1);
}

export class Conversations<T extends Entry<T>> {
	#rows: (T | null)[] = new Array<T | null>(FIRST_ROWS).fill(null);
	#size = 0;

	get size(): number {
		return this.#size;
	}

	/** By remote address, remote port and local port. */
	all(): readonly T[] {
		const all: T[] = [];
		for (const first of this.#rows) for (let one = first; one; one = one.next) all.push(one);
		return all.sort(
			(a, b) => a.remote.address - b.remote.address || a.remote.port - b.remote.port || a.port - b.port
		);
	}

	get(port: number, address: Address, remotePort: number): T | undefined {
		let one = this.#rows[rowOf(port, address, remotePort, this.#rows.length)];
		while (one && (one.port !== port || one.remote.port !== remotePort || one.remote.address !== address))
			one = one.next;
		return one ?? undefined;
	}

	/** Takes one in whose ends no other here has. */
	add(conversation: T): void {
		if (this.#size >= this.#rows.length) this.#resize(this.#rows.length * 2);
		this.#size++;
		this.#link(conversation);
	}

	delete(conversation: T): void {
		const row = this.#rowOf(conversation);
		const { next } = conversation;
		let before = this.#rows[row];
		if (before === conversation) this.#rows[row] = next;
		else {
			while (before && before.next !== conversation) before = before.next;
			if (!before) return;
			before.next = next;
		}
		conversation.next = null;
		this.#size--;
		if (this.#size * 4 < this.#rows.length && this.#rows.length > FIRST_ROWS)
			this.#resize(this.#rows.length / 2);
	}

	#resize(rows: number): void {
		const all = this.#rows;
		this.#rows = new Array<T | null>(rows).fill(null);
		for (const first of all) {
			for (let one = first; one;) {
				const { next } = one;
				this.#link(one);
				one = next;
			}
		}
	}

	#link(conversation: T): void {
		const row = this.#rowOf(conversation);
		conversation.next = this.#rows[row] ?? null;
		this.#rows[row] = conversation;
	}

	#rowOf({ port, remote }: T): number {
		return rowOf(port, remote.address, remote.port, this.#rows.length);
	}
}
