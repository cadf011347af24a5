// After one visit the network may go away: here the server itself goes, so that nothing can answer but what was kept.
import type { Server } from 'node:http';
import type { Page } from '@playwright/test';
import { serve } from '../../scripts/serve.ts';
import { expect, test as base } from './fixtures.ts';
import { LevelPage } from './level.ts';

interface Site {
	readonly url: string;
	/** No more answers, from now on. */
	stop(): Promise<void>;
}

const close = (server: Server) =>
	new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});

const test = base.extend<{ prefix: string; site: Site }>({
	prefix: ['', { option: true }],
	site: async ({ prefix }, use) => {
		const { server, url } = await serve('build', 0, prefix);
		await use({ url, stop: () => close(server) });
		if (server.listening) await close(server);
	}
});

/** One visit: the page, and everything kept for later. */
async function visit(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.evaluate(async () => {
		const { active } = await navigator.serviceWorker.ready;
		if (active?.state !== 'activated')
			await new Promise<void>((resolve) =>
				active?.addEventListener('statechange', () => active.state === 'activated' && resolve())
			);
	});
}

for (const prefix of ['', '/pop3'])
	test.describe(`under ${prefix || 'the root'}`, () => {
		test.use({ prefix });

		test('reload, deep links, and a level from end to end', async ({ page, site }) => {
			await visit(page, site.url);
			await site.stop();

			await page.reload();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('Knock on 110');
			for (const [path, heading] of [
				['level/papers/', 'Show your papers'],
				['level/papers', 'Show your papers'],
				['level/shake/?skip', 'Three shakes'],
				['level/knock/', 'Knock on 110'],
				['map/', 'Interactive POP3'],
				['map', 'Interactive POP3'],
				['', 'Knock on 110']
			] as const) {
				await page.goto(site.url + path);
				await expect(page.getByRole('heading', { level: 1 }), path).toContainText(heading);
			}

			const level = new LevelPage(page);
			await page.goto(`${site.url}level/shake/?skip`);
			await level.speed.selectOption('4×');
			await level.solve('shake');
			await expect(page.evaluate(() => document.fonts.check('15px "JetBrains Mono"'))).resolves.toBe(true);
			await level.finish.getByRole('link', { name: /^Next: 2\.1 Show your papers/ }).click();
			await expect(level.text).toContainText('+OK POP3');
			await page.getByRole('link', { name: 'Map', exact: true }).click();
			await expect(page.getByText('1 of 36 solved')).toBeVisible();
			// whoever has solved one begins at the map, offline too
			await page.goto(site.url);
			await expect(page).toHaveURL(`${site.url}map/`);
		});
	});

test('an address that is not there leads home', async ({ page, site }) => {
	await visit(page, site.url);
	await site.stop();
	await page.goto(`${site.url}level/nowhere/`);
	await expect(page).toHaveURL(site.url);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Knock on 110');
});

test('the page says that it is offline, in passing', async ({ page, site, context }) => {
	await visit(page, site.url);
	await context.setOffline(true);
	await expect(page.getByText('Offline. Everything is here.')).toBeVisible();
	await page.reload();
	await expect(page.getByText('Offline. Everything is here.')).toBeVisible();
	const level = new LevelPage(page);
	await level.send('connect post 110');
	await expect(level.rows.first()).toBeVisible();
	await context.setOffline(false);
	await expect(page.getByText('Offline. Everything is here.')).toBeHidden();
});
