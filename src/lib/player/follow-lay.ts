/**
 * A followed connection as lines of a list, and as text to take along: its turns cut at line ends or every so many
 * octets. Law: the lines hold the octets of the turns, in their order, and none is longer than asked.
 */
import * as words from '#words/follow-told.ts';
import { character, pair } from './fields.ts';
import { meaningText } from './follow-told.ts';
import { tell, type Followed, type Side, type Turn } from './follow.ts';
import { runAt } from './stream.ts';
import { tableText } from './table-text.ts';

export const FOLLOW_FACES = ['text', 'hex'] as const;
export type FollowFace = (typeof FOLLOW_FACES)[number];

export interface FollowLine extends Turn {
	/** The first of its turn, or the one after a line end: here it is said who speaks. */
	readonly begins: boolean;
}

const LF = 10;

/** The turns of `only` (null: of both sides) as lines of at most `most` octets. */
export function linesOf(
	{ streams }: Followed,
	turns: readonly Turn[],
	face: FollowFace,
	most: number,
	only: Side | null
): readonly FollowLine[] {
	const lines: FollowLine[] = [];
	const width = Math.max(1, most);
	for (const { side, from, to } of turns) {
		if (only !== null && side !== only) continue;
		const { octets } = streams[side];
		let begins = true;
		for (let at = from; at < to;) {
			const limit = Math.min(to, at + width);
			const end = face === 'text' ? octets.subarray(at, limit).indexOf(LF) : -1;
			const next = end < 0 ? limit : at + end + 1;
			lines.push({ side, from: at, to: next, begins });
			begins = end >= 0;
			at = next;
		}
	}
	return lines;
}

/** In the text that is taken along as on the terminal. */
export const MARKS = ['>', '<'] as const;

function spelled(octets: Uint8Array, from: number, to: number): string {
	let text = '';
	for (let at = from; at < to; at++) text += character(octets[at] ?? 0);
	return text;
}

/** `> USER ada`, one line each; or offsets, hex and characters. */
export function followText(
	followed: Followed,
	turns: readonly Turn[],
	face: FollowFace,
	only: Side | null
): string {
	const ends = followed.streams[0];
	const head = `> ${words.ends(ends.from, ends.to)}\n< ${words.ends(ends.to, ends.from)}\n\n`;
	const lines = linesOf(followed, turns, face, face === 'hex' ? 16 : Infinity, only);
	return (
		head +
		lines
			.map(({ side, from, to }) => {
				const { octets } = followed.streams[side];
				if (face === 'text') {
					let end = to;
					while (end > from && (octets[end - 1] === LF || octets[end - 1] === 13)) end--;
					return `${MARKS[side]} ${spelled(octets, from, end)}\n`;
				}
				const hex = Array.from(octets.subarray(from, to), pair);
				const halves = [hex.slice(0, 8).join(' '), hex.slice(8).join(' ')].join('  ');
				const offset = from.toString(16).padStart(6, '0');
				return `${MARKS[side]} ${offset}  ${halves.padEnd(48)}  ${spelled(octets, from, to)}\n`;
			})
			.join('')
	);
}

/** Every piece of one origin in one packet, with what it is. */
export function followTable(followed: Followed, turns: readonly Turn[], only: Side | null): string {
	const rows: (string | number)[][] = [];
	for (const { side, from, to } of turns) {
		if (only !== null && side !== only) continue;
		const { octets, from: host } = followed.streams[side];
		for (let at = from; at < to;) {
			const told = tell(followed, { side, octet: at });
			const run = runAt(followed.streams[side], at);
			const end = Math.max(at + 1, Math.min(to, run?.to ?? to, told?.origin?.to ?? to));
			rows.push([
				host,
				at,
				end - at,
				told?.run?.row?.packet ?? '',
				told?.sequence ?? '',
				told?.origin ? words.kinds[told.origin.kind] : '',
				told?.origin?.command ?? '',
				told ? meaningText(told, { side, octet: at }) : '',
				spelled(octets, at, end)
			]);
			at = end;
		}
	}
	return tableText(words.columns, rows);
}

/** The octets as they were sent, of one side or of both in the order of the turns. */
export function followOctets({ streams }: Followed, turns: readonly Turn[], only: Side | null): Uint8Array {
	const chosen = turns.filter(({ side }) => only === null || side === only);
	const octets = new Uint8Array(chosen.reduce((sum, { from, to }) => sum + to - from, 0));
	let next = 0;
	for (const { side, from, to } of chosen) {
		octets.set(streams[side].octets.subarray(from, to), next);
		next += to - from;
	}
	return octets;
}
