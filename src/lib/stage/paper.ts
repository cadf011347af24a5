/**
 * The paper inside the envelopes: a cut of its own for each protocol, lines or dots for what is written on it, and for TLS
 * no paper but a hatch under a seal. Law: what it is written in can be told by its outline alone.
 */
import type { Speech } from '#lib/wire/spoken.ts';
import type { Size } from './geometry.ts';
import type { Look } from './glyph.ts';
import { CHAR, path, text, type Mark } from './mark.ts';

type Cut = (x: number, y: number, fold: number) => readonly Mark[];

/** Lines for text, dots for anything else, in the room right of the letters. */
function writing(paper: 'text' | 'binary', from: number, { width, height }: Size): Mark | null {
	const to = width / 2 - 4;
	if (to - from < 4) return null;
	const rows = height >= 20 ? [-5, 0, 5] : [-3, 3];
	if (paper === 'text') {
		const d = rows
			.map((y, i) => `M${from} ${y}H${i === rows.length - 1 ? (from + to) / 2 + 1 : to}`)
			.join('');
		return path('pk-rule', d);
	}
	const dots: string[] = [];
	for (const y of rows) for (let x = from + 1; x <= to; x += 4) dots.push(`M${x} ${y}h.01`);
	return path('pk-dots', dots.join(''));
}

const CUTS: { readonly [S in Speech | 'other']: Cut } = {
	// the corner of a letter is folded
	pop3: (x, y, fold) => [
		path('pk-paper', `M${-x} ${-y}H${x - fold}l${fold} ${fold}V${y}H${-x}Z`),
		path('pk-line pk-thin', `M${x - fold} ${-y}v${fold}h${fold}`)
	],
	// what goes out points on
	smtp: (x, y, fold) => [
		path('pk-paper pk-smtp', `M${-x} ${-y}H${x - fold}L${x} 0L${x - fold} ${y}H${-x}L${fold - x} 0Z`)
	],
	// what is kept has the tab of a folder
	imap: (x, y, fold) => [
		path('pk-paper pk-imap', `M${-x} ${-y}H${-x / 3}l${fold} ${fold}H${x}V${y}H${-x}Z`),
		path('pk-line pk-thin', `M${-x} ${fold - y}H${fold - x / 3}`)
	],
	tls: (x, y) => [path('pk-paper pk-tls', `M${-x} ${-y}H${x}V${y}H${-x}Z`), path('pk-hatch', hatch(x, y))],
	other: (x, y) => [path('pk-paper pk-other', `M${-x} ${-y}H${x}V${y}H${-x}Z`)]
};

/** Rising lines through a box of half-width `x` and half-height `y`. */
function hatch(x: number, y: number): string {
	const lines: string[] = [];
	for (let at = -x - 2 * y + 4; at < x; at += 4) {
		// from the lower edge up to the right, cut where the box ends
		const from = Math.max(at, -x);
		const to = Math.min(at + 2 * y, x);
		if (to - from > 1) lines.push(`M${from} ${y - (from - at)}L${to} ${y - (to - at)}`);
	}
	return lines.join('');
}

/** The letters on a plate of their own, and the seal beside them where there is room. */
function sealed(x: number, y: number, letters: string): Mark[] {
	const width = letters.length * CHAR + 4;
	const high = Math.min(y - 1, 7);
	const beside = 2 * x - width >= 10;
	const left = beside ? -x + 1 : -width / 2;
	const plate = path('pk-plate', `M${left} ${-high}h${width}v${2 * high}h${-width}Z`);
	if (!beside) return [plate, text('pk-text pk-middle', 0, letters)];
	const middle = (left + width + x) / 2;
	const seal = path('pk-seal', `M${middle - 4} 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z`);
	return [plate, text('pk-text', left + 2, letters), seal];
}

export function paperMarks(size: Size, { letters, paper, speech }: Look): Mark[] {
	const [x, y] = [size.width / 2, size.height / 2];
	const marks = [...CUTS[speech ?? 'other'](x, y, Math.min(5, Math.round(y / 2)))];
	if (speech === 'tls') return [...marks, ...sealed(x, y, letters)];
	const start = -x + (speech === 'smtp' ? 6 : 4);
	const end = start + letters.length * CHAR;
	const fits = end <= x - 1;
	marks.push(fits ? text('pk-text', start, letters) : text('pk-text pk-middle', 0, letters));
	const lines = paper && fits ? writing(paper, end + 3, size) : null;
	return lines ? [...marks, lines] : marks;
}
