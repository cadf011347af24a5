/**
 * A search under way: what is looked for, and the packet where it was last found. It goes from the chosen packet, and
 * from either end on at the other; what it finds it chooses, packet and bits.
 */
import { placeIn, type Octets } from './find.ts';
import type { PacketRow } from './packets.ts';
import type { Selection } from './selection.svelte.ts';

export class Search {
	readonly #selection: Selection;
	readonly #rows: () => readonly PacketRow[];
	#wanted = $state.raw<Octets | null>(null);
	#found = $state.raw<number | null>(null);

	constructor(selection: Selection, rows: () => readonly PacketRow[]) {
		this.#selection = selection;
		this.#rows = rows;
	}

	/** What is looked for; null: nothing. */
	get wanted(): Octets | null {
		return this.#wanted;
	}
	/** The packet where it was found; null: nowhere. */
	get found(): number | null {
		return this.#found;
	}

	/** Looks for something new, from the chosen packet on. Returns whether it is there. */
	start(wanted: Octets): boolean {
		this.#wanted = wanted;
		return this.step(1);
	}

	/** The next packet that holds it, or the one before. */
	step(by: 1 | -1): boolean {
		const wanted = this.#wanted;
		if (!wanted) return false;
		const rows = this.#rows();
		const from = rows.findIndex(({ packet }) => packet === this.#selection.packet);
		const begin = from < 0 && by < 0 ? rows.length : from;
		this.#found = null;
		for (let n = 1; n <= rows.length; n++) {
			const row = rows[(begin + by * n + 2 * rows.length) % rows.length]!;
			const at = placeIn(row.bytes, wanted.octets, wanted.anyCase);
			if (at < 0) continue;
			this.#found = row.packet;
			this.#selection.pick(row.packet);
			this.#selection.pickBits([at * 8, (at + wanted.octets.length) * 8]);
			return true;
		}
		return false;
	}

	stop(): void {
		this.#wanted = this.#found = null;
	}
}
