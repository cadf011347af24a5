// The state of a level as text: by key and by button, whole, and the link in it opens the same run where one stood.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

async function refused(page: Page): Promise<LevelPage> {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, 'clipboard', {
			value: {
				writeText: (text: string) => {
					document.documentElement.dataset['copied'] = text;
					return Promise.resolve();
				}
			}
		});
	});
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	return level;
}
const copied = (page: Page) => page.evaluate(() => document.documentElement.dataset['copied'] ?? '');

test('C and Enter copy it; the link in it opens the run at the same event, and records nothing', async ({
	page
}) => {
	const level = await refused(page);
	await level.scrubber.focus();
	await page.keyboard.press('ArrowLeft');
	const stood = await level.scrubber.inputValue();
	await page.keyboard.press('c');
	const sheet = page.getByRole('dialog', { name: 'Copy the state as text' });
	await expect(sheet.getByRole('button', { name: 'Copy the text' })).toBeFocused();
	await expect(sheet.getByRole('group', { name: 'State' })).toContainText('To open it at this event: http');
	await page.keyboard.press('Enter');
	await expect(sheet.getByText('Copied.')).toBeVisible();
	const text = await copied(page);
	expect(text).toContain('Interactive POP3: 2.1 Show your papers\n');
	expect(text).toContain('typed PASS lovelance\n');
	expect(text).toContain('S> -ERR');
	await page.keyboard.press('Escape');
	await expect(sheet).toHaveCount(0);

	const link = /http\S+#run=\S+/.exec(text)![0];
	await page.goto('map/');
	await page.goto(link);
	await expect(level.coach).toContainText(
		'This is a run that you were sent, laid open where its sender stood.'
	);
	await expect(level.text).toContainText('-ERR');
	await expect(level.scrubber).toHaveValue(stood);
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(level.coach).not.toContainText('you were sent');
	expect(new URL(page.url()).hash).toBe('');
});

test('by its button: it is a file too', async ({ page }) => {
	await refused(page);
	await page.getByRole('button', { name: 'Copy', exact: true }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('dialog').getByRole('button', { name: 'Save as a file' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('2.1-papers-state.txt');
	expect(readFileSync(await file.path(), 'utf8')).toContain('Goals (1 of 4)');
});

test('a link that is damaged, or of another level, says so, and the level is played', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/papers/?skip#run=1.AAAA&at=3');
	await expect(page.getByText('The link is damaged')).toBeVisible();
	await level.say('USER ada', /^\+OK/);
});
