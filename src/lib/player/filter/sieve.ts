/**
 * A display filter laid over a list of packets that grows, is cut and grows otherwise. Law: each packet is judged once
 * for as long as it stays in the list, at most so many at a time, so that a long list never holds up the page.
 */
import { matches, subjectOf } from '#lib/wire/filter/matches.ts';
import type { Filter } from '#lib/wire/filter/parse.ts';
import type { PacketRow } from '../packets.ts';
import { besideOf } from './beside.ts';

export class Sieve {
	readonly #filter: Filter | null;
	/** Positions of those that pass, in order. */
	readonly #kept: number[] = [];
	/** Octets of the packets that were judged. */
	readonly #judged: Uint8Array[] = [];
	#start: PacketRow | undefined;

	constructor(filter: Filter | null) {
		this.#filter = filter;
	}

	/** The rows that pass among those judged so far, `most` more of them than before; `left` are still to be judged. */
	sift(
		rows: readonly PacketRow[],
		most = Infinity
	): { readonly kept: readonly PacketRow[]; readonly left: number } {
		const [first] = rows;
		if (first?.bytes !== this.#start?.bytes || first?.at !== this.#start?.at) this.#cut(0);
		this.#start = first;
		this.#cut(shared(this.#judged, rows));
		const to = Math.min(rows.length, this.#judged.length + most);
		for (let at = this.#judged.length; at < to; at++) {
			const row = rows[at]!;
			this.#judged.push(row.bytes);
			const subject = subjectOf(row.bytes, row.packet, besideOf(row, first?.at ?? 0));
			if (matches(this.#filter, subject)) this.#kept.push(at);
		}
		return { kept: this.#kept.map((at) => rows[at]!), left: rows.length - to };
	}

	/** Forgets those from this position on. */
	#cut(length: number): void {
		if (length < this.#judged.length) this.#judged.length = length;
		while ((this.#kept.at(-1) ?? -1) >= length) this.#kept.pop();
	}
}

/** How many packets at the beginning are the same: a log is another from its first different packet on. */
function shared(judged: readonly Uint8Array[], rows: readonly PacketRow[]): number {
	let low = 0;
	let high = Math.min(judged.length, rows.length);
	if (high > 0 && judged[high - 1] === rows[high - 1]!.bytes) return high;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (judged[middle] === rows[middle]!.bytes) low = middle + 1;
		else high = middle;
	}
	return low;
}
