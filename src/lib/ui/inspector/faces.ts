/** The faces of a packet, and for how many of them there is room. */
import * as words from '#words/inspector-parts.ts';

export const FACES = [
	{ key: 'tree', label: words.tree },
	{ key: 'bits', label: words.bits },
	{ key: 'bytes', label: words.bytes }
] as const;
export type Face = (typeof FACES)[number]['key'];

/** Heights, px, under which a pane has room for one face, and for two. */
const LOW = 420;
const HIGH = 530;
/** Width of the window from which all three are shown. */
const WIDE = 1600;

/** Width of the pane from which the fields stand beside the bits and the bytes. */
const BROAD = 1000;

/** One face at a time, the tree and one under it, or all three. `height` and `width` are the pane's; 0: not measured yet. */
export function placesFor({
	screen,
	height,
	width
}: Record<'screen' | 'height' | 'width', number>): 1 | 2 | 3 {
	if (height > 0 && height < LOW) return 1;
	return (screen >= WIDE || isBroad(width)) && height >= HIGH ? 3 : 2;
}
export const isBroad = (width: number): boolean => width >= BROAD;

/** What the packet's pane is for: its fields, the way to a checksum, or another packet held against it. */
export type Mode = 'fields' | 'walk' | 'diff';

/** Which faces are shown. `face`: the one chosen where there is room for one; `chosen`: that of bits and bytes too. */
export const shownFaces = (
	places: 1 | 2 | 3,
	mode: Mode,
	face: Face,
	chosen: Face
): { readonly [F in Face]: boolean } => ({
	tree: mode === 'fields' && (places > 1 || face === 'tree'),
	bits: mode !== 'diff' && (places === 3 || chosen === 'bits'),
	bytes: mode !== 'diff' && (places === 3 || chosen === 'bytes')
});
