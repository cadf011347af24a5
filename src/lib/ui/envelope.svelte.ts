/**
 * One packet that lies open on the stage: which rings and which field stand open, and where the keyboard is. What was
 * opened in one packet stays open in the next. The places are `stage/unfold.ts`'s business.
 */
import type { Lens } from '#lib/levels/level.ts';
import { layersOf, stopOf } from '#lib/player/fields.ts';
import type { PacketRow } from '#lib/player/packets.ts';
import type { Selection } from '#lib/player/selection.svelte.ts';
import { holderOf, unfold, type Cell } from '#lib/stage/unfold.ts';
import { linesOf, travel, type Towards } from '#lib/stage/unfold-travel.ts';
import type { BitRange, Node } from '#lib/wire/node.ts';

interface Given {
	readonly row: PacketRow;
	readonly selection: Selection;
	readonly lens: Lens;
	/** Width there is for the outermost ring. */
	readonly width: number;
	readonly onpoint?: ((node: Node) => void) | undefined;
}

export class Unfolding {
	readonly #given: () => Given;
	/** Rings opened and closed by hand at this stop of the lens; a turn of the lens forgets it. */
	#byHand = $state.raw<{ readonly lens: Lens; readonly open: ReadonlyMap<string, boolean> } | null>(null);
	#cell = $state.raw<string | null>(null);
	#at = $state.raw<string | null>(null);

	readonly #layers = $derived.by(() => layersOf(this.#given().row.bytes));
	/** The lens, or where this packet carries nothing at that stop, the nearest one where it does. */
	readonly #stop = $derived.by((): Lens => {
		const { lens } = this.#given();
		const has = (stop: Lens) => this.#layers.some((layer) => stopOf(layer) === stop);
		return lens === 4 ? 4 : (([1, 2, 3] as const).find((stop) => stop >= lens && has(stop)) ?? 4);
	});
	readonly rings = $derived.by(() => {
		const { row, width } = this.#given();
		return unfold(this.#layers, row.bytes, width, { rings: this.#shows, cell: this.#cell });
	});
	readonly #lines = $derived.by(() => linesOf(this.rings));

	constructor(given: () => Given) {
		this.#given = given;
	}

	/** Where the keyboard is. */
	get at(): string | null {
		const all = this.#lines.flat();
		return all.some(({ key }) => key === this.#at) ? this.#at : (this.#first ?? all[0]?.key ?? null);
	}
	get packet(): number {
		return this.#given().row.packet;
	}
	get bytes(): Uint8Array {
		return this.#given().row.bytes;
	}
	get pinned(): BitRange | null {
		const { selection } = this.#given();
		return selection.packet === this.packet ? selection.bits : null;
	}
	get hovered(): BitRange | null {
		const { selection } = this.#given();
		return selection.packet === this.packet ? selection.hoveredBits : null;
	}

	readonly #shows = (key: string, node: Node): boolean => {
		const { lens } = this.#given();
		const own = this.#byHand?.lens === lens ? this.#byHand.open.get(key) : undefined;
		return own ?? (this.#stop === 4 || stopOf(node) === this.#stop);
	};
	/** The ring that the lens is on. */
	get #first(): string | null {
		return this.rings.find(({ node }) => stopOf(node) === this.#stop)?.key ?? null;
	}

	stand(at: string): void {
		this.#at = at;
	}
	hover(bits: BitRange | null): void {
		this.#given().selection.hoverBits(bits);
	}
	turn(ring: string, open: boolean): void {
		const { lens } = this.#given();
		const before = this.#byHand?.lens === lens ? this.#byHand.open : [];
		this.#byHand = { lens, open: new Map([...before, [ring, open]]) };
		this.#at = ring;
	}
	/** Opens a field and pins it, or closes it. */
	touch(cell: Cell): void {
		this.#at = cell.key;
		if (cell.open) {
			this.#cell = cell.key.includes('/') ? parentOf(cell.key, this.rings) : null;
			return;
		}
		this.#cell = cell.key;
		this.pin(cell.node.bits, cell.node);
	}
	pin(bits: BitRange, node: Node): void {
		const { selection, onpoint } = this.#given();
		selection.pickBits(bits);
		onpoint?.(node);
	}
	/** Bits were pinned, here or elsewhere: the field that has them opens. */
	reveal(bits: BitRange): void {
		const holder = holderOf(this.#layers, bits);
		if (!holder) return;
		const ring = this.rings.find(({ key }) => key === holder.ring);
		if (ring && !ring.open) this.turn(ring.key, true);
		if (holder.cell !== null && !this.#cell?.startsWith(`${holder.cell}/`)) this.#cell = holder.cell;
		if (!this.#at?.startsWith(holder.cell ?? holder.ring)) this.#at = holder.cell ?? holder.ring;
	}
	/** Closes the field that stands open; false: none does. */
	close(): boolean {
		if (this.#cell === null) return false;
		this.#at = this.#cell;
		this.#cell = parentOf(this.#cell, this.rings);
		return true;
	}
	/** Moves the keyboard; the place it is at then. */
	go(towards: Towards): string | null {
		const from = this.at;
		const to = from === null ? null : travel(this.#lines, from, towards);
		if (to !== null) this.#at = to;
		return to;
	}
}

/** The cell that a cell is a part of, where that is drawn. */
function parentOf(key: string, rings: Unfolding['rings']): string | null {
	const parent = key.slice(0, key.lastIndexOf('/'));
	const drawn = (rows: (typeof rings)[number]['rows']): boolean =>
		rows.some(
			({ cells, drawer }) =>
				cells.some((cell) => cell.key === parent) || (drawer !== null && drawn(drawer.parts))
		);
	return rings.some(({ rows }) => drawn(rows)) ? parent : null;
}
