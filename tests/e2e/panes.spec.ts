// Panes as a person has drawn them: by keyboard and by pointer, kept on the device; and one pane alone.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('a column is made wider by keys, stays so after a reload, and goes back', async ({ page }) => {
	await page.goto('level/papers/');
	const split = page.getByRole('separator', { name: 'Width of the left column' });
	const width = async () => (await page.locator('main > .at-left').boundingBox())?.width ?? 0;
	const before = await width();
	await split.focus();
	await expect(split).toHaveAttribute('aria-valuenow', String(before));
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
	// the terminal too, from the line that one types in
	const { line } = new LevelPage(page);
	await line.fill('half');
	await line.press('Shift+Enter');
	await expect(stage).toBeHidden();
	await expect(line).toHaveValue('half');
	await expect(line).toBeInViewport({ ratio: 1 });
	await page.keyboard.press('Escape');
	await expect(stage).toBeVisible();
	await page.getByRole('button', { name: 'Terminal alone' }).click();
	await expect(stage).toBeHidden();
	await page.getByRole('button', { name: 'Terminal: back to its place' }).click();
	await expect(stage).toBeVisible();
});

/** Left edge, width and height of what is to be seen of them; null: it is not. */
const boxes = (page: Page) =>
	page.evaluate(() => {
		const names = ['left', 'stage', 'tabs', 'packets', 'inspector', 'time', 'views', 'phone'];
		return Object.fromEntries(
			names.map((name) => {
				const element = document.querySelector(`.level .at-${name}`);
				if (!element?.getClientRects().length) return [name, null];
				const { x, width, height } = element.getBoundingClientRect();
				return [name, [x, width, height].map(Math.round)];
			})
		);
	});

test('the panes stand as they were designed, at each size', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	expect(await boxes(page)).toMatchObject({
		left: [12, 408, 772],
		stage: [432, 552, 340],
		tabs: [432, 552, 420],
		packets: [996, 432, 248],
		inspector: [996, 432, 512],
		time: [0, 1440, 56],
		views: null,
		phone: null
	});
	await page.setViewportSize({ width: 1280, height: 720 });
	expect(await boxes(page)).toMatchObject({
		left: [8, 360, 612],
		stage: [376, 520, 260],
		tabs: [376, 520, 344],
		packets: [904, 368, 196],
		inspector: [904, 368, 408],
		time: [0, 1280, 48]
	});
	// too low: stage and views share a place, and the mission's text waits to be asked for
	await page.setViewportSize({ width: 1280, height: 600 });
	expect(await boxes(page)).toMatchObject({ stage: [376, 520, 458], tabs: null, views: [376, 520, 34] });
	const text = page.getByRole('group', { name: 'Mission text' });
	await expect(text).toBeHidden();
	await page.getByRole('region', { name: 'Mission' }).getByRole('button', { name: 'Mission' }).click();
	await expect(text).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('group', { name: 'View' }).getByRole('button', { name: 'Ladder' }).click();
	expect(await boxes(page)).toMatchObject({ stage: null, tabs: [376, 520, 458] });

	await page.setViewportSize({ width: 1024, height: 768 });
	expect(await boxes(page)).toMatchObject({
		left: [8, 400, 656],
		stage: [416, 600, 280],
		tabs: [416, 600, expect.any(Number)],
		packets: null,
		inspector: null,
		time: [0, 1024, 48]
	});
	await page.setViewportSize({ width: 834, height: 1112 });
	expect(await boxes(page)).toMatchObject({
		stage: [8, 818, 300],
		tabs: [421, 405, expect.any(Number)],
		packets: null,
		time: [0, 834, 48]
	});
	const terminal = await page.getByRole('region', { name: 'Terminal' }).boundingBox();
	expect([terminal?.x, terminal?.width]).toEqual([8, 405]);
	// above 1600 px a packet is shown as tree, bits and bytes at once
	await page.setViewportSize({ width: 1920, height: 1080 });
	await level.row(4).click();
	for (const name of ['Tree', 'Bits', 'Bytes'])
		await expect(level.inspector.getByRole('group', { name, exact: true })).toBeVisible();
	await page.setViewportSize({ width: 1440, height: 900 });
	await expect(level.inspector.getByRole('group', { name: 'Bits', exact: true })).toBeHidden();
	await expect(level.inspector.getByRole('group', { name: 'Tree', exact: true })).toBeVisible();
	await expect(level.inspector.getByRole('group', { name: 'Bytes', exact: true })).toBeVisible();
});

test.describe('on a phone', () => {
	const size = { width: 390, height: 844 };
	// held upright throughout
	test.use({ viewport: size, screen: size, hasTouch: true, isMobile: true });

	test('Do and See, and a sheet with three stops that buttons reach', async ({ page }) => {
		const level = new LevelPage(page);
		await level.open('papers');
		expect(await boxes(page)).toMatchObject({
			left: [0, 390, 560],
			stage: [0, 390, 132],
			packets: null,
			tabs: null,
			time: [0, 390, 48],
			phone: [0, 390, 56]
		});
		await page.getByRole('button', { name: 'See', exact: true }).tap();
		expect(await boxes(page)).toMatchObject({ left: null, stage: [0, 390, 132], packets: [0, 390, 516] });
		await level.row(4).tap();
		const height = async () => Math.round((await level.inspector.boundingBox())?.height ?? 0);
		const stops = new Set([await height()]);
		const higher = level.inspector.getByRole('button', { name: 'Higher' });
		const lower = level.inspector.getByRole('button', { name: 'Lower' });
		await higher.tap();
		await expect(higher).toBeDisabled();
		stops.add(await height());
		expect(await height()).toBe(560);
		await level.inspector.getByRole('tab', { name: 'Bytes' }).tap();
		const row = level.inspector
			.getByRole('grid', { name: /^Bytes of/ })
			.getByRole('row')
			.first();
		await expect(row.getByRole('gridcell')).toHaveCount(8);
		expect(await row.evaluate((element) => getComputedStyle(element).fontSize)).toBe('14px');
		expect(await row.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
		for (let i = 0; i < 2; i++) await lower.tap();
		await expect(lower).toBeDisabled();
		stops.add(await height());
		expect(stops.size).toBe(3);
		await level.inspector.getByRole('button', { name: 'Close' }).tap();
		await expect(level.inspector).toBeHidden();
	});

	test('over the keyboard there is the wire, the terminal and its chips', async ({ page }) => {
		const level = new LevelPage(page);
		await level.open('papers');
		for (const [name, value] of [
			['autocapitalize', 'off'],
			['autocorrect', 'off'],
			['spellcheck', 'false'],
			['enterkeyhint', 'send'],
			['inputmode', 'text']
		] as const)
			await expect(level.line).toHaveAttribute(name, value);
		// nothing brings the page out of its place
		const moved = await page.locator('.level').evaluate((element) => {
			element.scrollTop = 9;
			return element.scrollTop;
		});
		expect(moved).toBe(0);
		await level.line.tap();
		await expect(level.line).toBeFocused();
		await page.setViewportSize({ width: 390, height: 510 });
		const wire = page.locator('.at-wire');
		await expect(wire).toBeVisible();
		expect((await wire.boundingBox())?.height).toBe(44);
		await expect(wire).toHaveText(/^desk\s*ACK \d+ →\s*post$/);
		expect(await boxes(page)).toMatchObject({ stage: null, time: null, phone: null });
		// what one reads before one begins makes room, and says that it is to be had
		const mission = page.getByRole('region', { name: 'Mission' });
		await expect(mission.getByRole('button', { name: 'Mission' })).toHaveAttribute('aria-expanded', 'false');
		await page.getByRole('button', { name: /^USER/ }).tap();
		await expect(level.line).toHaveValue('USER ');
		await expect(level.line).toBeFocused();
		const chip = await page.getByRole('button', { name: /^QUIT/ }).boundingBox();
		expect(510 - (chip?.y ?? 0) - (chip?.height ?? 0)).toBeLessThan(24);
	});
});
