// Every end-to-end test watches the page while it runs: no console error, no violation of the content policy, no request
// to another host. `goto` and `reload` wait until the page is live, since a click before that is lost.
import { test as base, expect } from '@playwright/test';

export { expect };

export interface Watch {
	/** Complaints so far; a test that provokes one on purpose takes it out. */
	readonly complaints: string[];
}

export const test = base.extend<{ watch: Watch }>({
	watch: [
		async ({ page, baseURL }, use) => {
			const complaints: string[] = [];
			const host = new URL(baseURL ?? 'http://127.0.0.1').hostname;
			page.on('console', (message) => {
				if (message.type() === 'error' || message.type() === 'warning')
					complaints.push(`console ${message.type()}: ${message.text()}`);
			});
			page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
			page.on('request', (request) => {
				const url = new URL(request.url());
				if (url.protocol.startsWith('http') && url.hostname !== host)
					complaints.push(`request to ${url.hostname}`);
			});
			await page.addInitScript(() => {
				document.addEventListener('securitypolicyviolation', (event) =>
					console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI || event.sample}`)
				);
			});
			await use({ complaints });
			expect(complaints).toEqual([]);
		},
		{ auto: true }
	],
	page: async ({ page }, use) => {
		const live = () => page.locator('html[data-hydrated]').waitFor({ state: 'attached' });
		const goto = page.goto.bind(page);
		const reload = page.reload.bind(page);
		page.goto = async (...args) => {
			const response = await goto(...args);
			await live();
			return response;
		};
		page.reload = async (...args) => {
			const response = await reload(...args);
			await live();
			return response;
		};
		await use(page);
	}
});
