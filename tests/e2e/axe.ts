// axe, in the page itself: what it complains of, at each size of screen.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

export const SIZES = [
	{ width: 1440, height: 900 },
	{ width: 1280, height: 720 },
	{ width: 834, height: 1112 },
	{ width: 390, height: 844 }
] as const;
export const PHONE = SIZES[3];

type Found = Awaited<ReturnType<AxeBuilder['analyze']>>;

// its own builder opens another page for each run, which takes longer than the run
const near = createRequire(import.meta.url);
const source = readFileSync(
	createRequire(near.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
	'utf8'
);

/** What axe complains of, in a line each. */
export async function complaints(page: Page): Promise<string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	const { passes, violations }: Found = await page.evaluate(
		"axe.run(document, { resultTypes: ['violations'] })"
	);
	expect(passes.length).toBeGreaterThan(10);
	return violations.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]}`)
	);
}

/** axe at every size; on the phone on both of its screens. */
export async function clean(
	page: Page,
	state: string,
	sizes: readonly (typeof SIZES)[number][] = SIZES
): Promise<void> {
	for (const size of sizes) {
		await page.setViewportSize(size);
		// what measures itself has done so
		await page.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
		);
		const name = `${state}, ${size.width}×${size.height}`;
		expect(await complaints(page), name).toEqual([]);
		const screens = page.getByRole('navigation', { name: 'Screens' });
		if (size !== PHONE || !(await screens.isVisible())) continue;
		await screens.getByRole('button', { name: 'See' }).click();
		expect(await complaints(page), `${name}, see`).toEqual([]);
		await screens.getByRole('button', { name: 'Do' }).click();
	}
	await page.setViewportSize(SIZES[0]);
}
