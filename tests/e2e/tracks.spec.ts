// Time travel with two futures: bookmarks, jumps from mark to mark, and two runs held against each other.
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

test('a branch keeps both futures, names where they part, and goes to and fro', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	const { timeline } = level;
	await timeline.getByRole('button', { name: 'Jump' }).click();
	const jump = page.getByRole('group', { name: 'Jump' });
	await jump.getByRole('button', { name: 'Command before' }).click();
	await jump.getByRole('button', { name: 'Put one here' }).click();
	await jump.getByRole('button', { name: 'Command before' }).click();
	await jump.getByRole('list', { name: 'Bookmarks' }).getByRole('button').click();
	await expect(jump.getByRole('button', { name: 'Take away' })).toBeVisible();
	await page.keyboard.press('Escape');
	await timeline.getByRole('button', { name: 'Step back' }).click();

	await level.line.fill('QUIT');
	await level.line.press('Enter');
	await level.line.press('Enter');
	await timeline.getByRole('button', { name: 'To the end' }).click();
	await timeline.getByRole('button', { name: 'Compare' }).click();
	const runs = page.getByRole('group', { name: 'The two runs' });
	await expect(runs).toContainText(/here typed QUIT, there typed PASS lovelance/);
	await expect(runs).toContainText(/first packet that is not the same is #\d+/);
	const pairs = runs.getByRole('region', { name: 'Packets of the two runs, side by side' });
	const first = pairs.getByRole('row').filter({ hasText: 'first difference' });
	await expect(first.getByRole('cell')).toHaveText([
		/QUIT$/,
		/PASS lovelance$/,
		/^first difference\s*Keyword, Argument$/
	]);
	await first.getByRole('button', { name: /^Go to packet/ }).press('Enter');
	await expect(level.rows.last()).toContainText('QUIT');
	await timeline.getByRole('button', { name: 'To the end' }).click();
	await runs.getByRole('button', { name: 'Take up the other run' }).click();
	await expect(runs).toContainText(/here typed PASS lovelance, there typed QUIT/);
	await expect(level.text).toContainText('PASS lovelance');
});

test('keys go from mark to mark, and put a bookmark', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await page.getByRole('region', { name: 'Stage' }).focus();
	const place = () => page.getByRole('slider', { name: 'Events' }).inputValue();
	const end = Number(await place());
	await page.keyboard.press(',');
	await page.keyboard.press(',');
	const before = Number(await place());
	expect(before).toBeLessThan(end);
	await page.keyboard.press('b');
	await expect(page.getByText('Bookmarked.')).toBeVisible();
	await page.keyboard.press('.');
	expect(Number(await place())).toBeGreaterThan(before);
});

test('by keyboard alone: layer by layer, packet by packet, to a loss and a bookmark, at another pace', async ({
	page
}) => {
	const level = new LevelPage(page);
	const { keyboard } = page;
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await page.getByRole('region', { name: 'Stage' }).focus();
	const place = async () => Number(await level.scrubber.inputValue());
	await keyboard.press('End');
	const end = await place();
	const went: number[] = [];
	for (const lens of ['1', '2', '3']) {
		await keyboard.press(lens);
		await keyboard.press('End');
		await keyboard.press('<');
		went.push(end - (await place()));
		await keyboard.press('>');
	}
	for (const back of went) expect(back).toBeGreaterThanOrEqual(0);
	expect(went.some((back) => back > 0)).toBe(true);
	await keyboard.press('Shift+ArrowLeft');
	await keyboard.press('b');
	const marked = await place();
	await keyboard.press('Home');
	expect(await place()).toBeLessThan(marked);
	const jump = level.timeline.getByRole('button', { name: 'Jump' });
	await jump.focus();
	await keyboard.press('Enter');
	await page.getByRole('list', { name: 'Bookmarks' }).getByRole('button').focus();
	await keyboard.press('Enter');
	expect(await place()).toBe(marked);
	await keyboard.press('Escape');
	await level.timeline.getByRole('button', { name: 'Real ratio' }).first().focus();
	await keyboard.press('Enter');
	await expect(level.timeline.getByRole('button', { name: 'Real ratio' }).first()).toHaveAttribute(
		'aria-pressed',
		'true'
	);
});
