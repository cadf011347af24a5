// Draws the PNG icons from the two SVGs: `npx tsx scripts/icons.ts`, after a change of static/icon*.svg.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { launchOptions } from './browser.mjs';

const icons = [
	{ from: 'icon.svg', to: 'icon-192.png', size: 192 },
	{ from: 'icon.svg', to: 'icon-512.png', size: 512 },
	{ from: 'icon-maskable.svg', to: 'icon-maskable-512.png', size: 512 },
	{ from: 'icon-maskable.svg', to: 'apple-touch-icon.png', size: 180 }
];
const browser = await chromium.launch(launchOptions());
for (const { from, to, size } of icons) {
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	const svg = readFileSync(`static/${from}`, 'utf8').replace('<svg', `<svg width="${size}" height="${size}"`);
	await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
	await page.screenshot({ path: `static/${to}`, omitBackground: true });
	await page.close();
}
await browser.close();
