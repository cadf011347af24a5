// What the system wishes is heeded: with reduced motion nothing travels, with forced colours every mark keeps its shape.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

declare global {
	interface Window {
		drawn: Record<string, string[]>;
	}
}

test.describe('reduced motion', () => {
	/** Notes, frame by frame, where each packet was drawn; and what else is animated. */
	const record = (page: Page) =>
		page.evaluate(() => {
			window.drawn = { animations: [] };
			const look = () => {
				for (const glyph of document.querySelectorAll('.moving > g')) {
					const { parcel } = (glyph as Element & { __data__: { parcel: { packet: number } } }).__data__;
					const place = (glyph.getAttribute('transform') ?? '').replace(/ ?scale.*/, '');
					const places = (window.drawn[parcel.packet] ??= []);
					if (places.at(-1) !== place) places.push(place);
				}
				for (const animation of document.getAnimations()) {
					const { duration } = animation.effect?.getComputedTiming() ?? {};
					if (Number(duration) > 20) window.drawn['animations']?.push(String(animation.constructor.name));
				}
				requestAnimationFrame(look);
			};
			requestAnimationFrame(look);
		});

	for (const way of ['system', 'own switch'] as const)
		test(`by the ${way}: nothing travels, and the level is solved`, async ({ page }) => {
			if (way === 'system') await page.emulateMedia({ reducedMotion: 'reduce' });
			await page.goto('level/knock/?skip');
			if (way === 'own switch') {
				await page.getByRole('button', { name: 'Settings' }).click();
				await page.getByRole('group', { name: 'Motion' }).getByRole('radio', { name: 'off' }).check();
				await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
			}
			await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced');
			await record(page);
			const level = new LevelPage(page);
			await level.solve('knock');
			const { animations, ...packets } = await page.evaluate(() => window.drawn);
			expect(animations).toEqual([]);
			expect(Object.keys(packets)).toHaveLength(5);
			// at most one jump, from one end to the other
			for (const [packet, places] of Object.entries(packets))
				expect(places.length, `packet ${packet}: ${places.join(' ')}`).toBeLessThanOrEqual(2);
		});

	test('with full motion packets do travel', async ({ page }) => {
		await page.goto('level/knock/?skip');
		await record(page);
		const level = new LevelPage(page);
		await level.solve('knock');
		const { animations, ...packets } = await page.evaluate(() => window.drawn);
		void animations;
		for (const places of Object.values(packets)) expect(places.length).toBeGreaterThan(2);
	});
});

test('with forced colours every mark keeps its shape', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
	const level = new LevelPage(page);
	await level.open('knock');
	await level.send('connect post 110');
	await expect(level.question).toBeVisible();
	await level.row(2).click();
	const shapes = ':is(path, rect, line, circle)';
	const marks = await page
		.getByRole('region', { name: 'Stage' })
		.locator(`svg ${shapes}`)
		.or(level.rows.locator(`svg ${shapes}`))
		.evaluateAll((lines) => {
			const canvas = getComputedStyle(document.body).backgroundColor;
			const seen = lines.filter((line) => {
				const { stroke, fill } = getComputedStyle(line);
				return [stroke, fill].some(
					(colour) => colour !== 'none' && colour !== canvas && !/, 0\)$/.test(colour)
				);
			});
			return { all: lines.length, seen: seen.length };
		});
	expect(marks.all).toBeGreaterThan(20);
	expect(marks.seen / marks.all).toBeGreaterThan(0.6);
	await level.line.focus();
	await page.keyboard.press('Tab');
	const outline = await page.evaluate(() => {
		const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
		return `${outlineStyle} ${outlineWidth}`;
	});
	expect(outline).toBe('solid 2px');
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(level.rows).toHaveCount(0);
	await level.solve('knock');
});
