// What the game says to someone who goes wrong or does not know: predictions beside the truth, hints, and Show me.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

test.describe('a wrong prediction', () => {
	test('among choices stays beside what came, explained', async ({ page }) => {
		const level = new LevelPage(page);
		await level.open('knock');
		await level.send('connect post 110');
		await level.question.getByRole('button', { name: 'desk, that is me' }).click();
		await expect(level.finish).toBeVisible();
		await expect(level.question).toContainText(/You said\s*desk, that is me/);
		await expect(level.question).toContainText(/On the wire\s*post, the server/);
		await expect(level.question).toContainText('packet 4 came from post');
		await expect(level.finish.getByRole('img', { name: 'Called it: not yet' })).toBeVisible();
	});

	test('of a number says by how much, and may be answered again', async ({ page }) => {
		const level = new LevelPage(page);
		await level.open('shake');
		await level.send('connect post 109');
		await expect(level.text).toContainText('refused');
		await level.send('connect post 110');
		await level.question.getByRole('textbox').fill('5000');
		await level.question.getByRole('textbox').press('Enter');
		await expect(level.question).toContainText(/You said\s*5000/);
		await expect(level.question).toContainText(/On the wire\s*5001/);
		await expect(level.question).toContainText('5000: one short.');
		await expect(level.goal('what desk acknowledges next')).toContainText(', open');
		await level.question.getByRole('button', { name: 'Answer again' }).click();
		await level.question.getByRole('textbox').fill('5001');
		await level.question.getByRole('button', { name: 'Answer' }).click();
		await expect(level.goal('what desk acknowledges next')).toContainText(', met');
	});

	test('of a field is named and explained', async ({ page }) => {
		const level = new LevelPage(page);
		await level.open('shake');
		await level.send('connect post 109');
		await expect(level.text).toContainText('refused');
		await level.send('connect post 110');
		await level.question.getByRole('button', { name: 'Skip' }).click();
		await expect(level.question).toContainText('point at its acknowledgement number');
		await level.row(4).click();
		await level.field('Sequence number').click();
		await expect(level.question).toContainText('Sequence number of packet 4, 5000');
		await expect(level.question).toContainText('It is 1001');
		await expect(level.goal('You pointed at')).toContainText(', open');
		await level.field('Acknowledge?ment number').click();
		await expect(level.goal('You pointed at')).toContainText(', met');
	});
});

test('hints come one by one, and Show me types but does not send', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('knock');
	await level.line.fill('');
	const hint = page.getByRole('button', { name: /^Hint [0-3]\/3$/ });
	for (const [n, text] of [
		'The box at the lower left',
		'A post office cannot answer',
		'Press Enter. If the box is empty'
	].entries()) {
		await expect(level.coach.getByRole('button', { name: 'Show me' })).toHaveCount(0);
		await hint.click();
		await expect(hint).toHaveText(`Hint ${n + 1}/3`);
		await expect(level.coach).toContainText(text);
	}
	await level.coach.getByRole('button', { name: 'Show me' }).click();
	await expect(level.line).toHaveValue('connect post 110');
	await expect(level.line).toBeFocused();
	await expect(level.rows).toHaveCount(0);
	await expect(level.text.getByText('connect post 110')).toHaveCount(0);
	await level.line.press('Enter');
	await level.question.getByRole('button', { name: 'post, the server' }).click();
	await expect(level.finish).toContainText('Shown, so no stamp.');
	for (const stamp of ['Delivered', 'Light bag', 'Called it'])
		await expect(level.finish.getByRole('img', { name: `${stamp}: not yet` })).toBeVisible();
	await page.goto('map/');
	await expect(page.getByRole('article').filter({ hasText: 'Knock on 110' })).toContainText(
		'Solved with help'
	);
});

test.describe('the focus, by keyboard alone', () => {
	/** With Tab from where the focus is. */
	async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
		await expect(target).toBeVisible();
		const isThere = () => target.evaluate((element) => element === document.activeElement);
		for (let i = 0; i < 60 && !(await isThere()); i++) await page.keyboard.press(key);
		await expect(target).toBeFocused();
	}
	async function press(page: Page, target: Locator, key?: string): Promise<void> {
		await tabTo(page, target, key);
		await page.keyboard.press('Enter');
	}
	const atRest = (page: Page) => expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();

	test('goes home when the coach opens a hint and when it rewinds', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('level/papers/?skip');
		await expect(level.text).toContainText('+OK POP3');
		for (const line of ['a', 'b', 'c']) {
			await atRest(page);
			await page.keyboard.type(line);
			await page.keyboard.press('Enter');
		}
		await press(page, level.coach.getByRole('button', { name: 'Hint 1' }), 'Shift+Tab');
		await expect(level.coach).toContainText('The note on the desk');
		await expect(level.line).toBeFocused();
		for (const line of ['USER ada', 'PASS lovelace']) {
			await page.keyboard.type(line);
			await page.keyboard.press('Enter');
			if (line.startsWith('USER')) await atRest(page);
		}
		await level.choose('nobody');
		await expect(level.coach).toContainText('Let in at the first try.');
		await press(page, level.coach.getByRole('button', { name: 'Rewind to before' }), 'Shift+Tab');
		await expect(level.line).toBeFocused();
		await expect(level.goal('post let you in')).toContainText(', open');
	});

	test('is led to a lever, and goes home when it is pulled', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('level/plug/?skip');
		for (const line of ['DELE 1', 'DELE 2']) {
			await atRest(page);
			await expect(level.line).toBeFocused();
			await page.keyboard.type(line);
			await page.keyboard.press('Enter');
		}
		await press(page, level.coach.getByRole('button', { name: 'Go to “Slam the lid' }), 'Shift+Tab');
		await expect(page.getByRole('button', { name: 'Slam the lid: cut the line', exact: true })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(level.text).toContainText('Cut off from post');
		await expect(level.line).toBeFocused();
	});

	test('stays on Sync while it is under way, and with a setting that is changed', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('level/twice/?skip');
		const sync = page.getByRole('button', { name: 'Sync', exact: true });
		await expect(sync).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(level.rows.first()).toBeVisible();
		await expect(sync).toBeFocused();
		const yes = page
			.getByRole('group', { name: 'Remember what was fetched' })
			.getByRole('radio', { name: 'yes' });
		await tabTo(
			page,
			page.getByRole('group', { name: 'Remember what was fetched' }).getByRole('radio', { name: 'no' })
		);
		await page.keyboard.press('ArrowRight');
		await expect(yes).toBeChecked();
		await expect(yes).toBeFocused();
	});

	test('is on what to do next after a wrong answer, and on the question again', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('level/lonedot/?skip');
		await expect(level.line).toBeFocused();
		await page.keyboard.type('RETR 1');
		await page.keyboard.press('Enter');
		await level.choose('the packet ends');
		const again = level.question.getByRole('button', { name: 'Answer again' });
		await expect(again).toBeFocused();
		await page.keyboard.press('Enter');
		await level.choose('a line with one dot');
		await expect(level.question).toContainText('The same.');
		await expect(level.question.getByRole('button', { name: 'Go on' })).toBeFocused();
	});

	test('of a choice comes to all of its options alike', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('level/knock/?skip');
		await expect(level.line).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(level.options).toBeFocused();
		const options = level.options.getByRole('button');
		for (const [key, at] of [
			['ArrowDown', 0],
			['ArrowRight', 1],
			['ArrowUp', 0],
			['ArrowLeft', -1]
		] as const) {
			await page.keyboard.press(key);
			await expect(options.nth(at)).toBeFocused();
		}
		await expect(level.goal('You said who talks first')).toContainText(', open');
	});
});

test('every stamp says what it is for', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('knock');
	const bar = page.getByRole('banner');
	for (const name of [
		'Delivered: not yet, for meeting every goal',
		'Light bag: not yet, for staying within par',
		'Called it: not yet, for each prediction right at once, no hint past the first'
	])
		await expect(bar.getByRole('img', { name, exact: true })).toBeVisible();
	await level.send('connect post 80');
	await expect(level.text).toContainText('refused');
	await level.solve('knock');
	const list = level.finish.getByRole('list', { name: 'The three stamps' }).getByRole('listitem');
	await expect(list).toHaveText([
		/Delivered\s*for meeting every goal$/,
		/Light bag\s*for at most 1 command; yours took 2 commands$/,
		/Called it\s*for each prediction right at once, no hint past the first$/
	]);
	await page.goto('map/');
	await expect(page.getByRole('list', { name: 'The three stamps' })).toContainText('for staying within par');
});
