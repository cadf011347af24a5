// What must be in sight without scrolling, and what a drawing is made of where the system gives the colours.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';
import { resize } from './measure.ts';

const LAPTOP = { width: 1280, height: 720 };
/** All of it, above whatever scrolls it away. */
const whole = (one: Locator) => expect(one).toBeInViewport({ ratio: 0.99 });

test('a long debrief leaves the way on in sight on the smallest phone', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.solve('papers');
	await resize(page, { width: 320, height: 700 });
	await page.getByRole('button', { name: 'Do', exact: true }).click();
	await level.finish
		.getByRole('paragraph')
		.first()
		.evaluate((text) => text.scrollIntoView());
	await whole(level.finish.getByRole('link', { name: 'Next' }));
});

const asked = async (page: Page, slug: string) => {
	await page.setViewportSize(LAPTOP);
	await page.goto(`level/${slug}/?skip`);
	return new LevelPage(page).question;
};
test('the opening question of 4.1 is whole on a laptop', async ({ page }) => {
	const question = await asked(page, 'goodbye');
	for (const option of ['4 7042', '1 150', '3 6892'])
		await whole(question.getByRole('button', { name: option }));
});
test('so are the cards of 2.2', async ({ page }) => {
	const question = await asked(page, 'notyet');
	await expect(question.getByRole('radio')).toHaveCount(21);
	for (const row of await question.locator('tbody tr').all()) await whole(row);
});

test('and as they are on a desk, with the way to answer', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto('level/notyet/?skip');
	const { question } = new LevelPage(page);
	await expect(question.getByRole('radio')).toHaveCount(21);
	for (const row of await question.locator('tbody tr').all()) await whole(row);
	await whole(question.getByRole('button', { name: '7 to lay down' }));
});

for (const size of [{ width: 1440, height: 900 }, LAPTOP])
	test(`the cancel mark covers no word, nor is the ready line cut, at ${size.width}`, async ({ page }) => {
		await page.setViewportSize(size);
		const level = new LevelPage(page);
		await level.open('knock');
		expect(await level.line.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
		await level.open('shake');
		await level.solve('shake');
		const mission = page.getByRole('region', { name: 'Mission', exact: true });
		const covered = () =>
			mission.evaluate((card) => {
				const mark = card.querySelector('.cancel circle')?.getBoundingClientRect();
				const range = document.createRange();
				return [...card.querySelectorAll('h2, .text p, .say, .more')].flatMap((words) => {
					range.selectNodeContents(words);
					return [...range.getClientRects()].flatMap(({ left, right, top, bottom, width }) =>
						mark &&
						width > 1 &&
						Math.min(right, mark.right) - Math.max(left, mark.left) > 1 &&
						Math.min(bottom, mark.bottom) - Math.max(top, mark.top) > 5
							? [words.textContent.trim().slice(0, 30)]
							: []
					);
				});
			});
		await expect.poll(covered).toEqual([]);
	});

test('a wide window shows fields, bits and bytes at once, the chosen field among them', async ({ page }) => {
	await page.setViewportSize({ width: 1920, height: 940 });
	const level = new LevelPage(page);
	await level.open('papers');
	await page.getByRole('radio', { name: /^4/ }).check();
	await level.row(2).click();
	await level.field('Acknowledgment number').click();
	for (const face of ['Tree', 'Bits', 'Bytes'])
		expect(
			(await level.inspector.getByRole('group', { name: face, exact: true }).boundingBox())?.height,
			face
		).toBeGreaterThan(90);
	await whole(level.field('Acknowledgment number'));
});

test('alone on the screen the mail program has its letters beside the one that is read', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto('yard/');
	await page.getByLabel('Scene').selectOption('clean');
	await page.getByRole('button', { name: 'Mail', exact: true }).click();
	await page.getByRole('button', { name: 'Sync' }).click();
	await page.getByRole('button', { name: 'To the end' }).click();
	const letters = page.getByRole('button', { name: /octets, on the server$/ });
	await expect(letters).toHaveCount(7);
	await page.locator('[data-pane="Mail"]').focus();
	await page.keyboard.press('Shift+Enter');
	await letters.nth(4).focus();
	await page.keyboard.press('Enter');
	await whole(page.getByRole('article').getByRole('heading', { name: 'Claim now' }));
	await expect(letters.nth(4)).toHaveAttribute('aria-pressed', 'true');
	await whole(letters.first());
	await whole(page.getByText(/^Sync 1: /));
});

test('alone on the screen the stage grows, and a host goes where the pointer takes it', async ({ page }) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await new LevelPage(page).open('papers');
	const stage = page.locator('[data-pane="Stage"]');
	const name = stage.locator('svg .name').filter({ hasText: 'post' });
	const height = async () => (await name.boundingBox())?.height ?? 0;
	const before = await height();
	await stage.focus();
	await page.keyboard.press('Shift+Enter');
	await expect.poll(height).toBeGreaterThan(1.4 * before);

	const picture = stage.locator('svg .picture .grip').last();
	const middle = async () => {
		const { x, y, width, height } = (await picture.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
		return { x: x + width / 2, y: y + height / 2 };
	};
	const from = await middle();
	await page.mouse.move(from.x + 10, from.y + 10);
	await page.mouse.down();
	await page.mouse.move(from.x - 190, from.y + 60, { steps: 4 });
	await page.mouse.up();
	const to = await middle();
	expect(Math.hypot(to.x - (from.x - 200), to.y - (from.y + 50))).toBeLessThan(3);
});

test('where the system gives the colours, drawings have no others', async ({ page }) => {
	await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('USER ada', /^\+OK/);
	await level.row(4).click();
	const colours = () =>
		page.evaluate(() => {
			const probe = document.body.appendChild(document.createElement('i'));
			probe.style.forcedColorAdjust = 'none';
			const system = [
				'Canvas',
				'CanvasText',
				'LinkText',
				'Highlight',
				'HighlightText',
				'ButtonText',
				'GrayText'
			];
			const known = new Set(
				system.map((name) => {
					probe.style.color = name;
					return getComputedStyle(probe).color;
				})
			);
			probe.remove();
			const drawn = [...document.querySelectorAll('svg :is(path, rect, circle, text, tspan)')].filter(
				(one) => one.checkVisibility() && !one.closest('button, a')
			);
			return drawn
				.flatMap((one) => {
					const { fill, stroke } = getComputedStyle(one);
					return [fill, stroke].map((colour) => `${colour} of .${one.getAttribute('class')}`);
				})
				.filter((line) => line.startsWith('rgb(') && !known.has(line.slice(0, line.indexOf(')') + 1)));
		});
	for (const tab of ['Ladder', 'States']) {
		await page.getByRole('tab', { name: tab }).click();
		await expect.poll(colours).toEqual([]);
	}
});

for (const width of [1280, 1440])
	test(`no chip of the packet list is cut at ${width}, nor the ring around what has the focus`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 720 });
		await page.goto('level/twice/?skip');
		const chips = page.getByRole('button', { name: /^(Text only|No bare ACKs|This connection|Lost)$/ });
		await expect(chips).toHaveCount(4);
		for (const chip of await chips.all()) await whole(chip);
		const sync = page.getByRole('button', { name: 'Sync' });
		await expect(sync).toBeFocused();
		const room = await sync.evaluate((button) => {
			const head = button.parentElement!.getBoundingClientRect();
			const box = button.getBoundingClientRect();
			return Math.min(box.top - head.top, head.bottom - box.bottom);
		});
		expect(room).toBeGreaterThanOrEqual(4);
	});
