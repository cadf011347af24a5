// Panes as a person has drawn them: by keyboard and by pointer, kept on the device; and one pane alone.
import { expect, test } from './fixtures.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('a column is made wider by keys, stays so after a reload, and goes back', async ({ page }) => {
	await page.goto('level/papers/');
	const split = page.getByRole('separator', { name: 'Width of the left column' });
	const width = async () => (await page.locator('main > .at-left').boundingBox())?.width ?? 0;
	const before = await width();
	for (let i = 0; i < 3; i++) await split.press('ArrowRight');
	expect(await width()).toBe(before + 48);
	await page.reload();
	await expect.poll(width).toBe(before + 48);
	await split.press('Enter');
	await expect.poll(width).toBe(before);
});

test('a row is drawn with the pointer, within its bounds', async ({ page }) => {
	await page.goto('level/papers/');
	const split = page.getByRole('separator', { name: 'Height of the packet list' });
	const list = page.getByRole('region', { name: 'Packets' });
	const height = async () => (await list.boundingBox())?.height ?? 0;
	const before = await height();
	const box = await split.boundingBox();
	if (!box) throw new Error('the splitter has no place');
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 60);
	await page.mouse.up();
	expect(await height()).toBe(before + 60);
	await split.press('End');
	expect(await height()).toBe(620);
	await split.dblclick();
	expect(await height()).toBe(before);
});

test('one pane alone, by keys and by its button, and back', async ({ page }) => {
	await page.goto('level/papers/');
	const stage = page.locator('[data-pane="Stage"]');
	const before = await stage.boundingBox();
	await stage.focus();
	await page.keyboard.press('Shift+Enter');
	await expect(page.getByRole('region', { name: 'Packets' })).toBeHidden();
	expect((await stage.boundingBox())?.width).toBeGreaterThan(1400);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('region', { name: 'Packets' })).toBeVisible();
	expect(await stage.boundingBox()).toEqual(before);
	await page.getByRole('region', { name: 'Packets' }).hover();
	await page.getByRole('button', { name: 'Packets alone' }).click();
	await expect(stage).toBeHidden();
	await page.getByRole('button', { name: 'Packets: back to its place' }).click();
	await expect(stage).toBeVisible();
});
