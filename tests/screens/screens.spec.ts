// Every page at four sizes in both themes, each pane alone, forced colours and grey. Look at `screens/*.png`.
import type { Page } from '@playwright/test';
import { expect, test } from '../e2e/fixtures.ts';
import { LevelPage } from '../e2e/level.ts';
import { allSizes, DESK, Sheet } from './sheet.ts';

const THEMES = ['light', 'dark'] as const;

/** 2.1 in the middle, a packet chosen. */
async function midRun(page: Page): Promise<LevelPage> {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	await level.row(4).click();
	await expect(level.inspector.getByRole('treeitem').first()).toBeVisible();
	return level;
}

const PAGES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
	level: midRun,
	solved: async (page) => {
		const level = new LevelPage(page);
		await level.open('papers');
		await level.solve('papers');
	},
	map: (page) => page.goto('map/'),
	yard: async (page) => {
		await page.goto('yard/');
		await page.getByRole('button', { name: 'Mail', exact: true }).click();
		await page.getByRole('button', { name: 'Sync' }).click();
		await page.getByRole('button', { name: 'To the end' }).click();
		await expect(page.getByText(/under way/)).toHaveCount(0);
		await page.getByRole('button', { name: /^Claim now/ }).click();
	},
	capture: (page) => page.goto('capture/'),
	opened: async (page) => {
		await page.goto('capture/');
		await page.getByLabel('Capture file').setInputFiles('tests/fixtures/captures/poplib.pcap');
		const rows = page.getByRole('region', { name: 'Packets' }).locator('[data-packet]');
		await expect(rows.last()).toContainText('51');
		await rows.nth(8).click();
	},
	reference: (page) => page.goto('reference/tcp/'),
	pop3: (page) => page.goto('reference/pop3/')
};

for (const [name, open] of Object.entries(PAGES))
	test(name, async ({ page }) => {
		const sheet = new Sheet(name);
		for (const colorScheme of THEMES) {
			await page.setViewportSize(DESK);
			await page.emulateMedia({ colorScheme });
			await open(page);
			await allSizes(page, sheet, colorScheme);
		}
		await sheet.close(page);
	});

test('panes', async ({ page }) => {
	const sheet = new Sheet('panes');
	for (const colorScheme of THEMES) {
		await page.setViewportSize(DESK);
		await page.emulateMedia({ colorScheme });
		await midRun(page);
		for (const pane of ['Terminal', 'Stage', 'Packets', 'Inspector']) {
			await page.locator(`[data-pane="${pane}"]`).focus();
			await page.keyboard.press('Shift+Enter');
			await sheet.take(page, `${pane} ${colorScheme}`);
			await page.keyboard.press('Escape');
		}
		for (const tab of ['Ladder', 'States', 'Mailbox']) {
			await page.getByRole('tab', { name: tab }).click();
			await page.locator('[data-pane="Views"]').focus();
			await page.keyboard.press('Shift+Enter');
			await sheet.take(page, `${tab} ${colorScheme}`);
			await page.keyboard.press('Escape');
		}
	}
	await sheet.close(page);
});

test('modes', async ({ page }) => {
	const sheet = new Sheet('modes');
	await page.setViewportSize(DESK);
	for (const colorScheme of THEMES) {
		await page.emulateMedia({ colorScheme, forcedColors: 'active' });
		await midRun(page);
		for (const tab of ['Ladder', 'States']) {
			await page.getByRole('tab', { name: tab }).click();
			await sheet.take(page, `forced ${tab} ${colorScheme}`);
		}
		await page.emulateMedia({ colorScheme, forcedColors: 'none' });
		await page.evaluate(() => (document.documentElement.style.filter = 'grayscale(1)'));
		await sheet.take(page, `grey ${colorScheme}`);
	}
	await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
	await page.goto('map/');
	await sheet.take(page, 'forced map');
	await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
	await midRun(page);
	await sheet.take(page, 'more contrast');
	await sheet.close(page);
});
