// What the game says to someone who goes wrong or does not know: predictions beside the truth, hints, and Show me.
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
