// Playing: the first visit, all three levels by mouse and by keyboard alone, and how soon the first packet leaves.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

/** Goes on with Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
	for (let i = 0; i < 60; i++) {
		if (await target.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press(key);
	}
	await expect(target).toBeFocused({ timeout: 1 });
}

/** Goes from pane to pane with F6 until the focus is in `pane`. */
async function paneTo(page: Page, pane: Locator): Promise<void> {
	for (let i = 0; i < 9; i++) {
		await page.keyboard.press('F6');
		if (await pane.evaluate((element) => element.contains(document.activeElement))) return;
	}
	await expect(pane).toBeFocused({ timeout: 1 });
}

test.describe('first visit', () => {
	test('1.1 is solved by mouse', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Knock on 110');
		await page.getByRole('button', { name: 'Knock (Enter)' }).click();
		await expect(level.speed).toHaveValue('0.5');
		await level.question.getByRole('button', { name: 'post, the server' }).click();
		await expect(level.finish).toContainText('5 packets');
		await level.allMet();
		for (const stamp of ['Delivered', 'Light bag', 'Called it'])
			await expect(level.finish.getByRole('img', { name: `${stamp}: earned` })).toBeVisible();
		await level.finish.getByRole('link', { name: /^Next: 1\.2 Three shakes/ }).click();
		await expect(page).toHaveURL(/\/level\/shake\/$/);
	});

	test('1.1 is solved by keyboard alone, with the focus always where it is needed', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('');
		await expect(level.line).toBeFocused();
		await expect(level.line).toHaveValue('connect post 110');
		await page.keyboard.press('Enter');
		for (const caption of ['knock', 'who’s there?', 'me'])
			await expect(page.locator('.moving').getByText(caption)).toBeAttached();
		// the focus favours none of the options, and Enter pressed too often answers nothing
		await expect(level.options).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(level.goal('You said who talks first')).toContainText(', open');
		await level.choose('post, the server');
		await expect(level.finish.getByRole('link', { name: 'Next' })).toBeFocused();
		await expect(level.speed).toHaveValue('1');
		await page.keyboard.press('Control+Enter');
		await expect(page).toHaveURL(/\/level\/shake\/$/);
		await expect(new LevelPage(page).line).toBeFocused();
	});

	test('the opening can be left with Esc', async ({ page }) => {
		const level = new LevelPage(page);
		await page.goto('');
		await page.keyboard.press('Enter');
		await expect(level.speed).toHaveValue('0.5');
		await page.keyboard.press('Escape');
		await expect(level.speed).toHaveValue('1');
		await expect(level.rows.first()).toBeVisible();
	});

	test('who does nothing is shown the knock once', async ({ page }) => {
		const level = new LevelPage(page);
		await page.clock.install();
		await page.goto('');
		await page.clock.runFor(9000);
		await expect(page.getByText('watch', { exact: true }).first()).toBeVisible();
		await expect(level.rows.first()).toBeVisible();
		await page.keyboard.press('Shift');
		await expect(level.rows).toHaveCount(0);
		await expect(level.line).toHaveValue('connect post 110');
		await page.clock.runFor(12_000);
		await expect(level.rows).toHaveCount(0);
	});
});

test('the three levels are solved by mouse, one after another', async ({ page }) => {
	const level = new LevelPage(page);
	/** Goes on to the next level, and is there: the page before says much the same until it is gone. */
	const next = async (title: string) => {
		await level.finish.getByRole('link', { name: new RegExp(`^Next: [0-9.]+ ${title}$`) }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
	};
	const fast = () => level.speed.selectOption('4×');
	const send = page.getByRole('button', { name: 'Send', exact: true });
	const chip = (name: string) => page.getByRole('button', { name, exact: true }).click();

	await page.goto('?skip');
	await fast();
	await page.getByRole('button', { name: 'Knock (Enter)' }).click();
	await level.question.getByRole('button', { name: 'post, the server' }).click();
	await next('Three shakes or a slammed door');

	await fast();
	await page.getByRole('button', { name: 'Knock (Enter)' }).click();
	for (let field = 1; field < 4; field++)
		await level.worked.getByRole('button', { name: 'Next field' }).click();
	await level.worked.getByRole('button', { name: 'Let it go on' }).click();
	await expect(level.text).toContainText('refused');
	await chip('connect post 110');
	await send.click();
	await level.question.getByRole('textbox', { name: 'Acknowledgement number' }).fill('5001');
	await level.question.getByRole('button', { name: 'Answer' }).click();
	await expect(level.question).toContainText('The same.');
	await level.question.getByRole('button', { name: /^(Close|Go on)$/ }).click();
	await expect(level.question).toContainText('point at its acknowledgement number');
	await level.row(4).click();
	await level.field('Acknowledge?ment number').click();
	await level.allMet();
	await next('Show your papers');

	await fast();
	await expect(level.text).toContainText('+OK POP3');
	await expect(page.getByLabel('Note on the desk')).toContainText('lovelace');
	for (const [keyword, rest, answer] of [
		['USER …', 'ada', '+OK'],
		['PASS …', 'lovelance', '-ERR'],
		['USER …', 'ada', '+OK'],
		['PASS …', 'lovelace', null]
	] as const) {
		const replies = level.text.getByText(/^(\+OK|-ERR)/);
		const before = await replies.count();
		await chip(keyword);
		await expect(level.line).toBeFocused();
		await level.line.pressSequentially(rest);
		await send.click();
		if (answer) await expect(replies.nth(before)).toContainText(answer);
	}
	await level.question.getByRole('button', { name: 'nobody' }).click();
	await level.allMet();
	await next('Not yet');
	await expect(page).toHaveURL(/notyet\/$/);
	await page.goto('map/');
	await expect(page.getByText('3 of 36 solved')).toBeVisible();
});

test('the three levels are solved by keyboard alone, one after another', async ({ page }) => {
	const level = new LevelPage(page);
	const { keyboard } = page;
	const type = async (line: string) => {
		await keyboard.type(line);
		await keyboard.press('Enter');
	};
	/** At the highest speed; back in the terminal. */
	const fast = async () => {
		await expect(level.line).toBeFocused();
		await paneTo(page, page.getByRole('region', { name: 'Stage' }));
		await keyboard.press(']');
		await keyboard.press(']');
		await expect(level.speed).toHaveValue('4');
		await keyboard.press('Escape');
		await expect(level.line).toBeFocused();
	};
	const goOn = async () => {
		await expect(level.finish.getByRole('link')).toBeFocused();
		await keyboard.press('Control+Enter');
	};

	await page.goto('?skip');
	await fast();
	await keyboard.press('Enter');
	await level.choose('post, the server');
	await goOn();

	await fast();
	await keyboard.press('Enter');
	for (let field = 1; field <= 4; field++) {
		await expect(level.worked).toContainText(`${field} of 4`);
		await expect(level.worked.getByRole('button').first()).toBeFocused();
		await keyboard.press('Enter');
	}
	await expect(level.line).toBeFocused();
	await expect(level.text).toContainText('refused');
	await type('connect post 110');
	await expect(level.question.getByRole('textbox')).toBeFocused();
	await keyboard.type('5001');
	await keyboard.press('Control+Enter');
	await expect(level.question).toContainText('The same.');
	await tabTo(page, level.question.getByRole('button', { name: /^(Close|Go on)$/ }), 'Shift+Tab');
	await keyboard.press('Enter');
	await expect(level.question).toContainText('point at its acknowledgement number');
	await expect(page.getByRole('region', { name: 'Packets' })).toBeFocused();
	await tabTo(page, level.rows.and(page.locator('[tabindex="0"]')));
	await keyboard.press('Home');
	for (let row = 1; row < 4; row++) await keyboard.press('ArrowDown');
	await expect(level.row(4)).toBeFocused();
	await expect(level.row(4)).toHaveAttribute('aria-selected', 'true');
	await paneTo(page, level.inspector);
	await tabTo(page, level.inspector.getByRole('treeitem').and(page.locator('[tabindex="0"]')));
	await keyboard.press('Home');
	const wanted = level.field('Acknowledge?ment number');
	for (let row = 0; row < 40; row++) {
		if (await wanted.evaluate((element) => element === document.activeElement)) break;
		await keyboard.press('ArrowDown');
	}
	await expect(wanted).toBeFocused();
	await keyboard.press('Enter');
	await level.allMet();
	await goOn();

	await fast();
	await expect(level.text).toContainText('+OK POP3');
	for (const [line, answer] of [
		['USER ada', '+OK'],
		['PASS lovelance', '-ERR'],
		['USER ada', '+OK'],
		['PASS lovelace', null]
	] as const) {
		const replies = level.text.getByText(/^(\+OK|-ERR)/);
		const before = await replies.count();
		await type(line);
		if (answer) await expect(replies.nth(before)).toContainText(answer);
	}
	await level.choose('nobody');
	await level.allMet();
	await goOn();
	await expect(page).toHaveURL(/\/notyet\/$/);
	await page.goto('map/');
	await expect(page.getByText('3 of 36 solved')).toBeVisible();
});

test('the first packet leaves within 100 ms of Enter', async ({ page }) => {
	await page.goto('');
	const level = new LevelPage(page);
	await expect(level.line).toBeFocused();
	const waits: number[] = [];
	for (let run = 0; run < 5; run++) {
		const watch = await page.evaluateHandle(() => {
			const moving = document.querySelector('.moving');
			if (!moving) throw new Error('no stage');
			let pressed = NaN;
			addEventListener('keydown', (event) => (pressed = event.timeStamp), { once: true, capture: true });
			const wait = new Promise<number>((resolve) => {
				const seen = new MutationObserver(() => {
					seen.disconnect();
					resolve(performance.now() - pressed);
				});
				seen.observe(moving, { childList: true });
			});
			return { wait };
		});
		await page.keyboard.press('Enter');
		waits.push(await watch.evaluate(({ wait }) => wait));
		await expect(level.rows.first()).toBeVisible();
		await page.getByRole('button', { name: 'Reset' }).click();
		await expect(level.rows).toHaveCount(0);
		await expect(level.line).toBeFocused();
		await expect(level.line).toHaveValue('connect post 110');
	}
	const text = waits.map((wait) => wait.toFixed(1)).join(', ');
	console.log(`Enter to first packet on the stage, ms: ${text}`);
	expect(waits.toSorted((a, b) => a - b)[2]).toBeLessThan(100);
});

test('a returning player lands on the map, at the next level', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('knock');
	await level.solve('knock');
	await page.goto('');
	await expect(page).toHaveURL(/\/map\/$/);
	await expect(page.getByRole('link', { name: 'Next: 1.2 Three shakes or a slammed door' })).toBeVisible();
	const envelope = page.getByRole('article').filter({ hasText: 'Knock on 110' });
	await expect(envelope).toContainText('Best 1, par 1');
	await expect(envelope.getByRole('img', { name: 'Delivered: earned' })).toBeVisible();
	// the level itself can still be played, and is silent then
	await envelope.getByRole('link').click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Knock on 110');
	await expect(new LevelPage(page).speed).toHaveValue('1');
});
