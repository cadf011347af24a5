// Accessibility by machine: axe finds nothing on any page, in any state, in both themes, at four sizes.
import { clean, complaints, PHONE, SIZES } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage, SLUGS } from './level.ts';

for (const colorScheme of ['light', 'dark'] as const)
	test.describe(colorScheme, () => {
		test.use({ colorScheme });

		for (const slug of SLUGS)
			test(`level ${slug}: fresh, mid-run, solved`, async ({ page }) => {
				const level = new LevelPage(page);
				await level.open(slug);
				await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
				await clean(page, 'fresh');
				if (slug === 'papers') await level.say('USER ada', /^\+OK/);
				else {
					await level.send('connect post 110');
					await expect(level.question).toBeVisible();
				}
				await level.row(2).click();
				await level.inspector.getByRole('treeitem').nth(1).click();
				await clean(page, 'mid-run with a packet selected');
				await page.getByRole('button', { name: 'Reset' }).click();
				await expect(level.rows).toHaveCount(slug === 'papers' ? 5 : 0);
				await level.solve(slug);
				await clean(page, 'solved');
			});

		test('the first page and the map', async ({ page }) => {
			await page.goto('');
			await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
			await clean(page, 'first page');
			await page.goto('map/');
			await clean(page, 'map');
		});

		test('the yard with its mail program, and a letter', async ({ page }) => {
			// axe ten times over
			test.slow();
			await page.goto('yard/');
			await page.getByRole('button', { name: 'Mail', exact: true }).click();
			await page.getByRole('button', { name: 'Sync' }).click();
			await expect(page.getByText(/under way/)).toBeVisible();
			await page.getByRole('button', { name: 'To the end' }).click();
			await expect(page.getByText(/under way/)).toHaveCount(0);
			await page.getByRole('tab', { name: 'Mailbox' }).click();
			await page.getByRole('region', { name: 'Mail' }).getByText('ada at post').click();
			await clean(page, 'letters');
			await page.getByRole('button', { name: /^Claim now/ }).click();
			await page.getByRole('button', { name: 'HTML' }).click();
			await clean(page, 'a letter');
		});

		for (const topic of ['ipv4', 'icmp', 'udp', 'tcp', 'pop3'])
			test(`the reference page ${topic}`, async ({ page }) => {
				await page.goto(`reference/${topic}/`);
				await clean(page, topic);
			});

		test('the other views, the opening’s card, and the sheets', async ({ page }) => {
			const level = new LevelPage(page);
			await page.goto('level/shake/');
			await level.send('connect post 109');
			await expect(level.worked).toBeVisible();
			expect(await complaints(page), 'one packet, field by field').toEqual([]);
			await level.worked.getByRole('button', { name: 'Skip' }).click();
			for (const tab of ['States', 'Mailbox']) {
				await page.getByRole('tab', { name: tab }).click();
				expect(await complaints(page), tab).toEqual([]);
			}
			for (const lens of ['4 Bits', '1 Letter']) {
				await page.getByRole('radio', { name: lens }).check();
				expect(await complaints(page), lens).toEqual([]);
			}
			for (const size of [SIZES[0], PHONE]) {
				await page.setViewportSize(size);
				await page.getByRole('button', { name: 'Settings' }).click();
				expect(await complaints(page), 'settings').toEqual([]);
				await page.getByRole('button', { name: 'Keyboard' }).click();
				await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
				expect(await complaints(page), 'keyboard').toEqual([]);
				await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
			}
		});
	});
