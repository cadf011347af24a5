// Ways through a page by keys alone: F6 to a pane, Tab to a control, lines typed in the terminal.
import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** The pane that the focus is in. */
export const paneOf = (page: Page) =>
	page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? '');

/** F6 until the focus is in that pane. */
export async function toPane(page: Page, name: string): Promise<void> {
	for (const key of ['F6', 'Shift+F6'])
		for (let i = 0; i < 12; i++) {
			if ((await paneOf(page)) === name) return;
			await page.keyboard.press(key);
		}
	throw new Error(`no F6 leads to ${name}`);
}

/** Tab until the focus is on it. */
export async function tabTo(page: Page, goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
	for (let i = 0; i < 60; i++) {
		if ((await goal.count()) === 1 && (await goal.evaluate((element) => element === document.activeElement)))
			return;
		await page.keyboard.press(key);
	}
	throw new Error(`no Tab leads to ${goal}`);
}

/** Lines are typed in the terminal, each when the one before has been answered. */
export async function type(page: Page, ...lines: string[]): Promise<void> {
	const on = page.getByRole('button', { name: 'Step on' });
	await toPane(page, 'Terminal');
	for (const line of lines) {
		await page.keyboard.type(line);
		await page.keyboard.press('Enter');
		await expect(on).toBeDisabled();
	}
}
