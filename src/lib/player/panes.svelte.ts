/**
 * How large the panes of a wide screen are, as a person has drawn them, kept on the device. Law: a size is a wish: the
 * layout bounds it, and where nothing is stored or can be, the layout's own sizes hold.
 */
import type { Shelf } from './progress-slots.ts';

export const PANES_KEY = 'interactive-pop3.panes';

/** What can be drawn: the widths of the outer columns, the heights of the upper panes; px. */
export const SPLITS = {
	left: { least: 280, most: 640 },
	right: { least: 300, most: 760 },
	stage: { least: 160, most: 620 },
	packets: { least: 120, most: 620 }
} as const;
export type Split = keyof typeof SPLITS;
export type Sizes = { readonly [S in Split]?: number };

/** Reads what was stored; what is no size of ours is left out. */
export function readSizes(text: string | null): Sizes {
	let given: unknown = null;
	try {
		given = JSON.parse(text ?? 'null');
	} catch {
		// a damaged entry holds nothing worth a message: the layout's own sizes stand
	}
	const stored = new Map<string, unknown>(
		Object.entries(typeof given === 'object' && given !== null ? given : {})
	);
	const sizes: { [S in Split]?: number } = {};
	for (const split of Object.keys(SPLITS) as Split[]) {
		const size = stored.get(split);
		if (typeof size === 'number' && Number.isFinite(size)) sizes[split] = bounded(split, size);
	}
	return sizes;
}

export function bounded(split: Split, size: number): number {
	const { least, most } = SPLITS[split];
	return Math.round(Math.min(most, Math.max(least, size)));
}

export class Panes {
	#sizes = $state.raw<Sizes>({});
	#shelf: Shelf | null = null;

	get sizes(): Sizes {
		return this.#sizes;
	}
	/** In the browser only. */
	open(shelf: Shelf | null): void {
		this.#shelf = shelf;
		try {
			this.#sizes = readSizes(shelf?.getItem(PANES_KEY) ?? null);
		} catch {
			this.#shelf = null;
		}
	}
	/** Null: as the layout has it. */
	set(split: Split, size: number | null): void {
		const sizes: { [S in Split]?: number } = { ...this.#sizes };
		if (size === null) delete sizes[split];
		else sizes[split] = bounded(split, size);
		this.#sizes = sizes;
		try {
			this.#shelf?.setItem(PANES_KEY, JSON.stringify(this.#sizes));
		} catch {
			// full or forbidden: the sizes hold until the page is closed
			this.#shelf = null;
		}
	}
}
