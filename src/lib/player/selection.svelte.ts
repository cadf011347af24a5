/**
 * One selection for the whole screen: a packet, and within it a range of bits. Hover outlines, click or Enter pins;
 * every pane reads it and none keeps its own.
 */
import type { BitRange } from '#lib/wire/node.ts';

export class Selection {
	#packet = $state.raw<number | null>(null);
	#bits = $state.raw<BitRange | null>(null);
	#hoveredPacket = $state.raw<number | null>(null);
	#hoveredBits = $state.raw<BitRange | null>(null);
	#unfolded = $state.raw(false);

	/** Number of the pinned packet. */
	get packet(): number | null {
		return this.#packet;
	}
	/** Pinned bits of the pinned packet. */
	get bits(): BitRange | null {
		return this.#bits;
	}
	get hoveredPacket(): number | null {
		return this.#hoveredPacket;
	}
	get hoveredBits(): BitRange | null {
		return this.#hoveredBits;
	}

	/** The pinned packet lies open on the stage. */
	get unfolded(): boolean {
		return this.#unfolded && this.#packet !== null;
	}

	/** Lays the pinned packet open on the stage, or closes it. */
	unfold(open = true): void {
		this.#unfolded = open;
	}
	/** Pins a packet; its pinned bits are kept only if it already was the pinned one. */
	pick(packet: number | null): void {
		if (packet !== this.#packet) this.#bits = null;
		this.#packet = packet;
		if (packet === null) this.#unfolded = false;
	}
	pickBits(bits: BitRange | null): void {
		this.#bits = bits;
	}
	hover(packet: number | null): void {
		this.#hoveredPacket = packet;
	}
	hoverBits(bits: BitRange | null): void {
		this.#hoveredBits = bits;
	}
}

/** True when the ranges share a bit. */
export const overlaps = (a: BitRange | null, b: BitRange | null): boolean =>
	a !== null && b !== null && a[0] < b[1] && b[0] < a[1];
export const sameRange = (a: BitRange | null, b: BitRange | null): boolean =>
	a !== null && b !== null && a[0] === b[0] && a[1] === b[1];

/** Whether what lies on `range` lights a place that opens: closed it stands for all that is in it, open for itself. */
export const lights = (bits: BitRange, open: boolean | null, range: BitRange | null): boolean =>
	open ? sameRange(bits, range) : overlaps(bits, range);
