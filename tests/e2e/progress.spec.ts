// Progress: kept on the device, taken away and brought back as a file, never lost to a bad one; and where the browser
// keeps nothing the game says so and is played all the same.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { checksumOf, TEXT_LIMIT } from '#lib/player/progress-text.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

const SLOTS = ['interactive-pop3.progress.a', 'interactive-pop3.progress.b'];

async function solveFirst(page: Page): Promise<void> {
	const level = new LevelPage(page);
	await level.open('knock');
	await level.solve('knock');
}

const stored = (page: Page) =>
	page.evaluate((slots) => slots.map((slot) => localStorage.getItem(slot)), SLOTS);

const envelope = (page: Page) => page.getByRole('article').filter({ hasText: 'Knock on 110' });

async function isSolved(page: Page): Promise<void> {
	await expect(page.getByText('1 of 36 solved')).toBeVisible();
	await expect(envelope(page)).toContainText('Best 1, par 1');
	for (const stamp of ['Delivered', 'Light bag', 'Called it'])
		await expect(envelope(page).getByRole('img', { name: `${stamp}: earned` })).toBeVisible();
}

async function saved(page: Page): Promise<string> {
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save to a file' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('interactive-pop3-progress.json');
	return readFileSync(await file.path(), 'utf8');
}

async function read(page: Page, text: string): Promise<void> {
	await page.getByLabel('Read from a file').setInputFiles({
		name: 'progress.json',
		mimeType: 'application/json',
		buffer: Buffer.from(text)
	});
}

test('it survives a reload, and travels as a file', async ({ page }) => {
	await solveFirst(page);
	await page.goto('map/');
	await isSolved(page);
	await page.reload();
	await isSolved(page);
	const file = await saved(page);

	await page.evaluate(() => localStorage.clear());
	await page.reload();
	await expect(page.getByText('0 of 36 solved')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Begin: Knock on 110' })).toBeVisible();
	await read(page, file);
	await expect(page.getByRole('status').filter({ hasText: 'Read. 1 more solved.' })).toBeVisible();
	await isSolved(page);
	await page.reload();
	await isSolved(page);
	await read(page, file);
	await expect(page.getByRole('status').filter({ hasText: 'You had all of it already.' })).toBeVisible();
});

test('a file and what is here already become the best of both', async ({ page }) => {
	await solveFirst(page);
	await page.goto('map/');
	const file = await saved(page);
	await page.evaluate(() => localStorage.clear());

	// the same level with one line more and a wrong prediction, and another level
	const level = new LevelPage(page);
	await level.open('knock');
	await level.send('connect post 25');
	await expect(level.text).toContainText('refused');
	await level.send('connect post 110');
	await level.question.getByRole('button', { name: 'desk, that is me' }).click();
	await expect(level.finish).toBeVisible();
	await level.open('papers');
	await level.solve('papers');
	await page.goto('map/');
	await expect(envelope(page)).toContainText('Best 2, par 1');
	await expect(envelope(page).getByRole('img', { name: 'Called it: not yet' })).toBeVisible();
	await read(page, file);
	await expect(page.getByText('2 of 36 solved')).toBeVisible();
	await expect(envelope(page)).toContainText('Best 1, par 1');
	await expect(envelope(page).getByRole('img', { name: 'Called it: earned' })).toBeVisible();
});

test('a file that is not right is refused with the reason, and nothing is lost', async ({ page }) => {
	await solveFirst(page);
	await page.goto('map/');
	const file = await saved(page);
	const before = await stored(page);
	const whole = JSON.parse(file) as { version: number; progress: { levels: object } };
	const sealed = (progress: unknown, more = {}) =>
		JSON.stringify({ ...whole, progress, checksum: checksumOf(JSON.stringify(progress)), ...more });
	const { progress } = whole;
	const bad: Record<string, [text: string, reason: string]> = {
		'one octet changed': [file.replace('"best": 1', '"best": 0'), 'damaged'],
		'cut off': [file.slice(0, file.length / 2), 'not JSON'],
		empty: ['', 'not JSON'],
		'a picture': ['\u0089PNG\r\n\u001a\n\u0000\u0000', 'not JSON'],
		'another program’s': ['{"kind":"something else"}', 'not a progress file of Interactive POP3'],
		'of a newer edition': [sealed(progress, { version: whole.version + 1 }), 'newer edition'],
		'too large': [' '.repeat(TEXT_LIMIT + 1), 'too large'],
		'well sealed nonsense': [sealed({ ...progress, levels: { knock: 'yes' } }), 'not as it should be'],
		'a key that reaches too far': [
			sealed(JSON.parse('{"saved":1,"levels":{"__proto__":{}},"settings":{}}')),
			'something it must not'
		]
	};
	for (const [name, [text, reason]] of Object.entries(bad))
		await test.step(name, async () => {
			await read(page, text);
			const alert = page.getByRole('alert').filter({ hasText: 'Nothing was changed.' });
			await expect(alert).toContainText(reason);
			await isSolved(page);
			expect(await stored(page)).toEqual(before);
			await read(page, file);
			await expect(page.getByText('You had all of it already.')).toBeVisible();
			await page.evaluate(
				([slots, texts]) =>
					slots.forEach((slot, i) => {
						const text = texts[i] ?? null;
						if (text === null) localStorage.removeItem(slot);
						else localStorage.setItem(slot, text);
					}),
				[SLOTS, before] as const
			);
		});
	await page.reload();
	await isSolved(page);
});

test('damage on the device costs one save at most, and what was there can be taken away', async ({
	page
}) => {
	await solveFirst(page);
	await page.goto('map/');
	// both slots hold it once it was written twice
	await read(page, await saved(page));
	await expect(page.getByText('You had all of it already.')).toBeVisible();
	await page.evaluate((slot) => localStorage.setItem(slot, '{"kind":"inter'), SLOTS[0] ?? '');
	await page.reload();
	await isSolved(page);
	await expect(page.getByText('What was stored here is damaged')).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save it to a file' }).click();
	expect(readFileSync(await (await download).path(), 'utf8')).toBe('{"kind":"inter');
	await page.getByRole('button', { name: 'Throw it away' }).click();
	await expect(page.getByText('What was stored here is damaged')).toBeHidden();
	await page.reload();
	await isSolved(page);
});

test('what a newer edition has kept is left untouched', async ({ page }) => {
	await page.goto('map/');
	const newer = JSON.stringify({
		kind: 'interactive-pop3 progress',
		version: 99,
		checksum: '',
		progress: {}
	});
	await page.evaluate(([slots, text]) => slots.forEach((slot) => localStorage.setItem(slot, text)), [
		SLOTS,
		newer
	] as const);
	await page.reload();
	await expect(page.getByText('A newer edition has saved progress here.')).toBeVisible();
	await solveFirst(page);
	expect(await stored(page)).toEqual([newer, newer]);
});

test('a run that is under way survives a reload', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.say('PASS lovelance', /^-ERR/);
	await page.getByRole('button', { name: /^Hint/ }).click();
	const lines = await level.text.locator('p').allTextContents();
	await level.say('USER ada', /^\+OK/);
	await page.reload();
	await expect(level.text).toContainText('PASS lovelance');
	expect((await level.text.locator('p').allTextContents()).slice(0, lines.length)).toEqual(lines);
	await expect(page.getByRole('button', { name: 'Hint 1/3' })).toBeVisible();
	await expect(level.goal('post refused')).toContainText(', met');
	await level.send('PASS lovelace');
	await level.question.getByRole('button', { name: 'nobody' }).click();
	await expect(level.finish).toBeVisible();
});

for (const [name, block] of [
	[
		'refuses storage',
		() =>
			Object.defineProperty(window, 'localStorage', {
				get() {
					throw new DOMException('no storage here', 'SecurityError');
				}
			})
	],
	[
		'has no room left',
		() => {
			Storage.prototype.setItem = () => {
				throw new DOMException('full', 'QuotaExceededError');
			};
		}
	]
] as const)
	test(`a browser that ${name} plays on and says so`, async ({ page }) => {
		await page.addInitScript(block);
		const level = new LevelPage(page);
		const notice = page.getByRole('status').filter({ hasText: 'This browser will forget your progress.' });
		await level.open('knock');
		await level.solve('knock');
		await expect(notice).toBeVisible();
		await level.finish.getByRole('link', { name: 'Next' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toContainText('Three shakes or a slammed door');
		await page.getByRole('link', { name: 'Map', exact: true }).click();
		await expect(notice).toBeVisible();
		await isSolved(page);
		// and it can be taken along
		expect(await saved(page)).toContain('"knock"');
	});
