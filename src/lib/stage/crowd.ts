/**
 * A crowd of packets on a canvas: so many that shapes, each with a place of its own in a drawing, would not keep up with
 * the frames. A look is drawn once, with the colours and lines that the style sheet gives to the same marks in the
 * drawing, and then only put in its place. Law: what is seen is a function of the items alone, as in join.ts.
 */
import { MIN_HIT, type Layout, type Point } from './geometry.ts';
import { sizeOf, type Depth } from './glyph.ts';
import { CHAR, type Mark } from './mark.ts';
import { classesOf, lookOf, marksOf, redraw, stacked, type Item } from './join.ts';

/** Looks that are kept. */
const KEPT = 600;
/** What stands out over the box of a packet: rings, badges, a train's other waggons. */
const AROUND = 18;

/** A look, drawn around its middle. */
interface Sprite {
	readonly image: ImageBitmap;
	/** In px of the page. */
	readonly width: number;
	readonly height: number;
}

export class CrowdLayer {
	readonly #canvas: HTMLCanvasElement;
	readonly #group: SVGGElement;
	readonly #sprites = new Map<string, Sprite>();
	#items: readonly Item[] = [];
	#layout: Layout | null = null;

	/** `group` is where the drawing has its packets: there the style sheet is asked. */
	constructor(canvas: HTMLCanvasElement, group: SVGGElement) {
		this.#canvas = canvas;
		this.#group = group;
	}

	/** Draws one frame; `ratio` is how many dots a px has. */
	draw(items: readonly Item[], layout: Layout, depth: Depth, ratio: number): void {
		const [width, height] = [Math.round(layout.width * ratio), Math.round(layout.height * ratio)];
		const canvas = this.#canvas;
		if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
		const pen = canvas.getContext('2d');
		if (!pen) return;
		this.#items = stacked(items);
		this.#layout = layout;
		pen.clearRect(0, 0, width, height);
		for (const item of this.#items) {
			const { x, y, scale, opacity } = item;
			const { image, width: w, height: h } = this.#sprite(item, layout, depth, ratio);
			pen.globalAlpha = opacity;
			// on whole dots: its letters stay sharp, and nothing is computed for any of its own
			const left = Math.round((x - (w * scale) / 2) * ratio);
			const top = Math.round((y - (h * scale) / 2) * ratio);
			if (scale === 1) pen.drawImage(image, left, top);
			else pen.drawImage(image, left, top, image.width * scale, image.height * scale);
		}
		pen.globalAlpha = 1;
	}

	/** What is uppermost at a place; null: nothing. */
	at({ x, y }: Point): Item | null {
		const layout = this.#layout;
		if (!layout) return null;
		return (
			this.#items.findLast((item) => {
				const box = sizeOf(item.now.contents.kind, layout.packet);
				const half = (side: number, least: number) => (item.scale * (Math.max(side, least) + 4)) / 2;
				return (
					Math.abs(x - item.x) <= half(box.width, MIN_HIT.width) &&
					Math.abs(y - item.y) <= half(box.height, MIN_HIT.height)
				);
			}) ?? null
		);
	}

	/** Colours or letters are others now. */
	forget(): void {
		for (const { image } of this.#sprites.values()) image.close();
		this.#sprites.clear();
	}

	#sprite(item: Item, layout: Layout, depth: Depth, ratio: number): Sprite {
		const classes = classesOf(item);
		const key = `${ratio} ${classes} ${lookOf(item, layout, depth).join()}`;
		const known = this.#sprites.get(key);
		if (known) return known;
		const marks = marksOf(item, layout, depth);
		const box = sizeOf(item.now.contents.kind, layout.packet);
		const half = { x: box.width / 2 + AROUND, y: box.height / 2 + AROUND };
		for (const mark of marks)
			if (mark.shape === 'text') {
				half.x = Math.max(half.x, Math.abs(mark.x) + mark.text.length * CHAR);
				half.y = Math.max(half.y, Math.abs(mark.y) + AROUND);
			}
		const sheet = new OffscreenCanvas(Math.ceil(2 * half.x * ratio), Math.ceil(2 * half.y * ratio));
		const pen = sheet.getContext('2d');
		if (pen) {
			pen.setTransform(ratio, 0, 0, ratio, sheet.width / 2, sheet.height / 2);
			this.#paint(pen, marks, classes);
		}
		const image = sheet.transferToImageBitmap();
		const sprite = { image, width: image.width / ratio, height: image.height / ratio };
		if (this.#sprites.size >= KEPT) this.forget();
		this.#sprites.set(key, sprite);
		return sprite;
	}

	/** Draws marks as they look where the drawing has them. */
	#paint(pen: OffscreenCanvasRenderingContext2D, marks: readonly Mark[], classes: string): void {
		const node = this.#group.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'g'));
		node.setAttribute('class', classes);
		redraw(node, marks);
		marks.forEach((mark, i) => {
			const element = node.children[i];
			if (element) paint(pen, mark, getComputedStyle(element));
		});
		node.remove();
	}
}

const LINE_ENDS: readonly string[] = ['butt', 'round', 'square'] satisfies CanvasLineCap[];
const isLineEnd = (value: string): value is CanvasLineCap => LINE_ENDS.includes(value);

function paint(pen: OffscreenCanvasRenderingContext2D, mark: Mark, style: CSSStyleDeclaration): void {
	const { fill, stroke } = style;
	pen.save();
	pen.fillStyle = fill;
	pen.strokeStyle = stroke;
	pen.lineWidth = parseFloat(style.strokeWidth) || 1;
	pen.lineCap = isLineEnd(style.strokeLinecap) ? style.strokeLinecap : 'butt';
	pen.lineJoin = style.strokeLinejoin === 'round' ? 'round' : 'miter';
	pen.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(',').map(parseFloat));
	if (mark.shape === 'path') {
		if (mark.at) pen.translate(...mark.at);
		const path = new Path2D(mark.d);
		if (fill !== 'none') pen.fill(path);
		if (stroke !== 'none') pen.stroke(path);
	} else {
		pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
		pen.textAlign = style.textAnchor === 'middle' ? 'center' : 'left';
		if (stroke !== 'none') pen.strokeText(mark.text, mark.x, mark.y);
		if (fill !== 'none') pen.fillText(mark.text, mark.x, mark.y);
	}
	pen.restore();
}
