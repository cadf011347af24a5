/**
 * A packet as nested envelopes: IP outside, TCP within, paper inside. Pure: what the packet is and how deep the lens
 * looks in, primitive marks around (0, 0) out. The lens takes rings away, never the label.
 */
import { MIN_HIT, type Size } from './geometry.ts';
import { KINDS, type Edge, type Icon, type KindRow } from './palette.ts';
import type { Contents, Torn } from './contents.ts';
import { CHAR, path, text, type Mark } from './mark.ts';
import { paperMarks } from './paper.ts';

/** 1 letter, 2 talk, 3 envelope, 4 bits: as a level's lens. */
export type Depth = 1 | 2 | 3 | 4;

export interface Look extends Pick<Contents, 'kind' | 'letters' | 'paper' | 'speech' | 'torn'> {
	/** Drawn as a retransmission. */
	readonly again: boolean;
	/** Drawn as a ghost with an X. */
	readonly ghost: boolean;
	/** Stopped by hand: a second ring, and a pause sign. */
	readonly held: boolean;
	/** Its octets were changed on the way, or no host sent them: a dashed outline with a pen or a mask. */
	readonly meddled: 'edited' | 'forged' | null;
	/** How many it stands for. */
	readonly train: number;
}

/** Width of an icon in a label. */
const ICON = 9;

function rounded({ width, height }: Size, r = 3, cx = 0, cy = 0): string {
	const [w, h] = [width - 2 * r, height - 2 * r];
	const corner = (x: number, y: number) => `a${r} ${r} 0 0 1 ${x} ${y}`;
	return (
		`M${cx - w / 2} ${cy - height / 2}h${w}${corner(r, r)}v${h}${corner(-r, r)}` +
		`h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}Z`
	);
}

/** The envelope, with a zigzag where a piece of it is missing. */
function tornPath({ width, height }: Size, torn: Torn): string {
	const [x, y] = [width / 2, height / 2];
	const teeth = 4;
	const step = height / (2 * teeth);
	const edge = (down: boolean) => {
		const inward = down ? -4 : 4;
		const turn = down ? step : -step;
		return Array.from({ length: 2 * teeth }, (_, i) => `l${i % 2 ? -inward : inward} ${turn}`).join('');
	};
	const right = torn === 'left' ? `V${y}` : edge(true);
	const left = torn === 'right' ? 'Z' : `${edge(false)}Z`;
	return `M${-x} ${-y}H${x}${right}H${-x}${left}`;
}

const shrink = ({ width, height }: Size, by: number): Size => ({
	width: width - 2 * by,
	height: height - 2 * by
});

/** Depth of the bite out of an open edge: a fifth of the height. */
const biteOf = (height: number) => Math.round(height / 5);

/** The body with a bite out of each open edge, as one closed outline. */
function bodyPath(row: KindRow, size: Size): string {
	const [x, y] = [size.width / 2, size.height / 2];
	if (row.body === 'hexagon') {
		const c = Math.min(y, 10);
		return `M${-x} 0L${c - x} ${-y}H${x - c}L${x} 0L${x - c} ${y}H${c - x}Z`;
	}
	if (row.body === 'round') return rounded(size, y);
	const bite = biteOf(size.height);
	const right = row.right === 'open' ? `V${-y + bite}h${-bite}V${y - bite}h${bite}V${y}` : `V${y}`;
	const left = row.left === 'open' ? `V${y - bite}h${bite}V${-y + bite}h${-bite}Z` : 'Z';
	return `M${-x} ${-y}H${x}${right}H${-x}${left}`;
}

function barPath(edge: Edge, { width, height }: Size): string | null {
	return edge === 'bar' ? `M${width / 2 - 5} ${-height / 2}h5v${height}h-5Z` : null;
}

const ICONS: { readonly [I in Icon]: (x: number) => string } = {
	start: (x) => `M${x} 0h8M${x + 4.5} -3.5L${x + 8} 0l-3.5 3.5`,
	tick: (x) => `M${x} .5l3 3.2L${x + 8} -3.2`,
	cross: (x) => `M${x} -3.8l7.6 7.6m0 -7.6l-7.6 7.6`,
	triangle: (x) => `M${x + 4} -4.2l4.4 8h-8.8Z`,
	tear: (x) => `M${x + 4} -5l3 2.5l-6 2.5l6 2.5l-3 2.5`
};

/** Letters, and the kind's icon behind them where there is room. */
function label(row: KindRow, look: Look, room: number, bare: string): Mark[] {
	// an ICMP type and code where there is no room for the protocol's name too
	const letters = look.letters.length * CHAR > room ? look.letters.replace('ICMP ', '') : look.letters;
	const width = letters.length * CHAR;
	const icon = row.icon && width + 3 + ICON <= room ? row.icon : null;
	if (!icon) return [text(`pk-text pk-middle${bare}`, 0, letters)];
	const start = -(width + 3 + ICON) / 2;
	return [text(`pk-text${bare}`, start, letters), path(`pk-icon${bare}`, ICONS[icon](start + width + 3))];
}

/** The box a packet is drawn in. */
export const sizeOf = (kind: Contents['kind'], sizes: { full: Size; small: Size }): Size =>
	sizes[KINDS[kind].size];

export function glyph(look: Look, box: Size, depth: Depth): readonly Mark[] {
	const row = KINDS[look.kind];
	const marks: Mark[] = [];
	const step = box.height >= 40 ? 5 : 4;
	const hit = {
		width: Math.max(box.width, MIN_HIT.width) + 4,
		height: Math.max(box.height, MIN_HIT.height) + 4
	};
	marks.push(path('pk-hit', rounded(hit)));
	marks.push(path('pk-ring', rounded(shrink(box, -4), 6)));
	if (look.train > 1) {
		for (const by of [6, 3]) marks.push(path('pk-plain', rounded(box, 3, by, -by)));
	}
	if (look.again || look.held) marks.push(path('pk-line pk-again', rounded(shrink(box, -3.5), 5)));

	let room = box;
	const envelope = depth >= 3 || row.body === null || look.torn !== null;
	const meddled = look.meddled ? ' pk-meddled' : '';
	if (envelope) {
		marks.push(path(`pk-ip${meddled}`, look.torn ? tornPath(room, look.torn) : rounded(room)));
		if (row.body !== null) room = shrink(room, step);
	}
	const letterOnly = depth === 1 && look.paper !== null && look.kind === 'data';
	if (row.body !== null && !letterOnly) {
		const fill = row.body === 'round' ? 'pk-icmp' : depth === 1 ? 'pk-plain' : 'pk-tcp';
		marks.push(path(`${fill}${envelope ? '' : meddled}`, bodyPath(row, room)));
		const bar = barPath(row.right, room);
		if (bar) marks.push(path('pk-solid', bar));
	}
	if (look.paper !== null) {
		const inner = letterOnly ? room : shrink(room, room.height >= 30 ? 4 : 3);
		marks.push(...paperMarks(inner, look));
	} else marks.push(...label(row, look, room.width - 6, depth === 1 && row.body !== null ? ' pk-bare' : ''));

	if (look.again) marks.push(...loop(box));
	if (look.held) marks.push(...badge(-box.width / 2 - 1, -box.height / 2 - 1, PAUSE));
	if (look.meddled) marks.push(...badge(box.width / 2 + 1, box.height / 2 + 1, MEDDLED[look.meddled]));
	if (look.ghost) marks.push(path('pk-x', cross(Math.min(box.width, box.height) / 2 - 2)));
	return marks;
}

const PAUSE = 'M-2 -3v6M2 -3v6';
/** A pen; a mask. */
const MEDDLED = {
	edited: 'M-3.5 3.5l1 -2.6l4.6 -4.6l1.7 1.7l-4.6 4.6Z',
	forged: 'M-4.2 -2.4q4.2 2 8.4 0q.4 5 -2.6 5q-1.2 0 -1.6 -1.4q-.4 1.4 -1.6 1.4q-3 0 -2.6 -5Z'
} as const;

/** A round sign with an icon around (0, 0) in it. */
function badge(x: number, y: number, icon: string): Mark[] {
	const disc = `M${x - 7.5} ${y}a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0 -15 0Z`;
	return [path('pk-badge', disc), { ...path('pk-icon', icon), at: [x, y] }];
}

/** A looping arrow on the upper right corner. */
function loop({ width, height }: Size): Mark[] {
	const [x, y] = [width / 2 + 1, -height / 2 - 1];
	return [
		path('pk-badge', `M${x - 7} ${y}a7 7 0 1 0 14 0a7 7 0 1 0 -14 0Z`),
		path('pk-icon', `M${x + 3.2} ${y - 1.6}a3.6 3.6 0 1 0 .2 3M${x + 3.9} ${y - 4.2}v3h-3`)
	];
}

/** An X of half-width `r` around (0, 0). */
export const cross = (r: number): string => `M${-r} ${-r}L${r} ${r}M${r} ${-r}L${-r} ${r}`;
