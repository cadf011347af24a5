// The cursor in time: pause, step, scrub, speeds, branches and waits. What the page shows at each event is held against
// the same folds over a log replayed here.
import type { Page } from '@playwright/test';
import { rowStatuses } from '#lib/levels/coach.ts';
import { packetRows } from '#lib/player/packets.ts';
import { transcript } from '#lib/player/transcript.ts';
import type { Event, TimedInput } from '#lib/sim/event.ts';
import { replay } from '#lib/sim/replay.ts';
import { ALL_LEVELS } from '../levels/all.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage, type Slug } from './level.ts';

/** The log of the run that the page keeps on the device. */
async function keptLog(page: Page, slug: Slug): Promise<readonly Event[]> {
	const level = ALL_LEVELS.find((each) => each.slug === slug);
	if (!level) throw new Error(`no level ${slug}`);
	const kept = await page.evaluate(() => localStorage.getItem('interactive-pop3.run'));
	const { seed, inputs } = JSON.parse(kept ?? '') as { seed: number; inputs: TimedInput[] };
	const world = replay(level.scenario, seed, inputs);
	world.runUntilQuiet();
	return world.log;
}

interface Shown {
	readonly lines: readonly string[];
	readonly packets: readonly string[];
	readonly goals: readonly string[];
}

/** What terminal, list and goal rows say, read in one go. */
async function shownBy(level: LevelPage): Promise<Shown> {
	const words = (texts: readonly string[]) => texts.map((text) => text.replace(/\s+/g, ' ').trim());
	return {
		lines: words(await level.text.locator('p').allTextContents()),
		packets: await level.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-packet') ?? '')),
		goals: words(await level.goals.allTextContents())
	};
}

/** The same, folded from a log. */
function shownOf(slug: Slug, log: readonly Event[]): Shown {
	const level = ALL_LEVELS.find((each) => each.slug === slug);
	if (!level) throw new Error(`no level ${slug}`);
	const before = { typed: '>You: ', server: '<Server: ', local: '·' };
	return {
		lines: transcript(log, level.terminal).map(({ origin, text }) => before[origin] + text),
		packets: packetRows(log, level.scenario).map(({ packet }) => String(packet)),
		goals: rowStatuses(level, log).map(({ row, state, by }) =>
			by ? `${row.say}, ${state}, go to event ${by.seq + 1}` : `${row.say}, ${state}`
		)
	};
}

/** The panes follow the playhead frame by frame: so much is seen in the end. */
const shows = (level: LevelPage, what: Shown, when?: string) =>
	expect.poll(() => shownBy(level), { message: when, intervals: [20, 50, 100] }).toEqual(what);

/** A run of 2.1 up to the refusal, played to its end. */
async function refused(page: Page): Promise<LevelPage> {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	return level;
}

test('at every event the page shows the world at that event, backwards, forwards and at random', async ({
	page
}) => {
	const level = await refused(page);
	const log = await keptLog(page, 'papers');
	const start = Number(await level.scrubber.getAttribute('min'));
	expect(await level.scrubber.inputValue()).toBe(String(log.length));
	const at = async (count: number) => {
		await expect(level.scrubber).toHaveValue(String(count));
		await expect(level.scrubber).toHaveAttribute(
			'aria-valuetext',
			new RegExp(`^event ${count - start} of ${log.length - start}, `)
		);
		await shows(level, shownOf('papers', log.slice(0, count)), `after ${count} events`);
	};

	await at(log.length);
	await level.scrubber.focus();
	for (let count = log.length - 1; count >= start; count--) {
		await page.keyboard.press('ArrowLeft');
		await at(count);
	}
	await expect(page.getByRole('button', { name: 'Step back' })).toBeDisabled();
	for (const share of [0.7, 0.2, 0.9, 0.4]) {
		const count = Math.round(start + share * (log.length - start));
		await level.scrubber.fill(String(count));
		await at(count);
	}
	await page.keyboard.press('End');
	await at(log.length);
	await page.keyboard.press('Home');
	await at(start);
});

test('a met goal leads to the event that met it', async ({ page }) => {
	const level = await refused(page);
	const log = await keptLog(page, 'papers');
	await level.goal('post refused a wrong word').getByRole('button').click();
	const count = Number(await level.scrubber.inputValue());
	expect(count).toBeLessThan(log.length);
	expect(log[count - 1]).toMatchObject({ kind: 'pop3.state', on: 'DENIED' });
	await expect(level.goal('post refused a wrong word')).toContainText(', met');
});

test('pause stands still, a step is one event, with Shift one packet', async ({ page }) => {
	await page.clock.install();
	const level = new LevelPage(page);
	await level.open('knock');
	await level.speed.selectOption('0.25×');
	await level.send('connect post 110');
	await expect(level.scrubber).toBeEnabled();
	await page.clock.runFor(500);
	await expect(level.rows).toHaveCount(1);
	await page.getByRole('button', { name: 'Pause' }).click();
	const place = level.timeline.getByText(/^event \d+ of \d+$/);
	const seconds = level.timeline.locator('.where .clock');
	const [where, when] = [await place.textContent(), await seconds.textContent()];
	const glyph = page.locator('.moving g').first();
	const drawn = await glyph.getAttribute('transform');
	await page.clock.runFor(3000);
	expect([await place.textContent(), await seconds.textContent()]).toEqual([where, when]);
	expect(await glyph.getAttribute('transform')).toBe(drawn);

	const count = async () => Number(await level.scrubber.inputValue());
	const before = await count();
	await page.getByRole('button', { name: 'Step on' }).click();
	expect(await count()).toBe(before + 1);
	await page.getByRole('button', { name: 'Step back' }).click();
	expect(await count()).toBe(before);
	await page.keyboard.press('Escape');
	await page.getByRole('region', { name: 'Stage' }).focus();
	await page.keyboard.press('ArrowRight');
	expect(await count()).toBe(before + 1);
	await page.keyboard.press('Shift+ArrowRight');
	const log = await keptLog(page, 'knock');
	expect(log[(await count()) - 1]?.kind).toMatch(/^packet\./);
	expect(log.slice(before + 1, (await count()) - 1).filter(({ kind }) => kind.startsWith('packet.'))).toEqual(
		[]
	);
	await page.keyboard.press(' ');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await page.clock.runFor(4000);
	expect(await count()).toBeGreaterThan(before + 1);
});

test('each speed is what it says', async ({ page }) => {
	await page.clock.install();
	const level = new LevelPage(page);
	const went: number[] = [];
	await page.goto('level/knock/?skip');
	await expect(level.line).toBeFocused();
	await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
	for (const speed of [0.25, 0.5, 1, 2, 4]) {
		await page.getByRole('button', { name: 'Reset' }).click();
		await expect(level.scrubber).toBeDisabled();
		await level.speed.selectOption(`${speed}×`);
		await level.send('connect post 110');
		await expect(level.scrubber).toBeEnabled();
		await page.clock.runFor(160);
		// thousandths of a second of the world's time
		went.push(1000 * parseFloat((await level.timeline.locator('.where .clock').textContent()) ?? ''));
	}
	// a hop of 20 ms takes 700 ms at 1×: 160 ms are 4.6 ms of it
	const expected = [0.25, 0.5, 1, 2, 4].map((speed) => (speed * 160 * 20) / 700);
	went.forEach((ms, i) => {
		const wanted = expected[i] ?? NaN;
		expect(Math.abs(ms - wanted), `${ms} ms instead of ${wanted}`).toBeLessThan(0.15 * wanted + 1);
	});
	expect(went).toEqual(went.toSorted((a, b) => a - b));
});

test('[ and ] change the speed, and a text field keeps them', async ({ page }) => {
	const level = new LevelPage(page);
	await page.goto('level/knock/?skip');
	await page.getByRole('region', { name: 'Stage' }).focus();
	for (const speed of ['2', '4', '4']) {
		await page.keyboard.press(']');
		await expect(level.speed).toHaveValue(speed);
	}
	await page.keyboard.press('[');
	await expect(level.speed).toHaveValue('2');
	await level.line.fill('');
	await level.line.press('[');
	await expect(level.line).toHaveValue('[');
	await expect(level.speed).toHaveValue('2');
});

test('typing in the past asks, branches, and the old run can be taken up again', async ({ page }) => {
	const level = await refused(page);
	const asking = page.getByText('Branch from here?');

	// after USER, before PASS
	await level.text.getByText('PASS lovelance').waitFor();
	const log = await keptLog(page, 'papers');
	const whole = shownOf('papers', log);
	await shows(level, whole);
	const pass = log.findIndex((event) => event.kind === 'input' && JSON.stringify(event).includes('PASS'));
	await level.scrubber.fill(String(pass));
	await expect(level.timeline.getByText('in the past')).toBeVisible();
	await level.send('QUIT');
	await expect(asking).toBeVisible();
	await expect(asking).toContainText(/You stand at event \d+ of \d+\./);
	await expect
		.poll(async () => (await shownBy(level)).lines)
		.toEqual(shownOf('papers', log.slice(0, pass)).lines);

	// Esc: nothing has happened
	await level.line.press('Escape');
	await expect(asking).toBeHidden();
	await expect(level.line).toHaveValue('QUIT');
	await shows(level, whole);

	// Enter again: a new run from there
	await level.scrubber.fill(String(pass));
	await level.line.press('Enter');
	await expect(asking).toBeVisible();
	await level.line.press('Enter');
	await expect(asking).toBeHidden();
	await expect(level.text).toContainText('closed');
	await expect(level.text).not.toContainText('PASS lovelance');
	await expect(level.goal('post refused')).toContainText(', open');

	await level.timeline.getByRole('button', { name: 'Return to the other run' }).click();
	await expect(level.text).toContainText('PASS lovelance');
	await shows(level, whole);
	// and it goes on from there
	await level.say('USER ada', /^\+OK/);
});

test('Back to now leads to the furthest event seen', async ({ page }) => {
	const level = await refused(page);
	const now = await level.scrubber.inputValue();
	await level.scrubber.press('Home');
	await expect(level.text).not.toContainText('USER ada');
	await level.timeline.getByRole('button', { name: 'Back to now' }).click();
	await expect(level.scrubber).toHaveValue(now);
	await expect(level.timeline.getByRole('button', { name: 'Back to now' })).toBeHidden();
	await expect(level.text).toContainText('-ERR');
});

test('a prediction holds the cursor, however it is moved, until it is answered or skipped', async ({
	page
}) => {
	const level = new LevelPage(page);
	await level.open('knock');
	await level.send('connect post 110');
	await expect(level.question).toBeVisible();
	await expect(level.timeline.getByText('waiting for your answer')).toBeVisible();
	const gate = await level.scrubber.inputValue();
	await page.getByRole('button', { name: 'To the end' }).click();
	await level.scrubber.focus();
	for (const key of ['End', 'ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
	await expect(level.scrubber).toHaveValue(gate);
	await expect(level.text).not.toContainText('+OK');
	await level.question.getByRole('button', { name: 'Skip' }).click();
	await page.getByRole('button', { name: 'To the end' }).click();
	await expect(level.text).toContainText('+OK');
	await expect(level.finish).toBeHidden();
	await level.question.getByRole('button', { name: /Who talks first/ }).click();
	await level.question.getByRole('button', { name: 'post, the server' }).click();
	await expect(level.goal('You said who')).toContainText(', met');
});

test('TIME-WAIT lasts a minute, and one click', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.send('QUIT');
	const wait = level.timeline.getByRole('button', { name: 'Wait 60 s for TIME-WAIT' });
	await expect(wait).toBeVisible();
	await page.getByRole('tab', { name: 'States' }).click();
	await page.getByRole('button', { name: /^TCP at post/ }).click();
	const post = page.getByRole('region', { name: 'TCP at post, in words' });
	await expect(post).toContainText('Current: TIME-WAIT');
	await wait.click();
	await expect(wait).toBeHidden();
	await expect(post).toContainText('Current: LISTEN');
	await expect(post).toContainText('on 2MSL timeout');
	await expect(level.timeline.locator('.where .clock')).toHaveText(/^60\.\d{3} s$/);
});
