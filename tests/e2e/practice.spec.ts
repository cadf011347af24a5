// The morning round by keyboard alone: rounds without a mouse until every kind of question was met, a wrong answer with
// the right one beside it, and what was missed kept, in the file too, and asked the more.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { SLOTS } from '#lib/player/progress-slots.ts';
import { open } from '#lib/player/progress-text.ts';
import { expect, test } from './fixtures.ts';

/** Tab until the focus is on this. */
async function tabTo(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
	const wanted = page.getByRole(role, { name });
	for (let n = 0; n < 40; n++) {
		if (await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement))) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`${role} ${name} is not to be reached by Tab`);
}
const question = (page: Page, n: number) => page.getByRole('region', { name: `Question ${n} of 5` });

/** Fills in every blank with the focus alone; what is typed is wrong. Returns the kind of question. */
async function answerWrongly(page: Page, n: number): Promise<string> {
	const card = question(page, n);
	const kind = /^\d of 5: (.*)$/.exec((await card.locator('.where').textContent()) ?? '')?.[1] ?? '';
	// the first thing to fill in has the focus
	await expect(card.locator(':focus')).toHaveCount(1);
	if ((await card.getByRole('radio').count()) > 0) await page.keyboard.press('ArrowDown');
	else if ((await card.getByRole('textbox').count()) > 0)
		for (let i = 0; i < (await card.getByRole('textbox').count()); i++) {
			if (i > 0) await page.keyboard.press('Tab');
			await page.keyboard.type('999999999');
		}
	else {
		await page.keyboard.press('ArrowDown');
		await tabTo(page, 'button', /Answer/);
		await page.keyboard.press('Enter');
		await expect(card.getByRole('status')).toBeVisible();
		return kind;
	}
	await page.keyboard.press('Enter');
	await expect(card.getByRole('status')).toContainText('You said');
	return kind;
}

test('a whole round by keyboard; what was missed is kept and goes with the file', async ({ page }) => {
	await page.goto('practice/');
	await tabTo(page, 'button', 'Begin');
	await page.keyboard.press('Enter');
	const missed: string[] = [];
	for (let n = 1; n <= 5; n++) {
		await expect(question(page, n)).toBeVisible();
		const kind = await answerWrongly(page, n);
		if (await question(page, n).getByText('On the wire:').count()) missed.push(kind);
		await expect(question(page, n).getByRole('button', { name: n < 5 ? 'Next' : 'Result' })).toBeFocused();
		await page.keyboard.press('Enter');
	}
	await expect(page.getByRole('region', { name: 'Result' })).toContainText(
		`${5 - missed.length} of 5 right.`
	);
	expect(missed.length).toBeGreaterThan(0);
	const kept = await page.evaluate((slots) => slots.map((slot) => localStorage.getItem(slot)), SLOTS);
	const read = kept.flatMap((text) => (text === null ? [] : [open(text)]));
	const newest = read
		.flatMap((each) => (each.ok ? [each.progress] : []))
		.toSorted((a, b) => b.saved - a.saved)[0];
	expect(Object.values(newest?.missed ?? {}).filter((n) => n === 2)).toHaveLength(missed.length);

	await tabTo(page, 'button', 'Another round');
	await page.keyboard.press('Enter');
	await expect(question(page, 1)).toBeVisible();
	await page.goto('map/');
	const download = page.waitForEvent('download');
	await tabTo(page, 'button', 'Save to a file');
	await page.keyboard.press('Enter');
	const file = open(readFileSync(await (await download).path(), 'utf8'));
	expect(file.ok && file.progress.missed).toEqual(newest?.missed);
});
