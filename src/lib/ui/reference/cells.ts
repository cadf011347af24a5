/** A header as the RFCs draw it: rows of 32 bits, a field that crosses the end of a row in one cell for each row. */
import type { Header } from '#lib/wire/layout.ts';

export const WORD = 32;
/** Width of one bit, and the advance of one letter of the drawing's type, in its own units. */
export const BIT = 22;
const LETTER = 7.3;
const PADDING = 8;

export interface Cell {
	readonly name: string;
	/** What fits of the field's label, else the end of its filter name; empty where a field only goes on. */
	readonly text: string;
	/** The text has no room lying down. */
	readonly upright: boolean;
	readonly row: number;
	/** First bit in its row, and how many of the row it takes. */
	readonly column: number;
	readonly bits: number;
}

const fits = (text: string, bits: number): boolean => text.length * LETTER + PADDING <= bits * BIT;

export function cellsOf(header: Header): readonly Cell[] {
	const cells: Cell[] = [];
	for (const { name, label, filter, from, bits } of header.fields) {
		for (let at = from; at < from + bits;) {
			const column = at % WORD;
			const taken = Math.min(WORD - column, from + bits - at);
			const text = at > from ? '' : fits(label, taken) ? label : (filter.split('.').pop() ?? label);
			cells.push({
				name,
				text,
				upright: !fits(text, taken),
				row: Math.floor(at / WORD),
				column,
				bits: taken
			});
			at += taken;
		}
	}
	return cells;
}
