// What an eye finds wrong with a page, found by measuring: text too small, text cut off, one thing to press on top of
// another. Each returns a line per finding; none is a page as it should be.
import type { Page } from '@playwright/test';

export const SIZES = [
	{ width: 1440, height: 900 },
	{ width: 1280, height: 720 },
	{ width: 834, height: 1112 },
	{ width: 390, height: 844 }
] as const;
export type Size = { readonly width: number; readonly height: number };
export const sizeName = ({ width, height }: Size): string => `${width}×${height}`;

/** Resizes, and lets what measures itself do so. */
export async function resize(page: Page, size: Size): Promise<void> {
	await page.setViewportSize(size);
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Every visible piece of text that is smaller than `least`, as it appears on the screen. */
export const smallText = (page: Page, least: number): Promise<string[]> =>
	page.evaluate((least) => {
		const small = new Set<string>();
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walk.nextNode(); node; node = walk.nextNode()) {
			const element = node.parentElement;
			if (!element || !node.textContent?.trim() || element.closest('.visually-hidden, script, style, option'))
				continue;
			if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			const size = parseFloat(getComputedStyle(element).fontSize);
			const drawn = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
			const scale = drawn ? Math.hypot(drawn.c, drawn.d) : 1;
			// a packet that is just being made or delivered grows and shrinks
			if (element.closest('.moving') && scale < 1) continue;
			if (size * scale < least - 0.06)
				small.add(
					`${(size * scale).toFixed(1)} px: ${element.tagName}.${element.getAttribute('class')}: ${node.textContent.trim().slice(0, 30)}`
				);
		}
		return [...small];
	}, least);

/**
 * Text that is cut off by what it is in, where neither scrolling nor dots say that there is more: by an element whose
 * overflow is hidden, by the edge of its drawing, or by the side of a page that does not scroll.
 */
export const clippedText = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const cut = new Set<string>();
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		const range = document.createRange();
		for (let node = walk.nextNode(); node; node = walk.nextNode()) {
			const element = node.parentElement;
			const text = node.textContent?.trim() ?? '';
			if (!element || !text || element.closest('.visually-hidden, .skip, script, style, option, [inert]'))
				continue;
			if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			// what is on its way is cut where its way ends
			if (element.closest('.moving')) continue;
			range.selectNodeContents(node);
			const { left, right, top, bottom } = range.getBoundingClientRect();
			if (right - left === 0) continue;
			let [free, open] = [false, true];
			let away = false;
			for (let around: Element | null = element; around && open; around = around.parentElement) {
				const { overflowX, overflowY, textOverflow, position, lineClamp, clipPath } = getComputedStyle(
					around
				) as CSSStyleDeclaration & {
					lineClamp?: string;
				};
				if (around === document.documentElement || around === document.body) break;
				// hidden from the eye on purpose
				if (clipPath === 'inset(50%)') away = true;
				if (away) break;
				if (textOverflow === 'ellipsis' || (lineClamp ?? 'none') !== 'none') free = true;
				if (/auto|scroll/.test(overflowX + overflowY)) free = true;
				if (free) break;
				const drawing = around instanceof SVGSVGElement;
				const box = around.getBoundingClientRect();
				const [hidesX, hidesY] = [/hidden|clip/.test(overflowX), /hidden|clip/.test(overflowY)];
				const over = Math.max(
					hidesX ? Math.max(box.left - left, right - box.right) : 0,
					hidesY ? Math.max(box.top - top, bottom - box.bottom) : 0
				);
				if ((hidesX || hidesY) && over > (drawing ? 2.5 : 1.5)) {
					cut.add(
						`${over.toFixed(0)} px of "${text.slice(0, 40)}" by ${around.tagName}.${around.getAttribute('class') ?? ''}`
					);
					break;
				}
				if (position === 'fixed') open = false;
			}
			if (!free && !away && (left < -1 || right > innerWidth + 1))
				cut.add(`off the page: "${text.slice(0, 40)}"`);
		}
		return [...cut];
	});

/** Things to press that lie over each other, where they can be seen. */
export const coveredTargets = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		interface Seen {
			readonly element: HTMLElement;
			readonly left: number;
			readonly right: number;
			readonly top: number;
			readonly bottom: number;
		}
		const modal = document.querySelector('dialog:modal');
		const seen: Seen[] = [];
		const targets =
			'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=tab], [role=separator]';
		for (const element of (modal ?? document).querySelectorAll<HTMLElement>(targets)) {
			if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			if (element.closest('.visually-hidden, .skip, [inert], .moving')) continue;
			if (element.matches('.visually-hidden, .skip')) continue;
			if (getComputedStyle(element).pointerEvents === 'none') continue;
			let { left, right, top, bottom } = element.getBoundingClientRect();
			for (let around = element.parentElement; around; around = around.parentElement) {
				const { overflowX, overflowY, position } = getComputedStyle(around);
				if (overflowX === 'visible' && overflowY === 'visible') {
					if (position === 'fixed') break;
					continue;
				}
				const box = around.getBoundingClientRect();
				left = Math.max(left, box.left);
				right = Math.min(right, box.right);
				top = Math.max(top, box.top);
				bottom = Math.min(bottom, box.bottom);
			}
			if (right - left > 3 && bottom - top > 3) seen.push({ element, left, right, top, bottom });
		}
		const name = ({ element }: Seen) =>
			(element.getAttribute('aria-label') ?? element.textContent ?? element.tagName).trim().slice(0, 40);
		const found: string[] = [];
		for (const [i, a] of seen.entries())
			for (const b of seen.slice(i + 1)) {
				if (a.element.contains(b.element) || b.element.contains(a.element)) continue;
				// what opens over the page covers it on purpose
				if (a.element.closest('[data-over]') !== b.element.closest('[data-over]')) continue;
				if (a.element.closest('label') !== null && a.element.closest('label') === b.element.closest('label'))
					continue;
				const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
				const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
				if (across <= 2 || down <= 2) continue;
				// one of them is behind something else altogether: it is not there to be pressed
				const x = Math.max(a.left, b.left) + across / 2;
				const y = Math.max(a.top, b.top) + down / 2;
				const top = document.elementFromPoint(x, y);
				if (!a.element.contains(top) && !b.element.contains(top)) continue;
				found.push(`"${name(a)}" and "${name(b)}" share ${across.toFixed(0)}×${down.toFixed(0)} px`);
			}
		return found;
	});

/** All of it, of a page as it is now. */
export async function flaws(page: Page): Promise<string[]> {
	return [
		...(await smallText(page, 12)).map((line) => `small: ${line}`),
		...(await clippedText(page)).map((line) => `cut off: ${line}`),
		...(await coveredTargets(page)).map((line) => `overlap: ${line}`)
	];
}
