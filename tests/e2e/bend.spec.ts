// A packet in flight is bent by hand, by keyboard alone: what is dropped is sent again; the past asks before it branches.
import { expect, test } from './fixtures.ts';

test('a packet is dropped by keyboard and TCP sends it again', async ({ page }) => {
	await page.goto('yard/');
	const terminal = page.getByRole('textbox', { name: 'Line to send from' });
	await terminal.fill('connect post 110');
	await terminal.press('Enter');
	const rows = page.getByRole('region', { name: 'Packets' }).locator('[data-packet]');
	await rows.first().focus();
	await rows.first().press('m');
	const menu = page.getByRole('dialog', { name: /^Packet 1, desk to post/ });
	await expect(menu).toBeVisible();
	// a busy machine may have let it arrive: then it is taken where it left, and the old run is left behind
	const back = menu.getByRole('button', { name: 'Back to where it left' });
	if (await back.isVisible()) await back.press('Enter');
	await menu.getByRole('button', { name: 'Drop' }).press('Enter');
	const branch = menu.getByRole('button', { name: 'Branch', exact: true });
	if (await branch.isVisible()) await branch.press('Enter');
	await expect(menu).toBeHidden();
	await page.getByRole('button', { name: 'To the end' }).press('Enter');
	await expect(page.getByRole('row', { name: /^Packet 1, .*taken on desk-post/ })).toBeVisible();
	await expect(page.getByRole('row', { name: /^Packet 2, .*retransmission of 1/ })).toBeVisible();
});

test('a campaign level has no such tools', async ({ page }) => {
	await page.goto('level/knock/');
	await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
	await expect(page.getByRole('button', { name: /^Bend/ })).toHaveCount(0);
});

test('what nothing continues is not joined, and a link is cut and restored, by keyboard', async ({
	page
}) => {
	await page.goto('yard/');
	const terminal = page.getByRole('textbox', { name: 'Line to send from' });
	const send = async (line: string) => {
		await terminal.fill(line);
		await terminal.press('Enter');
	};
	await send('connect post 110');
	const rows = page.getByRole('region', { name: 'Packets' }).locator('[data-packet]');
	await rows.first().focus();
	await rows.first().press('m');
	const menu = page.getByRole('dialog', { name: /^Packet 1, desk to post/ });
	const back = menu.getByRole('button', { name: 'Back to where it left' });
	const press = async (name: string) => {
		if (await back.isVisible()) await back.press('Enter');
		await menu.getByRole('button', { name }).press('Enter');
		const branch = menu.getByRole('button', { name: 'Branch', exact: true });
		if (await branch.isVisible()) await branch.press('Enter');
	};
	await expect(menu).toBeVisible();
	// a SYN has no octets that another could continue
	if (await back.isVisible()) await back.press('Enter');
	await menu.getByRole('button', { name: 'Join the next' }).press('Enter');
	await expect(menu.getByRole('alert')).toHaveText('It cannot be done: nothing on this link continues it.');
	await press('Cut the link');
	await expect(menu).toBeHidden();
	await expect(page.getByRole('row', { name: /^Packet 1, .*cut/ })).toBeVisible();
	await rows.first().press('m');
	await menu.getByRole('button', { name: 'Restore desk-post' }).press('Enter');
	await expect(menu).toBeHidden();
	await page.getByRole('button', { name: 'To the end' }).press('Enter');
	await expect(page.getByRole('row', { name: /^Packet 2, .*retransmission of 1/ })).toBeVisible();
});
