// Pictures of one group in one folder, and a contact sheet of them. Law: a group is taken by one test, so that its
// sheet is whole.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect } from '../e2e/fixtures.ts';
import { flaws, resize, SIZES, type Size, sizeName } from '../e2e/measure.ts';

const ROOT = `${import.meta.dirname}/../../screens`;

export const NARROW = { width: 320, height: 700 };
export const DESK = SIZES[0];

/** At each of these sizes; on the phone both of its screens. Ends at the desk's size. */
export async function allSizes(
	page: Page,
	sheet: Sheet,
	name: string,
	sizes: readonly Size[] = [...SIZES, NARROW]
): Promise<void> {
	for (const size of sizes) {
		await resize(page, size);
		const of = `${name} ${sizeName(size)}`;
		await sheet.take(page, of);
		const screens = page.getByRole('navigation', { name: 'Screens' });
		if ((await page.locator('dialog:modal').count()) || !(await screens.isVisible())) continue;
		await page.keyboard.press('Escape');
		// `Do` and `See`, or of an opened capture `Judgement` and `Packets`
		await screens.getByRole('button').last().click();
		await sheet.take(page, `${of} see`);
		await screens.getByRole('button').first().click();
		await sheet.take(page, `${of} do`);
	}
	await resize(page, DESK);
}

interface Picture {
	readonly name: string;
	readonly png: Buffer;
	readonly wide: boolean;
}

export class Sheet {
	readonly #group: string;
	readonly #pictures: Picture[] = [];

	constructor(group: string) {
		this.#group = group;
		rmSync(`${ROOT}/${group}`, { recursive: true, force: true });
		mkdirSync(`${ROOT}/${group}`, { recursive: true });
	}

	/** Takes the page as it is, and says softly what is wrong with it. */
	async take(page: Page, name: string): Promise<void> {
		// no button that shows itself under the pointer
		await page.mouse.move(1, 1);
		const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
		const png = await page.screenshot({ animations: 'disabled' });
		writeFileSync(`${ROOT}/${this.#group}/${name}.png`, png);
		this.#pictures.push({ name, png, wide: width > height });
		expect.soft(await flaws(page), `${this.#group}, ${name}`).toEqual([]);
	}

	/** All pictures on one, `screens/<group>.png`. */
	async close(page: Page): Promise<void> {
		const figures = this.#pictures.map(
			({ name, png, wide }) =>
				`<figure style="width:${wide ? 900 : 420}px"><img src="data:image/png;base64,${png.toString('base64')}"><figcaption>${name}</figcaption></figure>`
		);
		const sheet = await page.context().newPage();
		await sheet.setViewportSize({ width: 1860, height: 900 });
		await sheet.setContent(
			`<style>body{margin:16px;display:flex;flex-wrap:wrap;gap:16px;background:#888;font:14px monospace}
			figure{margin:0}img{display:block;width:100%}figcaption{padding:4px}</style>${figures.join('')}`
		);
		await sheet.screenshot({ path: `${ROOT}/${this.#group}.png`, fullPage: true });
		await sheet.close();
	}
}
