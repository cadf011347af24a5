// What one opens now and then, seen as it is: the wire bench, the meter, sheets and dialogs, both futures, the pages beside.
import type { Page } from '@playwright/test';
import { expect, test } from '../e2e/fixtures.ts';
import { LevelPage } from '../e2e/level.ts';
import { SIZES } from '../e2e/measure.ts';
import { allSizes, DESK, NARROW, Sheet } from './sheet.ts';

const [, LAPTOP, TABLET, PHONE] = SIZES;

async function inBoth(page: Page, open: () => Promise<void>): Promise<void> {
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.setViewportSize(DESK);
		await page.emulateMedia({ colorScheme });
		await page.goto('map/');
		await page.evaluate(() => localStorage.clear());
		await open();
	}
}
const theme = (page: Page) => page.locator('html').getAttribute('data-theme');

test('bench', async ({ page }) => {
	const sheet = new Sheet('bench');
	await inBoth(page, async () => {
		const level = new LevelPage(page);
		await page.goto('level/doorman/?skip');
		await level.speed.selectOption('4×');
		await allSizes(page, sheet, `open ${await theme(page)}`);
		await page.getByRole('button', { name: 'Run all six' }).click();
		await level.question.getByRole('button', { name: 'DELE removes at once' }).click();
		await expect(page.getByText('1 of 6 passed')).toBeVisible();
		await page.getByRole('button', { name: 'A cut line loses no letter failed' }).click();
		await allSizes(page, sheet, `run ${await theme(page)}`);
		await page.locator('[data-pane="Views"]').focus();
		await page.keyboard.press('Shift+Enter');
		await sheet.take(page, `alone ${await theme(page)}`);
	});
	await sheet.close(page);
});

test('futures', async ({ page }) => {
	const sheet = new Sheet('futures');
	await page.setViewportSize(DESK);
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	const { timeline } = level;
	await timeline.getByRole('button', { name: 'Jump' }).click();
	await allSizes(page, sheet, 'jump', [LAPTOP, TABLET, PHONE, NARROW]);
	await timeline.getByRole('button', { name: 'Jump' }).click();
	for (let i = 0; i < 12; i++) await timeline.getByRole('button', { name: 'Step back' }).click();
	await allSizes(page, sheet, 'past', [DESK, LAPTOP, TABLET, PHONE, NARROW]);
	await level.line.fill('QUIT');
	await level.line.press('Enter');
	await sheet.take(page, 'branch here');
	await level.line.press('Enter');
	await timeline.getByRole('button', { name: 'To the end' }).click();
	await timeline.getByRole('button', { name: 'Compare' }).click();
	await expect(page.getByRole('group', { name: 'The two runs' })).toContainText('#');
	await allSizes(page, sheet, 'compare', [DESK, LAPTOP, TABLET, PHONE, NARROW]);
	await sheet.close(page);
});

test('inspector', async ({ page }) => {
	const sheet = new Sheet('inspector');
	for (const size of [{ width: 1920, height: 1080 }, DESK, LAPTOP]) {
		await page.setViewportSize(size);
		const level = new LevelPage(page);
		await level.open('papers');
		await level.say('USER ada', /^\+OK/);
		await page.getByRole('radio', { name: /^4/ }).check();
		await level.row(2).click();
		await level.field('Acknowledgment number').click();
		await sheet.take(page, `faces ${size.width}`);
		for (const face of ['Bits', 'Bytes']) {
			const button = level.inspector.getByRole('button', { name: face, exact: true });
			if (!(await button.isVisible())) continue;
			await button.click();
			await sheet.take(page, `${face} ${size.width}`);
		}
		await level.inspector.getByRole('button', { name: 'Pin' }).click();
		await level.row(4).click();
		await level.inspector.getByRole('button', { name: 'Diff' }).click();
		await sheet.take(page, `diff ${size.width}`);
		await level.inspector.getByRole('button', { name: 'Diff' }).click();
		await level.row(6).click();
		await page.getByRole('tab', { name: 'Stream' }).click();
		await sheet.take(page, `stream ${size.width}`);
		await page.keyboard.press('Escape');
		await page
			.getByRole('region', { name: 'Stage' })
			.getByRole('button', { name: /^Open #/ })
			.click();
		await sheet.take(page, `on the stage ${size.width}`);
	}
	await sheet.close(page);
});

test('sheets', async ({ page }) => {
	const sheet = new Sheet('sheets');
	const sizes = [DESK, PHONE, NARROW];
	await inBoth(page, async () => {
		const level = new LevelPage(page);
		await level.open('papers');
		await level.say('USER ada', /^\+OK/);
		await level.row(4).click();
		const named = async (name: string) => `${name} ${await theme(page)}`;
		await page.getByRole('button', { name: 'Copy', exact: true }).click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await allSizes(page, sheet, await named('state'), sizes);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Settings' }).click();
		await allSizes(page, sheet, await named('settings'), sizes);
		await page.getByRole('button', { name: 'Keyboard' }).click();
		await allSizes(page, sheet, await named('keyboard'), sizes);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Stage: copy, save or print' }).click();
		await sheet.take(page, await named('take'));
		await page.keyboard.press('Escape');
		await level.row(4).focus();
		await page.keyboard.press('m');
		await sheet.take(page, await named('menu'));
		await page.keyboard.press('Escape');
	});
	await sheet.close(page);
});

test('yard editor', async ({ page }) => {
	const sheet = new Sheet('yard editor');
	await inBoth(page, async () => {
		await page.goto('yard/');
		await page.getByLabel('Scene').selectOption('clean');
		for (const name of ['Edit the scene', 'Keep and share', 'Make a level']) {
			await page.getByRole('button', { name }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
			await allSizes(page, sheet, `${name} ${await theme(page)}`, [DESK, LAPTOP, TABLET, PHONE, NARROW]);
			await page.keyboard.press('Escape');
		}
		for (const preset of await page.getByLabel('Scene').locator('option').all()) {
			const value = (await preset.getAttribute('value')) ?? '';
			if (!value) continue;
			await page.getByLabel('Scene').selectOption(value);
			await sheet.take(page, `scene ${value} ${await theme(page)}`);
		}
	});
	await sheet.close(page);
});

test('made level', async ({ page }) => {
	const sheet = new Sheet('made level');
	await page.setViewportSize(DESK);
	await page.goto('yard/');
	const replies = page.getByRole('group', { name: 'Terminal text' }).getByText(/^(\+OK|-ERR)/);
	const box = page.getByRole('textbox', { name: 'Line to send from' });
	for (const [i, typed] of ['connect post 110', 'USER ada', 'PASS lovelace'].entries()) {
		await box.fill(typed);
		await box.press('Enter');
		await expect(replies).toHaveCount(i + 1);
	}
	await page.getByRole('button', { name: 'Make a level' }).click();
	const maker = page.getByRole('dialog', { name: 'Make a level' });
	await maker.getByRole('combobox', { name: 'What is already done' }).selectOption('1');
	await maker.getByRole('checkbox', { name: 'The box of ada is locked' }).check();
	await maker.getByRole('textbox', { name: 'Title' }).fill('Papers again');
	await maker.getByRole('button', { name: 'Run the proof' }).click();
	await expect(maker.getByRole('list', { name: 'Findings' }).getByRole('listitem')).toHaveCount(4);
	await allSizes(page, sheet, 'maker', [DESK, LAPTOP, TABLET, PHONE, NARROW]);
	await maker.getByRole('button', { name: 'Play it' }).click();
	await expect(page.getByRole('heading', { name: 'Papers again' }).first()).toBeVisible();
	await allSizes(page, sheet, 'played', [DESK, PHONE]);
	await sheet.close(page);
});

test('beside', async ({ page }) => {
	const sheet = new Sheet('beside');
	await inBoth(page, async () => {
		const level = new LevelPage(page);
		for (const slug of ['knock', 'shake'] as const) {
			await level.open(slug);
			await level.solve(slug);
		}
		for (const path of ['map', 'report', 'teach', 'practice']) {
			await page.goto(`${path}/`);
			await allSizes(page, sheet, `${path} ${await theme(page)}`);
		}
		await page.getByRole('button', { name: 'Begin' }).click();
		await allSizes(page, sheet, `question ${await theme(page)}`, [DESK, PHONE, NARROW]);
		await page.goto('map/');
		await page.getByRole('button', { name: 'Card of 1.1' }).click();
		await allSizes(page, sheet, `card ${await theme(page)}`, [DESK, PHONE, NARROW]);
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'or four questions' }).first().click();
		await allSizes(page, sheet, `check ${await theme(page)}`, [DESK, PHONE, NARROW]);
		await page.keyboard.press('Escape');
	});
	await page.evaluate(() => localStorage.clear());
	for (const path of ['map', 'report', 'practice']) {
		await page.goto(`${path}/`);
		await allSizes(page, sheet, `${path} first`, [DESK, PHONE]);
	}
	await sheet.close(page);
});

test('twice as large', async ({ page }) => {
	const sheet = new Sheet('twice as large');
	// a browser that zooms gives the page half as many pixels
	const half = [
		{ width: 720, height: 450 },
		{ width: 640, height: 360 }
	];
	const level = new LevelPage(page);
	await page.setViewportSize(DESK);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	await level.row(4).click();
	await allSizes(page, sheet, 'level', half);
	for (const path of ['map', 'practice', 'report', 'reference/tcp', 'yard', 'capture']) {
		await page.goto(`${path}/`);
		await allSizes(page, sheet, path.replace('/', ' '), half);
	}
	await sheet.close(page);
});
