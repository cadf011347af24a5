/** The grid of octets: how many stand in a line, which one the pointer is on, and where a key leads from one. */
import type { Place } from '#lib/player/follow.ts';
import type { FollowFace, FollowLine } from '#lib/player/follow-lay.ts';

/** Characters before the octets. */
const GUTTER = 10;
/** By how much the names of CR and LF are wider than other characters. */
const ENDS = 3;

/** Octets in a line of so many characters. */
export function octetsAcross(face: FollowFace, characters: number): number {
	const room = characters - GUTTER;
	if (face === 'text') return Math.max(16, room - ENDS);
	return room >= 75 ? 16 : room >= 42 ? 8 : 4;
}

/** A column beyond every line. */
const LAST = 1e9;

export interface Step {
	readonly line: number;
	readonly column: number;
}

/**
 * Where a key leads: line and column asked for, which may lie outside; null: nowhere. `at`: the line that the cursor is on, by its number, and its octet; `page`: lines by which one pages.
 */
export function stepOf(
	{ key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
	at: { readonly number: number; readonly line: FollowLine; readonly octet: number },
	page: number,
	count: number
): Step | null {
	const { number, line } = at;
	const column = at.octet - line.from;
	if (ctrlKey && key !== 'Home' && key !== 'End') return null;
	switch (key) {
		case 'ArrowRight':
			return at.octet + 1 < line.to ? { line: number, column: column + 1 } : { line: number + 1, column: 0 };
		case 'ArrowLeft':
			return column > 0 ? { line: number, column: column - 1 } : { line: number - 1, column: LAST };
		case 'ArrowDown':
			return { line: number + 1, column };
		case 'ArrowUp':
			return { line: number - 1, column };
		case 'PageDown':
			return { line: number + page, column };
		case 'PageUp':
			return { line: number - page, column };
		case 'Home':
			return { line: ctrlKey ? 0 : number, column: 0 };
		case 'End':
			return { line: ctrlKey ? count - 1 : number, column: LAST };
		default:
			return null;
	}
}

/** The octet that the pointer or the focus is on. */
export function placeUnder({ target }: Event): Place | null {
	const cell = target instanceof Element ? target.closest<HTMLElement>('[data-octet]') : null;
	if (!cell) return null;
	return { side: cell.dataset['side'] === '0' ? 0 : 1, octet: Number(cell.dataset['octet']) };
}
