/**
 * The one group that D3 owns: a keyed join of parcel to glyph. A packet's marks are made when it enters and
 * again only when its look changes; from frame to frame nothing but transform and opacity is written, and nothing is read.
 */
import { select } from 'd3-selection';
import type { Layout } from './geometry.ts';
import { glyph, sizeOf, type Depth, type Mark } from './glyph.ts';
import type { Flying } from './flight.ts';

export interface Item extends Flying {
	/** One word beside it, or ''. */
	readonly tag: string;
	readonly selected: boolean;
	readonly hovered: boolean;
}

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
		const { parcel, now, ghost, train, tag, direction } = item;
		const { contents, held, edited } = now;
		const box = sizeOf(contents.kind, layout.packet);
		const { kind, letters, paper, torn } = contents;
		const compact = layout.compact;
		const look = [
			depth,
			box.width,
			compact,
			ghost,
			train,
			direction,
			tag,
			held,
			edited,
			kind,
			letters,
			paper,
			torn
		];
		if (look.length !== drawn.look.length || look.some((part, i) => part !== drawn.look[i])) {
			drawn.look = look;
			const meddled = edited ? 'edited' : parcel.forged ? 'forged' : null;
			const again = parcel.again !== null;
			const marks = glyph({ kind, letters, paper, torn, again, held, meddled, ghost, train }, box, depth);
			const words = train > 1 ? `×${train}` : tag;
			redraw(node, words ? [...marks, tagMark(words, layout.tag[direction > 0 ? 0 : 1])] : marks);
		}
		const classes = `pk${item.selected ? ' pk-selected' : ''}${item.hovered ? ' pk-hovered' : ''}${ghost ? ' pk-ghost' : ''}`;
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

/** The letters of a packet stand at its left, so what lies further right is drawn on top. */
const stacked = (items: readonly Item[]): Item[] => [...items].sort((a, b) => order(a) - order(b));
const order = ({ parcel, direction }: Item): number => -direction * parcel.sent;

const tagMark = (text: string, y: number): Mark => ({ shape: 'text', class: 'pk-tag', x: 0, y, text });

function redraw(node: SVGGElement, marks: readonly Mark[]): void {
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
