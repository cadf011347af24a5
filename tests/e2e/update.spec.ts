// A new edition: noticed while one plays, said, taken at the next level and not before, and only once.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { serve } from '../../scripts/serve.ts';
import { expect, test as base } from './fixtures.ts';
import { LevelPage } from './level.ts';

const NOTICE = 'New edition. It loads at your next level.';

interface Site {
	readonly url: string;
	/** Puts the next edition of the site where this one was. */
	publish(edition: string): void;
}

/** A copy of the built site that can be published anew: each edition has its own version, and its mark in every page. */
const test = base.extend<{ site: Site }>({
	// eslint-disable-next-line no-empty-pattern
	site: async ({}, use) => {
		const folder = mkdtempSync(join(tmpdir(), 'edition-'));
		cpSync('build', folder, { recursive: true });
		let { version } = JSON.parse(readFileSync(join(folder, '_app/version.json'), 'utf8')) as {
			version: string;
		};
		const publish = (edition: string) => {
			for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
				if (!/(\.html|service-worker\.js|version\.json)$/.test(name)) continue;
				const file = join(folder, name);
				const text = readFileSync(file, 'utf8')
					.replaceAll(version, edition)
					.replace(
						/(<meta name="edition"[^>]*>)?<\/head>/,
						`<meta name="edition" content="${edition}"></head>`
					);
				writeFileSync(file, text);
			}
			version = edition;
		};
		publish('edition-1');
		const { server, url } = await serve(folder, 0);
		await use({ url, publish });
		await new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
		rmSync(folder, { recursive: true });
	}
});

const edition = (page: Page) => page.locator('meta[name=edition]').getAttribute('content');
const caches = (page: Page) =>
	page.evaluate(async () =>
		(await window.caches.keys()).filter((key) => key.startsWith('interactive-pop3-'))
	);

/** Two visits: after the first the site is kept, from the second on it comes from there. */
async function settle(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await page.reload();
	await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
	expect(await edition(page)).toBe('edition-1');
}

/** What the page does by itself when one comes back to it. */
const comeBack = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

/** How often a whole page was loaded since. */
function loadsOf(page: Page): () => number {
	let loads = 0;
	page.on('domcontentloaded', () => loads++);
	return () => loads;
}

test('it is noticed and said in mid-level, and taken at the next level, once', async ({ page, site }) => {
	const level = new LevelPage(page);
	await settle(page, `${site.url}level/knock/?skip`);
	await level.speed.selectOption('4×');
	await level.send('connect post 110');
	await expect(level.question).toBeVisible();
	const loads = loadsOf(page);

	site.publish('edition-2');
	await comeBack(page);
	await expect(page.getByText(NOTICE)).toBeVisible();
	// in mid-level it stays at that: the run goes on to its end
	await level.question.getByRole('button', { name: 'post, the server' }).click();
	await expect(level.finish).toBeVisible();
	await expect(page.getByText(NOTICE)).toBeVisible();
	expect(await caches(page)).toEqual(['interactive-pop3-edition-1', 'interactive-pop3-edition-2']);
	expect(await edition(page)).toBe('edition-1');
	expect(loads()).toBe(0);

	await level.finish.getByRole('link', { name: /^Next: 1\.2 Three shakes/ }).click();
	await expect(page.locator('meta[name=edition][content=edition-2]')).toBeAttached();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Three shakes');
	await expect(page.getByText(NOTICE)).toBeHidden();
	await expect.poll(() => caches(page)).toEqual(['interactive-pop3-edition-2']);
	await expect.poll(loads).toBe(1);

	// once: the next page is a step inside the site again
	await page.getByRole('link', { name: 'Map', exact: true }).click();
	await expect(page.getByText('1 of 36 solved')).toBeVisible();
	await comeBack(page);
	await page.getByRole('link', { name: /^Three shakes/ }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Three shakes');
	await expect(page.getByText(NOTICE)).toBeHidden();
	await expect.poll(loads).toBe(1);
});

test('an edition that came while the page was away is noticed at once, and a reload keeps the run', async ({
	page,
	site
}) => {
	const level = new LevelPage(page);
	await settle(page, `${site.url}level/papers/`);
	await level.speed.selectOption('4×');
	await expect(level.text).toContainText('+OK POP3');
	await level.say('USER ada', /^\+OK/);
	site.publish('edition-2');
	await page.reload();
	await expect(page.getByText(NOTICE)).toBeVisible();
	expect(await edition(page)).toBe('edition-1');
	await expect(level.text).toContainText('USER ada');
	await page.getByRole('link', { name: 'Map', exact: true }).click();
	await expect(page.locator('meta[name=edition][content=edition-2]')).toBeAttached();
	await expect(page).toHaveURL(`${site.url}map/`);
	await expect(page.getByText(NOTICE)).toBeHidden();
});

test('a second tab is not disturbed when the first takes it', async ({ page, site, context, watch }) => {
	await settle(page, `${site.url}level/knock/?skip`);
	const other = await context.newPage();
	other.on('pageerror', (error) => watch.complaints.push(`second tab: ${error.message}`));
	await other.goto(`${site.url}level/papers/`);
	const level = new LevelPage(other);
	await expect(level.text).toContainText('+OK POP3');
	await level.say('USER ada', /^\+OK/);
	const loads = loadsOf(other);
	site.publish('edition-2');
	await comeBack(page);
	await expect(page.getByText(NOTICE)).toBeVisible();
	await page.getByRole('link', { name: 'Map', exact: true }).click();
	await expect(page.locator('meta[name=edition][content=edition-2]')).toBeAttached();

	await expect(other.getByText(NOTICE)).toBeVisible();
	await level.say('NOOP', /^-ERR/);
	expect(loads()).toBe(0);
	await other.getByRole('link', { name: 'Map', exact: true }).click();
	await expect(other.locator('meta[name=edition][content=edition-2]')).toBeAttached();
	await expect(other.getByText(NOTICE)).toBeHidden();
	await expect.poll(loads).toBe(1);
});

test('nothing new, no notice', async ({ page, site }) => {
	await settle(page, `${site.url}level/knock/?skip`);
	const loads = loadsOf(page);
	await page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => {}));
	await page.getByRole('link', { name: 'Map', exact: true }).click();
	await expect(page.getByText('0 of 36 solved')).toBeVisible();
	await expect(page.getByText(NOTICE)).toBeHidden();
	expect(await caches(page)).toEqual(['interactive-pop3-edition-1']);
	expect(loads()).toBe(0);
});
