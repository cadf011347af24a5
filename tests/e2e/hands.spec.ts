// The stage under a hand: the menu of a packet in flight and a host that is moved, by mouse and by finger.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

/** The yard at the instant after the first packet has left; returns its shape on the stage. */
async function underWay(page: Page): Promise<Locator> {
	const level = new LevelPage(page);
	await page.goto('yard/');
	await level.send('connect post 110');
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	await level.scrubber.press('Home');
	const glyph = page.locator('.moving .pk');
	const on = page.getByRole('button', { name: 'Step on' });
	for (let i = 0; i < 6 && (await glyph.count()) === 0; i++) await on.press('Enter');
	await expect(glyph).toHaveCount(1);
	return glyph;
}
const menuOf = (page: Page) => page.getByRole('dialog', { name: 'Packet 1, desk to post' });
const stage = (page: Page) => page.getByRole('region', { name: 'Stage' });
const middle = async (of: Locator) => {
	const { x = 0, y = 0, width = 0, height = 0 } = (await of.boundingBox()) ?? {};
	return { x: x + width / 2, y: y + height / 2 };
};

test('by mouse a packet is held where it is, and by keys on the stage let go; a host is dragged and put back', async ({
	page
}) => {
	await (await underWay(page)).click();
	const menu = menuOf(page);
	await menu.getByRole('button', { name: 'Hold' }).click();
	await menu.getByRole('button', { name: 'Branch', exact: true }).click();
	await expect(menu).toBeHidden();
	await page.getByRole('button', { name: 'To the end' }).click();
	await expect(stage(page).locator('svg text', { hasText: 'held' })).toBeVisible();
	const twin = stage(page).getByRole('button', { name: /^Packet 1, desk to post/ });
	await twin.focus();
	await page.keyboard.press('m');
	await menu.getByRole('button', { name: 'Release' }).press('Enter');
	await expect(menu).toBeHidden();
	await page.getByRole('button', { name: 'To the end' }).press('Enter');
	await expect(stage(page).locator('svg text', { hasText: 'held' })).toHaveCount(0);

	const desk = stage(page).locator('.host .picture').first();
	const from = await middle(desk);
	await page.mouse.move(from.x, from.y);
	await page.mouse.down();
	await page.mouse.move(from.x + 60, from.y + 90, { steps: 4 });
	await page.mouse.up();
	const there = await middle(desk);
	expect(there.y - from.y).toBeGreaterThan(40);
	await page.reload();
	await expect.poll(async () => (await middle(desk)).y).toBeCloseTo(there.y, 0);
	await desk.dblclick();
	expect(await middle(desk)).toEqual(from);
});

test.describe('by finger', () => {
	test.use({ hasTouch: true });

	test('a packet is dropped, and a host is moved', async ({ page }) => {
		await (await underWay(page)).tap();
		const menu = menuOf(page);
		await menu.getByRole('button', { name: 'Drop' }).tap();
		await menu.getByRole('button', { name: 'Branch', exact: true }).tap();
		await expect(menu).toBeHidden();
		await page.getByRole('button', { name: 'To the end' }).tap();
		await expect(page.getByRole('row', { name: /^Packet 2, .*retransmission of 1/ })).toBeVisible();

		const desk = stage(page).locator('.host .picture').first();
		const { x, y } = await middle(desk);
		const touches = await page.context().newCDPSession(page);
		const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', by = 0) =>
			touches.send('Input.dispatchTouchEvent', {
				type,
				touchPoints: type === 'touchEnd' ? [] : [{ x: x + by, y: y + by }]
			});
		await touch('touchStart');
		for (const by of [20, 40, 60]) await touch('touchMove', by);
		await touch('touchEnd');
		await expect
			.poll(async () => {
				const now = await middle(desk);
				return [Math.round(now.x - x), Math.round(now.y - y)];
			})
			.toEqual([60, 60]);
	});
});
