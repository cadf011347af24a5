// The map by keyboard: what is open and what opens it, what a search finds, the card that a solved level leaves, the way
// from there to a packet and a field, and progress as a code and on paper.
import type { Page } from '@playwright/test';
import { PLANNED } from '#lib/levels/chapters.ts';
import { placement } from '#lib/levels/placement.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

const hole = (page: Page, name: string) => page.getByRole('region', { name, exact: false });

test('every level has its name; the first chapter is open, the second after it or after four questions', async ({
	page
}) => {
	await page.goto('map/');
	for (const { name } of PLANNED)
		await expect(page.getByRole('article').getByText(name).filter({ visible: true }).first()).toBeVisible();
	await expect(page.getByRole('link', { name: 'Knock on 110', exact: true })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Show your papers', exact: true })).toHaveCount(0);

	const check = page.getByRole('button', { name: 'or four questions that open chapter 2', exact: true });
	await check.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'Open chapter 2' });
	const asked = dialog.getByRole('region', { name: 'Placement check' });
	// all four wrong: nothing is lost, nothing is opened, and four others come
	for (let i = 0; i < 4; i++) {
		await expect(asked.getByText(`Question ${i + 1} of 4`)).toBeVisible();
		const { right, options } = await whatIsAsked(page);
		await page.keyboard.press(String(options.findIndex((option) => option !== right) + 1));
		await expect(dialog.getByText('right', { exact: true })).toBeVisible();
		await page.keyboard.press('Enter');
	}
	await expect(dialog.getByText('0 of 4. Four of four open the chapter; nothing is lost.')).toBeVisible();
	await page.keyboard.press('Enter');
	// and all four right
	for (let i = 0; i < 4; i++) {
		await expect(asked.getByText(`Question ${i + 1} of 4`)).toBeVisible();
		const { right, options } = await whatIsAsked(page);
		for (let down = 0; down < options.indexOf(right); down++) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await expect(dialog.getByText(/^Yes\. /)).toBeVisible();
		await page.keyboard.press('Enter');
	}
	await expect(dialog.getByText(/^Four of four\. Chapter 2, .* is open/)).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(dialog).toBeHidden();
	await expect(page.getByRole('link', { name: 'Show your papers', exact: true })).toBeVisible();
	await page.reload();
	await expect(page.getByRole('link', { name: 'Show your papers', exact: true })).toBeVisible();
});

/** The question that stands there, found again among those that the seeds make. */
async function whatIsAsked(page: Page): Promise<{ right: string; options: string[] }> {
	const check = page.getByRole('region', { name: 'Placement check' });
	const ask = await check.locator('.ask').innerText();
	const options = await check.locator('.option .words').allInnerTexts();
	const key = [...options].sort().join();
	for (let seed = 1; seed < 20_000; seed++)
		for (const question of placement(2, seed))
			if (question.ask === ask && [...question.options].sort().join() === key)
				return { right: question.right, options };
	// numbers drawn from a wide range: worked out as a player would
	const syn = /sequence number (\d+)/.exec(ask);
	if (!syn) throw new Error(`nobody asks: ${ask}`);
	return { right: String(Number(syn[1]) + 1), options };
}

test('a search finds levels, and entries of the reference with their places', async ({ page }) => {
	await page.goto('map/');
	const search = page.getByRole('searchbox', { name: 'Search the rack' });
	const found = page.getByRole('region', { name: 'In the reference' });
	for (const [wanted, level, entry, address] of [
		['TTL', 'Lives left', 'Time to live', 'reference/ipv4/#ip.ttl'],
		['STAT', 'Count and carry', 'STAT', 'reference/pop3/#stat'],
		['FIN-WAIT-2', 'Two goodbyes', 'FIN-WAIT-2', 'reference/tcp/#fin-wait-2']
	] as const) {
		await search.fill(wanted);
		await expect(page.getByRole('article').filter({ hasText: level })).toBeVisible();
		const link = found.getByRole('link', { name: entry, exact: true });
		await expect(link).toHaveAttribute('href', new RegExp(`${address}$`));
	}
	await found.getByRole('link', { name: 'FIN-WAIT-2', exact: true }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'FIN-WAIT-2', exact: true })).toBeInViewport();
});

test('a solved level leaves a card, and the card leads to its packet and field', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('shake');
	await level.solve('shake');
	await page.goto('map/');
	await page.getByRole('button', { name: 'Card of 1.2' }).focus();
	await page.keyboard.press('Enter');
	const card = page.getByRole('dialog', { name: '1.2 Three shakes or a slammed door' });
	await expect(card.getByText('A shut port answers at once with RST.')).toBeVisible();
	await expect(card.getByText(/^Acknowledge?ment number$/)).toBeVisible();
	await card.getByRole('link', { name: /^Open packet \d+, acknowledge?ment number/ }).focus();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/level\/shake\/#packet=\d+&field=tcp\.ack_raw$/);
	await expect(level.inspector.getByRole('treeitem', { selected: true })).toContainText('1001');
	await expect(level.coach).toContainText('This is your own run, laid open at packet');
	// nothing of it is recorded, and Reset plays the level anew
	await expect(level.finish).toHaveCount(0);
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(level.rows).toHaveCount(0);
	await expect(page).toHaveURL(/level\/shake\/$/);
});

test('an address with a packet opens the reference run of a level that was never played', async ({
	page
}) => {
	const level = new LevelPage(page);
	await page.goto('level/knock/#packet=2&field=tcp.ack');
	await expect(level.coach).toContainText('This is the reference run, laid open at packet 2.');
	await expect(level.row(2)).toHaveAttribute('aria-selected', 'true');
	await expect(level.inspector.getByRole('treeitem', { selected: true })).toContainText('1001');
	await page.goto('map/');
	await expect(page.getByText('0 of 36 solved')).toBeVisible();
	await page.goto('level/knock/#packet=77');
	await expect(level.coach).toContainText('it has no packet 77. Reset to play the level.');
});

test('a finished chapter is franked, the next one opens, and a code carries it to another browser', async ({
	page
}) => {
	const level = new LevelPage(page);
	for (const slug of ['knock', 'shake'] as const) {
		await level.open(slug);
		await level.solve(slug);
	}
	await page.goto('map/');
	await expect(hole(page, '1 Knock on 110').getByRole('img', { name: /^Franked/ })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Show your papers', exact: true })).toBeVisible();
	const code = await page.getByLabel('Your code', { exact: true }).innerText();

	await page.goto('report/');
	await expect(page.getByRole('row', { name: /^1\.1 Knock on 110/ })).toContainText('1, 1 command');
	await expect(page.getByRole('row', { name: /^1\.1 Knock on 110/ })).toContainText('alone');
	await expect(page.getByText('2 of 36 levels solved')).toBeVisible();
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
	await expect(page.getByRole('row', { name: /^13\.3/ })).toBeVisible();
	await page.emulateMedia({ media: 'screen' });
	await page.getByRole('textbox', { name: 'Name' }).fill('Ada');
	await page.reload();
	await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
	expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('Ada');

	await page.evaluate(() => localStorage.clear());
	await page.goto('map/');
	await expect(page.getByText('0 of 36 solved')).toBeVisible();
	const box = page.getByRole('textbox', { name: 'Enter a code' });
	await box.fill(`${code}7`);
	await box.press('Enter');
	await expect(page.getByRole('alert').filter({ hasText: 'Nothing was changed.' })).toBeVisible();
	await expect(page.getByText('0 of 36 solved')).toBeVisible();
	await box.fill(code.toLowerCase().replaceAll('-', ''));
	await box.press('Enter');
	await expect(page.getByText('Read. 2 more solved.')).toBeVisible();
	await expect(page.getByText('2 of 36 solved')).toBeVisible();
});

test('a sheet for a class names the levels of its chapter with whole addresses, and no answer', async ({
	page,
	baseURL
}) => {
	await page.goto('teach/');
	await page.getByRole('combobox', { name: 'Chapter' }).selectOption('1 Knock on 110');
	await expect(page.getByRole('region')).toHaveCount(1);
	await expect(page.getByText(`${baseURL}level/shake/`)).toBeVisible();
	await expect(page.getByText('1001')).toHaveCount(0);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
	await expect(page.getByText('Name ____')).toBeVisible();
});
