// The keyboard's table: each key does what the sheet of shortcuts says, in text fields the letters stay letters, and the
// single keys can be switched off.
import type { Page } from '@playwright/test';
import { list } from '#words/shortcuts.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

/** Out of the text field: on the stage's own frame. */
async function onStage(page: Page): Promise<void> {
	await page.getByRole('region', { name: 'Stage' }).focus();
}

test('F6 goes round the panes and then leaves the key to the browser', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/knock/?skip');
	await expect(level.line).toBeFocused();
	const pane = () =>
		page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? '');
	const taken = await page.evaluateHandle(() => {
		const keys: boolean[] = [];
		addEventListener('keydown', (event) => event.key === 'F6' && keys.push(event.defaultPrevented));
		return keys;
	});
	const after = ['Stage', 'Packets', 'Inspector', 'Views', 'Timeline'];
	for (const name of after) {
		await page.keyboard.press('F6');
		expect(await pane()).toBe(name);
	}
	await page.keyboard.press('F6');
	expect(await pane()).toBe('Timeline');
	for (const name of [...after.slice(0, -1).reverse(), 'Terminal', 'Mission', 'Top bar']) {
		await page.keyboard.press('Shift+F6');
		expect(await pane()).toBe(name);
	}
	await page.keyboard.press('Shift+F6');
	const keys = await taken.jsonValue();
	expect(keys.map((one, i) => (one ? null : i)).filter((i) => i !== null)).toEqual([5, keys.length - 1]);
});

test('before everything stands a link to the terminal', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/knock/?skip');
	await expect(level.line).toBeFocused();
	await page.keyboard.press('Shift+F6');
	await page.keyboard.press('Shift+F6');
	await page.keyboard.press('Shift+Tab');
	const skip = page.getByRole('link', { name: 'Skip to the terminal' });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(level.line).toBeFocused();
});

test('each single key does what the sheet says', async ({ page }) => {
	const level = new LevelPage(page);
	const { keyboard } = page;
	await level.open('papers');
	await onStage(page);
	for (const [key, name] of [
		['4', '4 Bits'],
		['3', '3 Envelope'],
		['2', '2 Talk'],
		['1', '1 Letter']
	] as const) {
		await keyboard.press(key);
		await expect(page.getByRole('radio', { name })).toBeChecked();
	}
	await keyboard.press('s');
	await expect(page.getByRole('tab', { name: 'States' })).toHaveAttribute('aria-selected', 'true');
	await keyboard.press('l');
	await expect(page.getByRole('tab', { name: 'Ladder' })).toHaveAttribute('aria-selected', 'true');
	await keyboard.press('h');
	await expect(page.getByRole('button', { name: 'Hint 1/3' })).toBeVisible();

	await keyboard.press('/');
	const ask = page.getByRole('dialog', { name: 'Go to packet' });
	await expect(ask.getByRole('textbox')).toBeFocused();
	await keyboard.type('77');
	await keyboard.press('Enter');
	await expect(ask.getByRole('alert')).toContainText('There are packets 1 to 5 so far.');
	await ask.getByRole('textbox').fill('4');
	await keyboard.press('Enter');
	await expect(ask).toBeHidden();
	await expect(level.row(4)).toHaveAttribute('aria-selected', 'true');

	await onStage(page);
	await keyboard.press('?');
	const sheet = page.getByRole('dialog', { name: 'Keyboard' });
	for (const { does } of list) await expect(sheet).toContainText(does);
	await keyboard.press('Escape');
	await expect(sheet).toBeHidden();
	await expect(page.getByRole('region', { name: 'Stage' })).toBeFocused();

	await keyboard.press('Control+s');
	await expect(page.getByText('Saved on this device already.')).toBeVisible();
	await keyboard.press('Escape');
	await expect(level.line).toBeFocused();
});

test('G opens the mission where only its rows are shown', async ({ page }) => {
	const level = new LevelPage(page);
	await page.setViewportSize({ width: 1280, height: 720 });
	await level.open('papers');
	const text = page.getByRole('group', { name: 'Mission text' });
	await expect(text, 'one reads it before one begins').toBeVisible();
	await level.say('USER ada', /^\+OK/);
	await expect(text).toBeHidden();
	await onStage(page);
	await page.keyboard.press('g');
	await expect(text).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(text).toBeHidden();
	// where it always stands, one is led to it
	await page.setViewportSize({ width: 1440, height: 900 });
	await expect(text).toBeVisible();
	await onStage(page);
	await page.keyboard.press('g');
	await expect(page.getByRole('region', { name: 'Mission' })).toBeFocused();
});

test('R rewinds to the point that the coach names', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.send('PASS lovelace');
	await level.question.getByRole('button', { name: 'nobody' }).click();
	await expect(level.coach).toContainText('Let in at the first try.');
	const end = await level.scrubber.inputValue();
	await onStage(page);
	await page.keyboard.press('r');
	await expect(level.text).not.toContainText('PASS lovelace');
	await expect(level.text).toContainText('USER ada');
	expect(Number(await level.scrubber.inputValue())).toBeLessThan(Number(end));
});

test('in a text field letters are letters, and the single keys can be switched off', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/papers/');
	await expect(level.line).toBeFocused();
	await page.keyboard.type('h4/?[ gls');
	await expect(level.line).toHaveValue('h4/?[ gls');
	await expect(page.getByRole('button', { name: 'Hint 0/3' })).toBeVisible();
	await page.getByRole('button', { name: 'Settings' }).click();
	await page.getByRole('group', { name: 'Single-key shortcuts' }).getByRole('radio', { name: 'off' }).check();
	await page.keyboard.press('Escape');
	await onStage(page);
	for (const key of ['h', '4', '/', '?', ' ']) await page.keyboard.press(key);
	await expect(page.getByRole('button', { name: 'Hint 0/3' })).toBeVisible();
	await expect(page.getByRole('radio', { name: '1 Letter' })).toBeChecked();
	await expect(page.getByRole('dialog')).toBeHidden();
	await page.reload();
	await onStage(page);
	await page.keyboard.press('h');
	await expect(page.getByRole('button', { name: 'Hint 0/3' })).toBeVisible();
	// keys that are no letters stay
	await page.keyboard.press('Escape');
	await expect(level.line).toBeFocused();
});

test('the key of a packet’s menu can be switched off with them; its button stays', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('yard/');
	await level.send('connect post 110');
	const row = level.rows.first();
	const menu = page.getByRole('dialog', { name: /^Packet 1, / });
	await row.focus();
	await row.press('Enter');
	await page.keyboard.press('m');
	await expect(menu).toBeVisible();
	await page.keyboard.press('Escape');
	await page.getByRole('button', { name: 'Settings' }).click();
	await page.getByRole('group', { name: 'Single-key shortcuts' }).getByRole('radio', { name: 'off' }).check();
	await page.keyboard.press('Escape');
	const button = page.getByRole('button', { name: /^Bend packet 1/ });
	await expect(button).not.toContainText('M');
	await expect(button).not.toHaveAttribute('aria-keyshortcuts');
	await row.focus();
	await page.keyboard.press('m');
	await page.keyboard.press('o');
	await expect(menu).toHaveCount(0);
	await button.press('Enter');
	await expect(menu).toBeVisible();
});
