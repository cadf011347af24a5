// The page as an eye and a finger meet it: nothing shifts, nothing overflows, text and targets are large enough, and the
// scripts are small.
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage, SLUGS } from './level.ts';
import { clippedText, coveredTargets, resize, SIZES, sizeName, smallText } from './measure.ts';

/** A run of the level that holds a selected packet, seen at the desktop's size. */
async function midRun(page: Page, slug: (typeof SLUGS)[number]): Promise<LevelPage> {
	const level = new LevelPage(page);
	await level.open(slug);
	if (slug === 'papers') await level.say('USER ada', /^\+OK/);
	else {
		await level.send('connect post 110');
		await expect(level.question).toBeVisible();
	}
	await level.row(2).click();
	await expect(level.inspector.getByRole('treeitem').first()).toBeVisible();
	return level;
}

declare global {
	interface Window {
		shifts: { value: number; what: string[] }[];
	}
}

for (const size of SIZES)
	test(`nothing shifts from load to the end of 1.1, at ${sizeName(size)}`, async ({ page }) => {
		await page.addInitScript(() => {
			window.shifts = [];
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries()) {
					const shift = entry as PerformanceEntry & {
						value: number;
						hadRecentInput: boolean;
						sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
					};
					if (shift.hadRecentInput) continue;
					const what = shift.sources.map(({ node, previousRect: a, currentRect: b }) => {
						const name =
							node instanceof Element ? `${node.tagName}.${node.className}` : (node?.textContent ?? '?');
						return `${name} ${a.x},${a.y} ${a.width}×${a.height} → ${b.x},${b.y} ${b.width}×${b.height}`;
					});
					window.shifts.push({ value: shift.value, what });
				}
			}).observe({ type: 'layout-shift', buffered: true });
		});
		await page.setViewportSize(size);
		await page.goto('');
		const level = new LevelPage(page);
		await expect(level.line).toHaveValue('connect post 110');
		await level.line.press('Enter');
		await level.choose('post, the server');
		await expect(level.finish.getByRole('link', { name: 'Next' })).toBeFocused();
		expect(await page.evaluate(() => window.shifts)).toEqual([]);
	});

test.describe('nothing overflows', () => {
	const widths = [320, 360, 390, 599, 600, 834, 1024, 1179, 1180, 1280, 1440, 1920, 2560];
	const overflow = (page: Page) =>
		page.evaluate(() => {
			const { scrollWidth, clientWidth } = document.documentElement;
			return scrollWidth - clientWidth;
		});
	const pages = {
		'first page': '',
		map: 'map/',
		capture: 'capture/',
		reference: 'reference/tcp/',
		'not found': 'level/nowhere/'
	};
	for (const [name, path] of Object.entries(pages))
		test(`${name}: no page scrolls sideways from 320 px on`, async ({ page, watch }) => {
			if (name === 'not found') {
				const answer = page.waitForResponse((response) => response.url().endsWith(path));
				await page.goto('map/');
				await page.evaluate(() => location.assign('../level/nowhere/'));
				await answer;
				await expect(page.getByRole('heading', { level: 1 })).toContainText('Return to sender');
				watch.complaints.splice(0);
			} else await page.goto(path);
			for (const width of widths) {
				await resize(page, { width, height: 800 });
				expect(await overflow(page), `${width} px`).toBe(0);
				expect.soft(await clippedText(page), `${width} px`).toEqual([]);
				expect.soft(await coveredTargets(page), `${width} px`).toEqual([]);
			}
		});
	for (const slug of SLUGS)
		test(`level ${slug} scrolls neither sideways nor, from 1280×560 on, down`, async ({ page }) => {
			const level = await midRun(page, slug);
			for (const state of ['mid-run', 'solved']) {
				if (state === 'solved') {
					await resize(page, SIZES[0]);
					await page.getByRole('button', { name: 'Reset' }).click();
					await expect(level.rows).toHaveCount(slug === 'papers' ? 5 : 0);
					await level.solve(slug);
				}
				for (const width of widths) {
					await resize(page, { width, height: 800 });
					expect(await overflow(page), `${state}, ${width} px`).toBe(0);
					expect.soft(await clippedText(page), `${state}, ${width} px`).toEqual([]);
					expect.soft(await coveredTargets(page), `${state}, ${width} px`).toEqual([]);
				}
				for (const size of [
					{ width: 1280, height: 560 },
					{ width: 1280, height: 639 },
					{ width: 1280, height: 640 },
					{ width: 1280, height: 720 },
					{ width: 1440, height: 900 },
					{ width: 1920, height: 1080 }
				]) {
					await resize(page, size);
					const down = await page.evaluate(() => {
						const { scrollHeight, clientHeight } = document.documentElement;
						return scrollHeight - clientHeight;
					});
					expect(down, `${state}, ${sizeName(size)}`).toBe(0);
					// what one needs at every moment is there without any scrolling
					await expect(level.line).toBeInViewport({ ratio: 1 });
					await expect(page.getByRole('button', { name: 'Step back' })).toBeInViewport({ ratio: 1 });
				}
			}
		});
	test('goals can be seen at every size, on the phone as a count', async ({ page }) => {
		const level = await midRun(page, 'papers');
		for (const size of SIZES.slice(0, 2)) {
			await resize(page, size);
			for (const row of await level.goals.all()) await expect(row).toBeInViewport({ ratio: 1 });
		}
		await resize(page, SIZES[3]);
		await expect(page.getByLabel('0 of 4 goals met')).toBeInViewport({ ratio: 1 });
		await page.getByRole('region', { name: 'Mission' }).getByRole('button').first().click();
		for (const row of await level.goals.all()) await expect(row).toBeInViewport({ ratio: 1 });
	});
});

/**
 * Everything that takes a pointer and is smaller than `least` either way. Octets of the byte grid are left out: the tree
 * beside it does the same (WCAG 2.2, 2.5.8 "equivalent"), and links in a sentence ("inline").
 */
const smallTargets = (page: Page, least: number) =>
	page.evaluate((least) => {
		const small = new Set<string>();
		const targets = 'a[href], button, input, select, summary, [role=tab], [role=treeitem], [data-packet]';
		for (const element of document.querySelectorAll<HTMLElement>(targets)) {
			if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
			if (element.closest('.visually-hidden') || element.matches('.skip, :disabled')) continue;
			element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
			const { x, y, width, height } = element.getBoundingClientRect();
			if (width >= least - 0.5 && height >= least - 0.5) continue;
			if (getComputedStyle(element).display === 'inline' && element.closest('p')) continue;
			// smaller than its target: a label, or what it spreads over its surroundings, takes the pointer too
			const takes = (dx: number, dy: number) => {
				const hit = document.elementFromPoint(x + width / 2 + dx, y + height / 2 + dy);
				return element.contains(hit) || hit?.closest('label')?.control === element;
			};
			const span = (dx: number, dy: number) => {
				let [back, on] = [0, 0];
				while (back < least && takes(-dx * (back + 1), -dy * (back + 1))) back++;
				while (on < least && takes(dx * (on + 1), dy * (on + 1))) on++;
				return back + on + 1;
			};
			if (takes(0, 0) && span(1, 0) >= least - 1 && span(0, 1) >= least - 1) continue;
			const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
			small.add(
				`${width.toFixed(0)}×${height.toFixed(0)}: ${element.tagName}.${element.className}: ${name.trim().slice(0, 30)}`
			);
		}
		return [...small];
	}, least);

for (const touch of [false, true])
	test.describe(touch ? 'by finger' : 'by mouse', () => {
		test.use({ hasTouch: touch });
		const least = touch ? 44 : 24;

		for (const slug of SLUGS)
			test(`level ${slug}: text of 12 px or more, targets of ${least} px or more`, async ({ page }) => {
				const level = await midRun(page, slug);
				for (const state of ['mid-run', 'solved']) {
					if (state === 'solved') {
						await resize(page, SIZES[0]);
						await page.getByRole('button', { name: 'Reset' }).click();
						await expect(level.rows).toHaveCount(slug === 'papers' ? 5 : 0);
						await level.solve(slug);
					}
					for (const size of SIZES) {
						await resize(page, size);
						expect.soft(await smallText(page, 12), `${state}, ${sizeName(size)}`).toEqual([]);
						expect.soft(await smallTargets(page, least), `${state}, ${sizeName(size)}`).toEqual([]);
					}
				}
			});
		test(`the map: text of 12 px or more, targets of ${least} px or more`, async ({ page }) => {
			await page.goto('map/');
			for (const size of SIZES) {
				await resize(page, size);
				expect.soft(await smallText(page, 12), sizeName(size)).toEqual([]);
				expect.soft(await smallTargets(page, least), sizeName(size)).toEqual([]);
			}
		});
	});

test('what one reads and types is 15 px or more', async ({ page }) => {
	const level = await midRun(page, 'papers');
	for (const size of SIZES.slice(0, 3)) {
		await resize(page, size);
		const more = page.getByRole('region', { name: 'Mission' }).getByRole('button', { name: 'Mission' });
		if (await more.isVisible()) await more.click();
		for (const text of [level.line, level.text, page.getByRole('group', { name: 'Mission text' })])
			expect(
				parseFloat(await text.evaluate((element) => getComputedStyle(element).fontSize))
			).toBeGreaterThanOrEqual(15);
	}
	// a phone zooms into anything smaller
	await resize(page, SIZES[3]);
	expect(
		parseFloat(await level.line.evaluate((element) => getComputedStyle(element).fontSize))
	).toBeGreaterThanOrEqual(16);
});

test('the scripts of a level page are at most 170 KB before one touches it', async ({ page, baseURL }) => {
	const sizes = new Map<string, { plain: number; packed: number }>();
	const bodies: Promise<unknown>[] = [];
	page.on('response', (response) => {
		if (!response.url().startsWith(baseURL ?? '') || !/\.js$/.test(response.url())) return;
		if (response.request().serviceWorker()) return;
		bodies.push(
			response.body().then((body) => {
				const name = response.url().slice(baseURL?.length ?? 0);
				sizes.set(name, { plain: body.length, packed: gzipSync(body, { level: 9 }).length });
			})
		);
	});
	await page.goto('level/papers/');
	await expect(new LevelPage(page).text).toContainText('+OK POP3');
	await page.waitForLoadState('networkidle');
	await Promise.all(bodies);
	const isWorker = (name: string) => name.includes('/workers/') || name === 'service-worker.js';
	const sum = (worker: boolean) => {
		let [plain, packed] = [0, 0];
		for (const [name, size] of sizes)
			if (isWorker(name) === worker) [plain, packed] = [plain + size.plain, packed + size.packed];
		return { plain, packed };
	};
	const [own, worker] = [sum(false), sum(true)];
	const kb = (octets: number) => `${(octets / 1000).toFixed(1)} KB`;
	console.log(
		`Scripts of the page: ${kb(own.packed)} gzip (${kb(own.plain)}); of the worker: ${kb(worker.packed)} gzip (${kb(worker.plain)})`
	);
	expect(worker.packed).toBeGreaterThan(0);
	expect(own.packed).toBeGreaterThan(20_000);
	expect(own.packed).toBeLessThanOrEqual(170_000);
});
