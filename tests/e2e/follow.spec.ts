// A connection followed, by keyboard: from a packet to its stream, from an octet back to its packet, its command and its
// letter; what can be taken along, and what the page does when it may not copy.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

async function retrieved(page: Page): Promise<LevelPage> {
	await page.goto('yard/');
	const level = new LevelPage(page);
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3']) {
		await level.send(line);
		await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	}
	await expect(level.text).toContainText('Did you get all of it?');
	return level;
}
const octets = (page: Page) => page.getByRole('grid', { name: 'Octets of the connection' });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

test('every octet leads to its packet, its command and what is stored', async ({ page }) => {
	const level = await retrieved(page);
	await level.rows.last().focus();
	await page.keyboard.press('Shift+F');
	await expect(octets(page)).toBeVisible();
	await expect(page.getByLabel('Order')).toHaveValue('dialogue');
	await expect(octets(page)).toContainText('..profile is a file,');

	// from the last octet up to a stuffed dot
	await octets(page).locator('[tabindex="0"]').focus();
	await page.keyboard.press('Control+End');
	await expect.poll(() => focused(page)).toContain('ends the reply to RETR 3');
	for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Home');
	await expect.poll(() => focused(page)).toContain('stuffed dot, added by the server');
	await page.keyboard.press('ArrowRight');
	await expect.poll(() => focused(page)).toMatch(/octet \d+ of letter 3 \(dots\), as it is stored/);
	const said = await focused(page);
	const packet = /text of packet (\d+), sequence number \d+, byte (\d+)/.exec(said)!;
	await page.keyboard.press('Enter');
	await expect(level.row(Number(packet[1]))).toHaveAttribute('aria-selected', 'true');
	await expect(level.inspector.locator('[role=treeitem][aria-selected=true]')).toContainText('profile');

	// and back: another packet's octets are shown where they stand
	await page.getByRole('button', { name: 'Hex' }).click();
	await expect(octets(page)).toContainText('2b');
	await page.getByRole('combobox', { name: 'Direction' }).selectOption('> desk');
	await expect(octets(page)).not.toContainText('+OK');
});

test('it is opened from the inspector and from the menu of a packet, and saved', async ({ page }) => {
	const level = await retrieved(page);
	await level.rows.last().click();
	await level.inspector.getByRole('button', { name: 'Follow' }).click();
	await expect(page.getByLabel('Order')).toHaveValue('wire');
	await level.rows.last().focus();
	await page.keyboard.press('m');
	await page.getByRole('button', { name: 'POP3 dialogue' }).click();
	await expect(page.getByLabel('Order')).toHaveValue('dialogue');

	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Stream: copy, save or print' }).click();
	await page.getByRole('button', { name: 'Save octets' }).click();
	const saved = readFileSync(await (await download).path(), 'latin1');
	expect(saved).toMatch(/^\+OK POP3.*\r\nUSER ada\r\n\+OK/);
	expect(saved).toMatch(/\r\n\.\r\n$/);
});

test('where the page may not copy, the text stands in a box', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, 'clipboard', {
			value: { writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }
		});
	});
	await retrieved(page);
	await page.getByRole('tab', { name: 'Stream' }).click();
	await page.getByRole('button', { name: 'Stream: copy, save or print' }).click();
	await page.getByRole('button', { name: 'Copy as text' }).click();
	const box = page.getByLabel('This browser does not let the page copy');
	await expect(box).toBeFocused();
	expect(await box.inputValue()).toContain('> USER ada\n< +OK');
});

test('a real capture is followed too', async ({ page }) => {
	await page.goto('capture/');
	await page.getByLabel('Capture file').setInputFiles('tests/fixtures/captures/curl-retr2-dots.pcap');
	await page.getByRole('region', { name: 'Packets' }).locator('[data-packet]').first().click();
	await page.keyboard.press('f');
	await expect(octets(page)).toContainText('RETR 2');
	await octets(page).locator('.stuffed-dot').first().hover();
	await expect(page.getByText('stuffed dot, added by the server')).toBeVisible();
});
