// What can be taken along of the panes: words, tables, pictures that need nothing of the page, paper, captures by filter.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

declare global {
	interface Window {
		copied: string;
		printed: number;
	}
}

async function running(page: Page): Promise<LevelPage> {
	await page.addInitScript(() => {
		Object.defineProperty(navigator, 'clipboard', {
			value: {
				writeText: (text: string) => {
					window.copied = text;
					return Promise.resolve();
				}
			}
		});
		window.printed = 0;
		window.print = () => (window.printed += 1);
	});
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	await level.row(1).click();
	return level;
}
async function take(page: Page, pane: string, label: string): Promise<void> {
	await page.getByRole('button', { name: `${pane}: copy, save or print` }).press('Enter');
	await page.getByRole('dialog').getByRole('button', { name: label }).press('Enter');
}
async function copied(page: Page, pane: string, label: string): Promise<string> {
	await take(page, pane, label);
	await expect(page.getByRole('dialog').getByText('Copied.')).toBeVisible();
	const text = await page.evaluate(() => window.copied);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	return text;
}
async function saved(page: Page, pane: string, label: string): Promise<Buffer> {
	const download = page.waitForEvent('download');
	await take(page, pane, label);
	const file = readFileSync(await (await download).path());
	await page.keyboard.press('Escape');
	return file;
}

test('every picture has its words and its table', async ({ page }) => {
	await running(page);
	expect(await copied(page, 'Stage', 'Copy as text')).toContain('Hosts\ndesk, ');
	expect(await copied(page, 'Stage', 'Copy as table')).toContain('\nlink\tdesk-post\t');
	expect(await copied(page, 'Ladder', 'Copy as text')).toContain('|- 1 S -');
	expect(await copied(page, 'Ladder', 'Copy as table')).toContain('Time\tPacket\t');
	expect(await copied(page, 'Packets', 'Copy as text')).toContain('SYN 1000');
	expect(await copied(page, 'Packets', 'Copy as table')).toContain('\tdesk\tpost\tTCP\tS\t1000\t');
	expect(await copied(page, 'Packet 1', 'Copy the tree as text')).toContain('Time to live: 64 (40)');
	expect(await copied(page, 'Packet 1', 'Copy the tree as table')).toContain('\tip.ttl\t64\t');
	expect(await copied(page, 'Packet 1', 'Copy the bits as text')).toContain('+-+-+-+-');
	expect(await copied(page, 'Packet 1', 'Copy the bits as table')).toContain('\tip.ttl\t01000000\t64\n');
	expect(await copied(page, 'Packet 1', 'Copy the bytes as text')).toContain('0000  45 00');
	expect(await copied(page, 'Packet 1', 'Copy the bytes as table')).toContain('\n8\t40\t64\t01000000\t@\t');
	await page.getByRole('tab', { name: 'Mailbox' }).click();
	expect(await copied(page, 'Mailbox', 'Copy as table')).toContain('Host\tUser\tNumber\t');
	await page.getByRole('tab', { name: 'States' }).click();
	await page.getByRole('button', { name: 'Copy as table' }).click();
	expect(await page.evaluate(() => window.copied)).toContain('State\tOn\tTo\t');
});

/** A picture as a browser sees it: its size, and how many pixels have each colour, the most frequent first. */
const seen = (page: Page, png: Buffer) =>
	page.evaluate(async (base64) => {
		const octets = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
		const image = await createImageBitmap(new Blob([octets], { type: 'image/png' }));
		const { width, height } = image;
		const context = new OffscreenCanvas(width, height).getContext('2d')!;
		context.drawImage(image, 0, 0);
		const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
		const counts = new Map<number, number>();
		for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
		const hex = (pixel: number) =>
			`#${[0, 8, 16].map((by) => ((pixel >>> by) & 255).toString(16).padStart(2, '0')).join('')}`;
		const colours = [...counts].toSorted(([, a], [, b]) => b - a);
		return { width, height, colours: colours.map(([pixel, count]) => [hex(pixel), count] as const) };
	}, png.toString('base64'));

for (const colorScheme of ['light', 'dark'] as const)
	test.describe(colorScheme, () => {
		test.use({ colorScheme });

		test('a saved picture shows what is drawn, in the colours of the theme', async ({ page }) => {
			await running(page);
			const token = async (name: string) => {
				const of = (token: string) =>
					getComputedStyle(document.documentElement).getPropertyValue(token).trim();
				const value = (await page.evaluate(of, name)).toLowerCase();
				return value.length === 4 ? value.replace(/[^#]/g, '$&$&') : value;
			};
			for (const [pane, ground, drawn] of [
				['Stage', '--stage', ['--fill-tcp', '--fill-pop3', '--text', '--text-2']],
				['Ladder', '--surface', ['--fill-tcp', '--fill-pop3', '--ink', '--text', '--t-tcp']],
				['States', '--surface', ['--fill-pop3', '--ink', '--line-strong', '--text', '--text-2']]
			] as const) {
				if (pane !== 'Stage') await page.getByRole('tab', { name: pane, exact: true }).click();
				if (pane === 'States')
					await expect(page.getByRole('tabpanel').locator('svg rect').first()).toBeVisible();
				const svg = (await saved(page, pane, 'Save as SVG')).toString();
				const { width, height, colours } = await seen(page, await saved(page, pane, 'Save as PNG'));
				const size = (side: string) => Number(new RegExp(` ${side}="(\\d+)"`).exec(svg)?.[1]);
				expect([width, height], pane).toEqual([size('width') * 2, size('height') * 2]);
				const [most, count] = colours[0]!;
				expect(most, `${pane}: its ground`).toBe(await token(ground));
				expect(count, `${pane}: something is on it`).toBeLessThan(width * height * 0.95);
				// enough of each to be seen: a line or a letter has at least so many pixels
				const plenty = new Set(colours.flatMap(([colour, pixels]) => (pixels > 100 ? [colour] : [])));
				for (const name of drawn) expect(plenty, `${pane}: ${name}`).toContain(await token(name));
			}
		});
	});

test('stage, ladder and states are saved as pictures that need nothing of the page', async ({ page }) => {
	await running(page);
	for (const pane of ['Stage', 'Ladder', 'States']) {
		if (pane !== 'Stage') await page.getByRole('tab', { name: pane, exact: true }).click();
		if (pane === 'States') await expect(page.getByRole('tabpanel').locator('svg rect').first()).toBeVisible();
		const svg = (await saved(page, pane, 'Save as SVG')).toString();
		expect(svg).toContain('data:font/woff2;base64,');
		expect(svg).not.toMatch(/class=|var\(--|https?:\/\/(?!www\.w3\.org)/);
		expect(svg.match(/<text/g)!.length).toBeGreaterThan(1);
		const png = await saved(page, pane, 'Save as PNG');
		expect(png.subarray(1, 4).toString()).toBe('PNG');
		const width = Number(/ width="(\d+)"/.exec(svg)?.[1]);
		expect(png.readUInt32BE(16)).toBe(width * 2);
	}
});

test('the sheet has the mission, the packets, the ladder and the chosen packet, and goes again', async ({
	page
}) => {
	const level = await running(page);
	await take(page, 'Stage', 'Print the sheet');
	await expect.poll(() => page.evaluate(() => window.printed)).toBe(1);
	await page.emulateMedia({ media: 'print' });
	const sheet = page.locator('.print-sheet');
	await expect(sheet.getByRole('heading', { level: 2 })).toHaveText([
		'Packets',
		'Ladder',
		/^Packet 1, desk to post/
	]);
	await expect(sheet.locator('tr').filter({ hasText: 'USER ada' })).toBeVisible();
	await expect(level.inspector).toBeHidden();
	await page.evaluate(() => dispatchEvent(new Event('afterprint')));
	await expect(sheet).toHaveCount(0);

	// a print that the browser began itself
	await page.emulateMedia({ media: 'screen' });
	await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
	await expect(sheet).toHaveCount(1);
});

test('a capture of what the filters show', async ({ page }) => {
	const level = await running(page);
	await page.getByRole('button', { name: 'Text only' }).click();
	const shown = await level.rows.count();
	await take(page, 'Packets', 'Export a capture');
	const dialog = page.getByRole('dialog', { name: 'Export a capture' });
	await expect(dialog.getByRole('radio', { name: 'that the filters show' })).toBeChecked();
	await expect(dialog.getByRole('status')).toContainText(`${shown} packets`);
	await dialog.getByLabel('Tap on').selectOption('desk-post');
	const download = page.waitForEvent('download');
	await dialog.getByRole('button', { name: 'Save the file' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toMatch(/-desk-post\.pcapng$/);
	const octets = readFileSync(await file.path());
	expect(octets.readUInt32LE(0)).toBe(0x0a0d0d0a);

	await page.goto('capture/');
	await page.getByLabel('Capture file').setInputFiles({ name: 'again.pcapng', mimeType: '', buffer: octets });
	await expect(page.getByRole('region', { name: 'Packets' }).locator('[data-packet]')).toHaveCount(shown);
});
