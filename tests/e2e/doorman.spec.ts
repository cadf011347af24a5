// Level 2.3: arrows are re-aimed with the pointer and by keys, the transcripts turn green, and the run can be rewound.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

const bench = (page: Page) => ({
	run: page.getByRole('button', { name: 'Run all six' }),
	arrow: page.getByRole('combobox', { name: 'Arrow' }),
	to: page.getByRole('combobox', { name: 'leads to' }),
	removes: page.getByRole('checkbox', { name: 'removes marked letters at once' }),
	aim: page.getByRole('button', { name: 'Aim it so' }),
	transcripts: page.getByRole('list', { name: 'Transcripts' })
});

test('solved by keys alone: prediction, three edits, six green transcripts', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/doorman/?skip');
	await level.speed.selectOption('4×');
	const { run, arrow, to, removes, aim, transcripts } = bench(page);
	await run.press('Enter');
	await level.question.getByRole('button', { name: 'DELE removes at once' }).press('Enter');
	await expect(page.getByText('1 of 6 passed')).toBeVisible();

	// the red transcript, line by line, with what was wanted
	const cut = transcripts.getByRole('button', { name: 'A cut line loses no letter failed' });
	await cut.press('Enter');
	const lines = page.getByRole('group', { name: 'Line by line' });
	await lines.getByRole('button', { name: 'Line on' }).press('Enter');
	await expect(lines.locator('[aria-current="step"]')).toContainText('wanted: +OK, AUTHORIZATION');
	await expect(lines).toContainText('2 letters');

	await arrow.selectOption('USER in AUTHORIZATION');
	await to.selectOption('waiting for password');
	await aim.press('Enter');
	await arrow.selectOption('DELE in TRANSACTION');
	await removes.press('Space');
	await aim.press('Enter');
	await arrow.selectOption('QUIT in AUTHORIZATION');
	await to.selectOption('closed');
	await aim.press('Enter');
	await expect(page.getByText('6 of 6 passed')).toBeVisible();
	await expect(level.finish).toBeVisible();
	for (const row of await level.goals.all()) await expect(row).toContainText(/, (met|kept)/);
	// the server's own chart is drawn as it runs now
	await page
		.getByRole('group', { name: 'Chart' })
		.getByRole('button', { name: /POP3 at post/ })
		.press('Enter');
	await expect(page.getByRole('region', { name: 'POP3 at post, in words' })).toContainText('listening');
});

test('an arrow is dragged to another box; touching a sound one breaks the guard, and rewinding mends it', async ({
	page
}) => {
	const level = new LevelPage(page);
	await page.goto('level/doorman/?skip');
	await level.speed.selectOption('4×');
	const { arrow, to, aim } = bench(page);
	const arrows = page.getByRole('list', { name: 'Arrows, to be dragged or chosen' });
	const head = arrows.getByRole('button', { name: /^USER in AUTHORIZATION goes to TRANSACTION/ });
	const [from, box] = [await head.boundingBox(), await arrows.boundingBox()];
	if (!from || !box) throw new Error('the chart has no place');
	await page.mouse.move(from.x + 12, from.y + 12);
	await page.mouse.down();
	// "waiting for password", in the frame at the left
	await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.55, { steps: 4 });
	await page.mouse.up();
	await level.question.getByRole('button', { name: 'DELE removes at once' }).click();
	await expect(
		arrows.getByRole('button', { name: 'USER in AUTHORIZATION goes to waiting for password' })
	).toBeVisible();
	await expect(page.getByText('1 edit', { exact: true })).toBeVisible();

	await arrow.selectOption('STAT in TRANSACTION');
	await to.selectOption('closed');
	await aim.click();
	await expect(level.goal('Only wrong arrows')).toContainText('broken');
	await level.coach.getByRole('button', { name: /Rewind/ }).click();
	await expect(
		arrows.getByRole('button', { name: 'STAT in TRANSACTION stays in TRANSACTION' })
	).toBeVisible();
	await expect(
		arrows.getByRole('button', { name: 'USER in AUTHORIZATION goes to waiting for password' })
	).toBeVisible();
	await arrow.selectOption('QUIT in AUTHORIZATION');
	await to.selectOption('closed');
	await aim.click();
	const branch = page.getByRole('button', { name: 'Branch' });
	await expect(branch.or(page.getByText('2 edits', { exact: true })).first()).toBeVisible();
	if (await branch.isVisible()) await branch.click();
	await expect(page.getByText('2 edits', { exact: true })).toBeVisible();
	await expect(level.goal('Only wrong arrows')).not.toContainText('broken');
});

test('the server in the world runs on the wrong chart: a name alone opens the box', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/doorman/?skip');
	await level.speed.selectOption('4×');
	await level.send('connect post 110');
	await expect(level.text).toContainText('+OK');
	await level.say('USER ada', /^\+OK/);
	await level.say('STAT', /^\+OK 4 7042/);
});
