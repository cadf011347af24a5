/**
 * The one group that D3 owns: a keyed join of parcel to glyph. A packet's marks are made when it enters and
 * again only when its look changes; from frame to frame nothing but transform and opacity is written, and nothing is read.
 */
import { select } from 'd3-selection';
import type { Layout } from './geometry.ts';
import { glyph, sizeOf, type Depth } from './glyph.ts';
import type { Flying } from './flight.ts';
import type { Mark } from './mark.ts';

export interface Item extends Flying {
	/** One word beside it, or ''. */
	readonly tag: string;
	readonly selected: boolean;
	readonly hovered: boolean;
}

/** More packets than this are a crowd: crowd.ts draws them. */
export const CROWD = 48;

interface Handlers {
	readonly pick: (packet: number, node: SVGGElement) => void;
	readonly hover: (packet: number | null) => void;
}

interface Drawn {
	/** What its marks were made from. */
	look: readonly unknown[];
	classes: string;
	place: string;
	opacity: number;
}

export class MovingLayer {
	readonly #group: SVGGElement;
	readonly #handlers: Handlers;
	readonly #drawn = new WeakMap<SVGGElement, Drawn>();

	constructor(group: SVGGElement, handlers: Handlers) {
		this.#group = group;
		this.#handlers = handlers;
	}

	/** Draws one frame. */
	draw(items: readonly Item[], layout: Layout, depth: Depth): void {
		const { pick, hover } = this.#handlers;
		const draw = (node: SVGGElement, item: Item) => this.#update(node, item, layout, depth);
		select(this.#group)
			.selectAll<SVGGElement, Item>('g')
			.data(stacked(items), ({ parcel }) => parcel.sent)
			.join((enter) =>
				enter
					.append('g')
					.on('click', function (_event, { parcel }) {
						pick(parcel.packet, this);
					})
					.on('pointerenter', (_event, { parcel }) => hover(parcel.packet))
					.on('pointerleave', () => hover(null))
			)
			.order()
			.each(function (item) {
				draw(this, item);
			});
	}

	#update(node: SVGGElement, item: Item, layout: Layout, depth: Depth): void {
		const drawn = this.#drawn.get(node) ?? this.#begin(node);
		const look = lookOf(item, layout, depth);
		if (look.length !== drawn.look.length || look.some((part, i) => part !== drawn.look[i])) {
			drawn.look = look;
			redraw(node, marksOf(item, layout, depth));
		}
		const classes = classesOf(item);
		if (classes !== drawn.classes) {
			drawn.classes = classes;
			node.setAttribute('class', classes);
		}
		const { x, y, scale, opacity } = item;
		const place = `translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100}) scale(${Math.round(scale * 1000) / 1000})`;
		if (place !== drawn.place) node.setAttribute('transform', (drawn.place = place));
		if (opacity !== drawn.opacity) node.setAttribute('opacity', String((drawn.opacity = opacity)));
	}

	#begin(node: SVGGElement): Drawn {
		const drawn = { look: [], classes: '', place: '', opacity: NaN };
		this.#drawn.set(node, drawn);
		return drawn;
	}
}

/** Everything that its marks are made from: with the same of it they are the same. */
export function lookOf({ parcel, now, ghost, train, tag, direction }: Item, layout: Layout, depth: Depth) {
	const { contents, held, edited } = now;
	const { kind, letters, paper, speech, torn } = contents;
	const { width } = sizeOf(kind, layout.packet);
	return [
		depth,
		width,
		layout.compact,
		ghost,
		train,
		direction,
		tag,
		held,
		edited,
		parcel.forged,
		parcel.again !== null,
		kind,
		letters,
		paper,
		speech,
		torn
	] as const;
}

export function marksOf(
	{ parcel, now, ghost, train, tag, direction }: Item,
	layout: Layout,
	depth: Depth
): readonly Mark[] {
	const { kind, letters, paper, speech, torn } = now.contents;
	const meddled = now.edited ? 'edited' : parcel.forged ? 'forged' : null;
	const again = parcel.again !== null;
	const look = { kind, letters, paper, speech, torn, again, held: now.held, meddled, ghost, train } as const;
	const marks = glyph(look, sizeOf(kind, layout.packet), depth);
	const words = train > 1 ? `×${train}` : tag;
	return words ? [...marks, tagMark(words, layout.tag[direction > 0 ? 0 : 1])] : marks;
}

export const classesOf = ({ selected, hovered, ghost }: Item): string =>
	`pk${selected ? ' pk-selected' : ''}${hovered ? ' pk-hovered' : ''}${ghost ? ' pk-ghost' : ''}`;

/** The letters of a packet stand at its left, so what lies further right is drawn on top. */
export const stacked = (items: readonly Item[]): Item[] => [...items].sort((a, b) => order(a) - order(b));
const order = ({ parcel, direction }: Item): number => -direction * parcel.sent;

const tagMark = (text: string, y: number): Mark => ({ shape: 'text', class: 'pk-tag', x: 0, y, text });

export function redraw(node: SVGGElement, marks: readonly Mark[]): void {
	const group = select(node);
	group.selectAll('*').remove();
	for (const mark of marks) {
		const element = group.append(mark.shape).attr('class', mark.class);
		if (mark.shape === 'path') {
			element.attr('d', mark.d);
			if (mark.at) element.attr('transform', `translate(${mark.at[0]} ${mark.at[1]})`);
		} else element.attr('x', mark.x).attr('y', mark.y).text(mark.text);
	}
}
