/**
 * Where a card about a parcel, or an open packet, stands on the stage: beside what it is about and wholly inside.
 * Pure: places in, a corner and a size out, in px.
 */
import type { Layout, Point, Size } from './geometry.ts';
import type { Parcel, Stage } from './parcel.ts';
import { middle } from './wires.ts';

/** What a card about a parcel points at when the parcel itself is not drawn: its receiver, or the link it is on. */
export function anchorOf(
	{ link: id, to }: Pick<Parcel, 'link' | 'to'>,
	stage: Stage,
	{ hosts, links, width, height }: Layout
): Point {
	const link = links.find((place) => place.link.id === id);
	const host = hosts.find((place) => place.host.id === to);
	if (stage === 'arrived' && host) return middle(host.glyph);
	return link ? { x: (link.x1 + link.x2) / 2, y: link.y } : { x: width / 2, y: height / 2 };
}

/** The most that an open packet takes of a stage: nearly all of a small one, a comfortable measure of a large one. */
export const openSize = ({ width, height }: Size, margin = 8): Size => ({
	width: Math.min(height < 340 ? 820 : 680, width - 2 * margin),
	height: Math.max(120, height - 2 * margin)
});

/** Nearest place for a card of `size` beside `anchor`, wholly inside `bounds` with a margin: below or above it, else at a side. */
export function cardPlace(anchor: Point, size: Size, bounds: Size, gap = 30, margin = 8): Point {
	const within = (at: number, length: number, limit: number) =>
		Math.max(margin, Math.min(at, limit - length - margin));
	const centred = within(anchor.x - size.width / 2, size.width, bounds.width);
	const below = anchor.y + gap;
	const above = anchor.y - gap - size.height;
	if (below + size.height <= bounds.height - margin) return { x: centred, y: below };
	if (above >= margin) return { x: centred, y: above };
	const side = gap + 12;
	const right = anchor.x + side + size.width <= bounds.width - margin;
	return {
		x: within(right ? anchor.x + side : anchor.x - side - size.width, size.width, bounds.width),
		y: within(anchor.y - size.height / 2, size.height, bounds.height)
	};
}
