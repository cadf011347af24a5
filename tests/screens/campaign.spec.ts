// Every level of the campaign while it is played: as it opens, a question put, the middle, a refused line, the end.
import type { Page } from '@playwright/test';
import { ALL_LEVELS } from '../levels/all.ts';
import { expect, test } from '../e2e/fixtures.ts';
import { Keyboard, type Moment } from '../e2e/keyboard.ts';
import { SIZES } from '../e2e/measure.ts';
import { allSizes, DESK, Sheet } from './sheet.ts';

/** By day at every size, by night at the widest and on the phone. */
async function both(page: Page, sheet: Sheet, name: string): Promise<void> {
	await allSizes(page, sheet, `${name} light`);
	await page.emulateMedia({ colorScheme: 'dark' });
	await allSizes(page, sheet, `${name} dark`, [DESK, SIZES[3]]);
	await page.emulateMedia({ colorScheme: 'light' });
}

/** A line that no server knows: what the coach says of it. */
async function refused(page: Page, { view }: Keyboard, sheet: Sheet): Promise<void> {
	if (!(await view.line.isVisible())) return;
	await view.send('STATS 1');
	await expect(view.text.locator('.typed').getByText('STATS 1')).toBeVisible();
	await expect(view.coach.filter({ hasText: /Watch the wire\./ })).toHaveCount(0);
	await expect(view.coach).toBeVisible();
	await allSizes(page, sheet, 'refused', [SIZES[1], SIZES[3]]);
}

for (const level of ALL_LEVELS.filter(({ showMe }) => showMe.every(({ kind }) => kind !== 'wire')))
	test(`${level.number} ${level.slug}`, async ({ page }) => {
		const sheet = new Sheet(`${level.number} ${level.slug}`);
		await page.setViewportSize(DESK);
		await page.emulateMedia({ colorScheme: 'light' });
		await page.goto(`level/${level.slug}/?skip`);
		const person = new Keyboard(page, level);
		const all = level.showMe.length;
		let asked = false;
		let middle = false;
		await person.solve(async ({ left, asked: isAsked }: Moment) => {
			if (left === all && !isAsked) await allSizes(page, sheet, 'open', [SIZES[1], SIZES[3]]);
			if (isAsked && !asked) {
				asked = true;
				await both(page, sheet, 'asked');
			} else if (!isAsked && !middle && left <= Math.ceil(all / 2)) {
				middle = true;
				const row = person.view.rows.last();
				if (await row.isVisible()) await row.click();
				await both(page, sheet, 'middle');
				await refused(page, person, sheet);
			}
		});
		await both(page, sheet, 'end');
		await sheet.close(page);
	});
