// Accessibility by machine, beside the levels: the pages that one opens now and then, and the sheets over them.
import { clean, complaints, PHONE, SIZES } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

const ENDS = [SIZES[1], PHONE] as const;

for (const colorScheme of ['light', 'dark'] as const)
	test.describe(colorScheme, () => {
		test.use({ colorScheme });

		test('practice, report, sheets for a class', async ({ page }) => {
			for (const path of ['practice/', 'report/', 'teach/']) {
				await page.goto(path);
				await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
				await clean(page, path, ENDS);
			}
		});

		test('a question of the morning round, and its answer', async ({ page }) => {
			await page.goto('practice/');
			await page.getByRole('button', { name: 'Begin' }).click();
			await clean(page, 'question', ENDS);
		});

		test('the doorman’s arrows', async ({ page }) => {
			const level = new LevelPage(page);
			await page.goto('level/doorman/?skip');
			await level.speed.selectOption('4×');
			await page.getByRole('button', { name: 'Run all six' }).click();
			await level.question.getByRole('button', { name: 'DELE removes at once' }).click();
			await expect(page.getByText('1 of 6 passed')).toBeVisible();
			await clean(page, 'arrows', ENDS);
		});

		test('the card of a level, the check of a chapter', async ({ page }) => {
			const level = new LevelPage(page);
			await level.open('knock');
			await level.solve('knock');
			await page.goto('map/');
			await page.getByRole('button', { name: 'Card of 1.1' }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
			expect(await complaints(page), 'card').toEqual([]);
			await page.keyboard.press('Escape');
			await page.getByRole('button', { name: 'or four questions' }).first().click();
			await expect(page.getByRole('dialog')).toBeVisible();
			expect(await complaints(page), 'check').toEqual([]);
		});

		test('the yard’s editor, its files, its maker of levels', async ({ page }) => {
			await page.goto('yard/');
			for (const name of ['Edit the scene', 'Keep and share', 'Make a level']) {
				await page.getByRole('button', { name }).click();
				await expect(page.getByRole('dialog')).toBeVisible();
				for (const size of ENDS) {
					await page.setViewportSize(size);
					expect(await complaints(page), `${name} ${size.width}`).toEqual([]);
				}
				await page.setViewportSize(SIZES[0]);
				await page.keyboard.press('Escape');
				await expect(page.getByRole('dialog')).toHaveCount(0);
			}
		});

		test('the meter, and the sheet with the state as text', async ({ page }) => {
			await page.goto('level/top/?skip');
			await expect(page.getByRole('meter')).toBeVisible();
			await clean(page, 'meter', ENDS);
			await page.getByRole('button', { name: 'Copy', exact: true }).click();
			await expect(page.getByRole('dialog', { name: 'Copy the state as text' })).toBeVisible();
			for (const size of ENDS) {
				await page.setViewportSize(size);
				expect(await complaints(page), `state ${size.width}`).toEqual([]);
			}
		});
	});
