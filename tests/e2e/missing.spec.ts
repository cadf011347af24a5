// What stands where nothing is. At the root only: the one page that is served at every depth has to know its folder, and
// is built for another one with BASE_PATH.
import { expect, test } from './fixtures.ts';

test('where nothing is, a page says so and leads to the map', async ({ page, watch, baseURL }) => {
	await page.goto('map/');
	const response = page.waitForResponse((answer) => answer.url().endsWith('/level/nowhere/'));
	await page.evaluate((address) => location.assign(address), new URL('level/nowhere/', baseURL).href);
	expect((await response).status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Return to sender: no such address.');
	await expect(page).toHaveTitle('Not delivered · Interactive POP3');
	await page.getByRole('link', { name: 'To the map' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Interactive POP3');
	await expect(page).toHaveURL(new URL('map/', baseURL).href);
	// the browser's own line about the 404, and no other
	expect(watch.complaints.splice(0)).toEqual([expect.stringContaining('status of 404')]);
});
