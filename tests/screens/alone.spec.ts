// Each pane alone on the screen, in forced colours and in grey, by day and by night: shapes and words must carry it all.
import type { Page } from '@playwright/test';
import { expect, test } from '../e2e/fixtures.ts';
import { LevelPage } from '../e2e/level.ts';
import { DESK, Sheet } from './sheet.ts';

const grey = (page: Page) => page.evaluate(() => (document.documentElement.style.filter = 'grayscale(1)'));

for (const mode of ['forced', 'grey'] as const)
	for (const colorScheme of ['light', 'dark'] as const)
		test(`panes ${mode} ${colorScheme}`, async ({ page }) => {
			const sheet = new Sheet(`panes ${mode} ${colorScheme}`);
			await page.setViewportSize(DESK);
			await page.emulateMedia({ colorScheme, forcedColors: mode === 'forced' ? 'active' : 'none' });
			const level = new LevelPage(page);
			await level.open('papers');
			await level.say('USER ada', /^\+OK/);
			await level.say('PASS lovelance', /^-ERR/);
			await level.row(4).click();
			await expect(level.inspector.getByRole('treeitem').first()).toBeVisible();
			if (mode === 'grey') await grey(page);
			await sheet.take(page, 'whole');
			const alone = async (pane: string, name = pane) => {
				await page.locator(`[data-pane="${pane}"]`).focus();
				await page.keyboard.press('Shift+Enter');
				await sheet.take(page, name);
				await page.keyboard.press('Escape');
			};
			for (const pane of ['Terminal', 'Stage', 'Packets', 'Inspector']) await alone(pane);
			for (const tab of ['Ladder', 'States', 'Mailbox']) {
				await page.getByRole('tab', { name: tab }).click();
				await alone('Views', tab);
			}
			await sheet.close(page);
		});
