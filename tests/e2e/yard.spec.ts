// The yard: the mail program on the desk drives the same wire as the terminal, by keyboard, and hostile letters do nothing.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const mail = (page: Page) => page.getByRole('region', { name: 'Mail' });

/** Opens the mail program and fetches, all by keyboard. */
async function sync(page: Page): Promise<void> {
	await page.goto('yard/');
	await page.getByRole('button', { name: 'Mail', exact: true }).press('Enter');
	await mail(page).getByRole('button', { name: 'Sync' }).press('Enter');
	await present(page);
}
/** Leaves the playing out. */
async function present(page: Page): Promise<void> {
	await expect(page.getByText(/under way/)).toBeVisible();
	await page.getByRole('button', { name: 'To the end' }).press('Enter');
	await expect(page.getByText(/under way/)).toHaveCount(0);
}

test('Sync fetches every letter, and each shows the commands it caused', async ({ page }) => {
	await sync(page);
	await expect(mail(page).getByText(/^Sync 1: \d+ commands, 7 fetched, 0 deleted$/)).toBeVisible();
	await mail(page).getByRole('button', { name: /^Dots/ }).press('Enter');
	await expect(mail(page).getByText('.profile is a file,')).toBeVisible();
	const commands = mail(page).getByRole('list', { name: 'Commands for this letter' });
	await expect(commands.getByRole('button', { name: 'RETR 3' })).toBeVisible();
	await mail(page).getByRole('button', { name: 'Source' }).press('Enter');
	await expect(mail(page).getByText('..profile is a file,CRLF')).toBeVisible();
});

test('a second Sync fetches nothing again; without a memory it fetches all of it twice', async ({ page }) => {
	await sync(page);
	await mail(page).getByRole('button', { name: 'Sync' }).press('Enter');
	await present(page);
	await expect(mail(page).getByText(/^Sync 2: .*0 fetched/)).toBeVisible();
	await mail(page).getByText('ada at post').press('Enter');
	await mail(page).getByLabel('Remember what was fetched').press('Space');
	await mail(page).getByRole('button', { name: 'Sync' }).press('Enter');
	await present(page);
	await expect(mail(page).getByText(/^Sync 3: .*7 fetched/)).toBeVisible();
});

test('download and delete empties the box, and the truth panel shows when', async ({ page }) => {
	await page.goto('yard/');
	await page.getByRole('button', { name: 'Mail', exact: true }).press('Enter');
	await mail(page).getByText('ada at post').press('Enter');
	await mail(page).getByLabel('Leave letters on the server').press('Space');
	await mail(page).getByRole('button', { name: 'Sync' }).press('Enter');
	await present(page);
	await page.getByRole('tab', { name: 'Mailbox' }).click();
	const box = page.getByRole('region', { name: 'Box of ada at post' });
	await expect(box.getByText('Stored: nothing.')).toBeVisible();
	await expect(box.getByRole('row', { name: /welcome.*gone/ })).toBeVisible();
	await box
		.getByRole('row', { name: /welcome/ })
		.getByRole('button', { name: /^event/ })
		.click();
	await expect(box.getByText(/^Stored: 6 letters/)).toBeVisible();
});

test('a letter full of tricks does nothing and says what was taken out', async ({ page }) => {
	await sync(page);
	await mail(page)
		.getByRole('button', { name: /^Claim now/ })
		.press('Enter');
	await mail(page).getByRole('button', { name: 'HTML' }).press('Enter');
	await expect(mail(page).getByText(/^Taken out: .*script.*remote picture.*form field.*frame/)).toBeVisible();
	await expect(page.frameLocator('iframe').getByRole('heading', { name: 'You have WON' })).toBeVisible();
	await expect(page).toHaveTitle('The yard · Interactive POP3');
	await mail(page).getByRole('button', { name: 'All letters' }).press('Enter');
	await mail(page)
		.getByRole('button', { name: /No subject.*3431 octets/ })
		.press('Enter');
	await expect(mail(page).getByText(/could not be taken apart/)).toBeVisible();
});

test('a server with a fault: the mail program says what is wrong with it', async ({ page }) => {
	await page.goto('yard/');
	await page.getByLabel('Server').selectOption({ label: 'forgets to stuff dots' });
	await page.getByRole('button', { name: 'Mail', exact: true }).press('Enter');
	await mail(page).getByRole('button', { name: 'Sync' }).press('Enter');
	await present(page);
	await expect(mail(page).locator('.problem').first()).toContainText(/octets|dot|more came/);
});
