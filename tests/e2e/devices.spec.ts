// The levels with two devices, a mail program, a lid to slam and a recording: each is solved by keyboard alone.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

class Keys extends LevelPage {
	async start(slug: string): Promise<void> {
		await this.page.goto(`level/${slug}/?skip`);
		// a page that is not awake yet forgets what was chosen
		await expect(async () => {
			await this.speed.focus();
			await this.page.keyboard.press('End');
			await expect(this.speed).toHaveValue('4', { timeout: 1000 });
		}).toPass();
	}
	/** Goes there with Tab, from the beginning of the left column on. */
	async to(target: Locator): Promise<void> {
		await expect(target).toBeEnabled();
		await this.page.getByRole('region', { name: 'Mission' }).focus();
		for (let i = 0; i < 60; i++) {
			if (await target.evaluate((element) => element === document.activeElement)) return;
			await this.page.keyboard.press('Tab');
		}
		await expect(target).toBeFocused({ timeout: 1 });
	}
	async press(name: string): Promise<void> {
		await this.to(this.page.getByRole('button', { name, exact: true }));
		await this.page.keyboard.press('Enter');
	}
	/** Chooses the other way of a switch. */
	async turn(name: string, how: string, key: 'ArrowRight' | 'ArrowLeft'): Promise<void> {
		const ways = this.page.getByRole('group', { name });
		await this.to(ways.getByRole('radio', { checked: true }));
		await this.page.keyboard.press(key);
		await expect(ways.getByRole('radio', { name: how })).toBeChecked();
	}
	/** Fetches the mail, and waits until that is over or a question holds it. */
	async sync(done: string | null): Promise<void> {
		await this.press('Sync');
		if (done !== null) await expect(this.page.getByText(done).first()).toBeVisible({ timeout: 20_000 });
	}
	async type(line: string, answer?: string | RegExp): Promise<void> {
		const byKey = async () => {
			await this.to(this.line);
			await this.page.keyboard.type(line);
			await this.page.keyboard.press('Enter');
		};
		await (answer === undefined ? byKey() : this.say(line, answer, byKey));
	}
	async pick(name: string): Promise<void> {
		await this.to(this.question.getByRole('button', { name }));
		await this.page.keyboard.press('Enter');
	}
	async fillIn(value: string): Promise<void> {
		await expect(this.question.getByRole('textbox')).toBeFocused();
		await this.page.keyboard.type(value);
		await this.page.keyboard.press('Enter');
	}
	async solved(): Promise<void> {
		await expect(this.finish).toBeVisible({ timeout: 20_000 });
		for (const stamp of ['Delivered', 'Light bag', 'Called it'])
			await expect(this.finish.getByRole('img', { name: `${stamp}: earned` })).toBeVisible();
	}
}

/** PASS lovelace, in the recording of 6.1. */
const PASS_PACKET = 9;

const keys = (page: Page): Keys => new Keys(page);

test('4.2: the lid falls, and nothing was deleted', async ({ page }) => {
	const level = keys(page);
	await level.start('plug');
	await level.type('DELE 1', /^\+OK/);
	await level.type('DELE 2', /^\+OK/);
	await level.press('Slam the lid: cut the line');
	await expect(level.text).toContainText('Cut off from post');
	await level.type('connect post 110', /^\+OK/);
	await level.type('USER ada', /^\+OK/);
	await level.type('PASS lovelace');
	await level.fillIn('4');
	await level.type('STAT');
	await level.solved();
});

test('5.2: a mail program without memory, with one, and without copies', async ({ page }) => {
	const level = keys(page);
	await level.start('twice');
	await level.sync('4 fetched');
	// the ladder has gone along to the last packet, and stays there
	const ladder = page.locator('.ladder .scroll');
	const left = () => ladder.evaluate((e) => e.scrollHeight - e.clientHeight - e.scrollTop);
	await expect.poll(left).toBeLessThan(44);
	await level.sync(null);
	// who says otherwise is at the button that lets them answer again, in view
	await level.fillIn('0');
	const again = level.question.getByRole('button', { name: 'Answer again' });
	await expect(again).toBeFocused({ timeout: 20_000 });
	await expect(again).toBeInViewport({ ratio: 1 });
	await page.keyboard.press('Enter');
	await level.fillIn('4');
	await expect.poll(left).toBeLessThan(44);
	await expect(page.getByText(/^\s*Sync 2: 9 commands, 4 fetched/)).toBeVisible({ timeout: 20_000 });
	await expect(page.getByText('here 2 times').first()).toBeVisible();
	// what was told of the answer makes room when one goes on
	await expect(level.question).toContainText('The same.');
	await level.turn('Remember what was fetched', 'yes', 'ArrowRight');
	await expect(level.question).toBeHidden();
	await level.sync(null);
	await level.choose('my device');
	await expect(page.getByText(/^\s*Sync 3: 10 commands, 4 fetched/)).toBeVisible({ timeout: 20_000 });
	await level.press('Throw copies out');
	await expect(page.getByText('here 2 times')).toHaveCount(0);
	await level.sync(null);
	await expect(level.finish).toBeVisible({ timeout: 20_000 });
	await expect(level.finish.getByRole('img', { name: 'Called it: not yet' })).toBeVisible();
});

test('5.3: two devices have everything, and the box is empty', async ({ page }) => {
	const level = keys(page);
	await level.start('two');
	await level.turn('After fetching', 'leave at post', 'ArrowRight');
	await level.sync('4 fetched, 0 deleted');
	await level.press('pocket');
	await level.sync(null);
	await expect(level.question).toBeVisible({ timeout: 20_000 });
	await level.pick('no, to it all are new');
	await level.solved();
});

test('5.3: what was deleted too early, a rewind brings back', async ({ page }) => {
	const level = keys(page);
	await level.start('two');
	await level.sync('4 fetched, 4 deleted');
	await expect(level.coach).toContainText('Nobody can bring it back');
	await level.press('Rewind to before');
	await level.turn('After fetching', 'delete at post', 'ArrowRight').catch(() => undefined);
	await expect(page.getByText('You stand in the past')).toBeVisible();
	// the question about the past has the focus, and gives it back to the lever
	await expect(page.getByRole('button', { name: 'Branch' })).toBeFocused();
	await page.keyboard.press('Enter');
	const leave = page.getByRole('radio', { name: 'leave at post' });
	await expect(leave).toBeChecked();
	await expect(leave).toBeFocused();
	await level.press('pocket');
	await expect(page.getByRole('button', { name: 'Sync' })).toBeFocused();
});

test('5.2: a letter is opened and laid back without losing the focus', async ({ page }) => {
	const level = keys(page);
	await level.start('twice');
	await level.sync('4 fetched');
	const letter = page.getByRole('button', { name: /^You WON/ });
	await level.to(letter);
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'All letters' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(letter).toBeFocused();
});

test('5.4: the lock is seen, kept and handed on', async ({ page }) => {
	const level = keys(page);
	await level.start('lock');
	await level.type('PASS lovelace', /^-ERR \[IN-USE\]/);
	await level.pick('after its idle timer');
	await level.press('desk');
	await level.type('QUIT', /^\+OK/);
	await level.press('pocket');
	await level.type('USER ada', /^\+OK/);
	await level.type('PASS lovelace');
	await level.solved();
});

test('6.1: a recording is read, and the secret pointed at', async ({ page }) => {
	const level = keys(page);
	await level.start('postcards');
	await expect(page.getByRole('textbox', { name: 'Line to send' })).toHaveCount(0);
	await level.to(level.question.getByRole('textbox'));
	await page.keyboard.type('lovelace');
	await page.keyboard.press('Enter');
	await expect(level.question).toContainText('Point at it');
	await level.rows.and(page.locator('[tabindex="0"]')).focus();
	await page.keyboard.press('Home');
	for (let row = 1; row < PASS_PACKET; row++) await page.keyboard.press('ArrowDown');
	await expect(level.row(PASS_PACKET)).toHaveAttribute('aria-selected', 'true');
	await expect(level.row(PASS_PACKET)).toContainText('PASS lovelace');
	const octets = level.inspector.getByRole('grid', { name: `Bytes of packet ${PASS_PACKET}` });
	await octets.getByRole('gridcell').and(page.locator('[tabindex="0"]')).focus();
	// the datagram ends with the word and the line's end
	await page.keyboard.press('Control+End');
	for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft');
	for (let i = 0; i < 7; i++) await page.keyboard.press('Shift+ArrowLeft');
	await expect(level.question).toContainText('8 bytes of packet');
	await page.keyboard.press('Enter');
	await expect(level.goal('You pointed at its octets')).toContainText(', met');
	for (const link of ['desk – r1', 'r1 – r2', 'r2 – post']) {
		await level.to(level.question.getByRole('checkbox', { name: link }));
		await page.keyboard.press('Space');
	}
	await level.pick('Answer');
	await level.solved();
});

test('6.2: a digest is made, sent, and repeated in vain', async ({ page }) => {
	const level = keys(page);
	await level.start('secret');
	await level.type('CAPA', /^\+OK/);
	// what is next leads the focus to the first thing that can be moved
	await expect(level.question.getByRole('button', { name: /lovelace: down/ })).toBeFocused();
	await page.keyboard.press('Enter');
	await level.pick('Answer in this order');
	await level.to(page.getByRole('button', { name: /^MD5 of <.*Put into the box$/ }));
	await page.keyboard.press('Enter');
	await expect(level.line).toHaveValue(/^APOP ada [0-9a-f]{32}$/);
	await expect(level.line).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(level.goal('Ada is in by APOP')).toContainText(', met', { timeout: 20_000 });
	await level.press('mallory');
	await level.type('connect post 110', /^\+OK/);
	await level.to(page.getByRole('button', { name: /^Kept at the tap/ }));
	await page.keyboard.press('Enter');
	await expect(level.line).toHaveValue(/^APOP ada [0-9a-f]{32}$/);
	await expect(level.line).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(level.question).toContainText('Does post let her in?', { timeout: 20_000 });
	await level.pick('no, her greeting had a new stamp');
	await level.solved();
});
