/**
 * A drawing of the page as a file of its own: SVG with every computed colour, size and font written into it, or PNG made
 * of that at twice its size. Law: the file needs nothing of the page: no style sheet, no font, no script.
 */
import * as words from '#words/take-menu.ts';
import { download } from '../download.ts';

const NS = 'http://www.w3.org/2000/svg';
/** What children take from what is around them, and what each element has for itself, with its initial value. */
const INHERITED = [
	'fill',
	'fill-opacity',
	'fill-rule',
	'stroke',
	'stroke-width',
	'stroke-opacity',
	'stroke-dasharray',
	'stroke-dashoffset',
	'stroke-linecap',
	'stroke-linejoin',
	'paint-order',
	'font-family',
	'font-size',
	'font-style',
	'font-weight',
	'letter-spacing',
	'text-anchor',
	'visibility'
] as const;
const OWN: Readonly<Record<string, string>> = {
	opacity: '1',
	'dominant-baseline': 'auto',
	transform: 'none',
	'stroke-miterlimit': '4'
};
/** A canvas has no side that is longer. */
const MOST = 16_000;

function write(from: Element, to: Element, around: CSSStyleDeclaration | null): void {
	const style = getComputedStyle(from);
	for (const name of INHERITED) {
		const value = style.getPropertyValue(name);
		if (value && value !== around?.getPropertyValue(name)) to.setAttribute(name, value);
	}
	for (const [name, initial] of Object.entries(OWN)) {
		const value = style.getPropertyValue(name);
		if (value && value !== initial) to.setAttribute(name, value);
	}
	// geometry that a style sheet may give
	for (const name of ['d', 'cx', 'cy', 'r', 'rx', 'ry'])
		if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name) ?? '');
	const [children, copies] = [[...from.children], [...to.children]];
	children.forEach((child, i) => {
		const copy = copies[i];
		if (!copy) return;
		if (getComputedStyle(child).display === 'none') copy.remove();
		else write(child, copy, style);
	});
}

function clean(element: Element): void {
	for (const { name } of [...element.attributes])
		if (/^(class|style|data-|aria-|role|tabindex|focusable|on)/.test(name)) element.removeAttribute(name);
	for (const child of element.children) clean(child);
}

/** The font in which letters of equal width are set, as a rule that carries it along; '' where it is not used. */
async function fontRule(): Promise<string> {
	for (const sheet of document.styleSheets)
		for (const rule of sheet.cssRules) {
			if (!(rule instanceof CSSFontFaceRule)) continue;
			const family = rule.style.getPropertyValue('font-family');
			const url = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
			if (!url || !/JetBrains/.test(family)) continue;
			const response = await fetch(new URL(url, sheet.href ?? location.href));
			const octets = new Uint8Array(await response.arrayBuffer());
			let text = '';
			for (const octet of octets) text += String.fromCharCode(octet);
			return `@font-face{font-family:${family};src:url(data:font/woff2;base64,${btoa(text)}) format("woff2");font-weight:100 800}`;
		}
	return '';
}

export interface Picture {
	readonly svg: string;
	readonly width: number;
	readonly height: number;
}

/** `around` gives the ground that it is drawn on. */
export async function pictureOf(drawing: SVGSVGElement, around: Element, title: string): Promise<Picture> {
	const box = drawing.viewBox.baseVal;
	const rect = drawing.getBoundingClientRect();
	const width = Math.round(box?.width || rect.width);
	const height = Math.round(box?.height || rect.height);
	const copy = drawing.cloneNode(true);
	if (!(copy instanceof SVGSVGElement)) throw new Error(words.noDrawing);
	write(drawing, copy, null);
	clean(copy);
	copy.setAttribute('xmlns', NS);
	copy.setAttribute('width', String(width));
	copy.setAttribute('height', String(height));
	if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
	copy.removeAttribute('visibility');
	const ground = document.createElementNS(NS, 'rect');
	ground.setAttribute('width', '100%');
	ground.setAttribute('height', '100%');
	ground.setAttribute('stroke', 'none');
	ground.setAttribute('fill', groundOf(around));
	const name = document.createElementNS(NS, 'title');
	name.textContent = title;
	const style = document.createElementNS(NS, 'style');
	style.textContent = await fontRule();
	copy.prepend(name, style, ground);
	return { svg: new XMLSerializer().serializeToString(copy), width, height };
}

/** The colour behind an element: its own, else that of what is around it. */
function groundOf(element: Element | null): string {
	for (let at = element; at; at = at.parentElement) {
		const colour = getComputedStyle(at).backgroundColor;
		if (colour && colour !== 'rgba(0, 0, 0, 0)' && colour !== 'transparent') return colour;
	}
	return '#ffffff';
}

export function saveSvg({ svg }: Picture, name: string): string {
	download(`${name}.svg`, 'image/svg+xml', svg);
	return words.savedAs(`${name}.svg`);
}

export async function savePng({ svg, width, height }: Picture, name: string): Promise<string> {
	const scale = Math.min(2, MOST / width, MOST / height);
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
	await image.decode();
	const canvas = document.createElement('canvas');
	canvas.width = Math.round(width * scale);
	canvas.height = Math.round(height * scale);
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
	if (!blob) throw new Error(words.tooLarge);
	download(`${name}.png`, 'image/png', new Uint8Array(await blob.arrayBuffer()));
	return words.savedInSize(`${name}.png`, canvas.width, canvas.height);
}
