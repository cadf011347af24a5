// `npm run screens`: pictures of every page for a person to look at, each measured while it is taken.
import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from '../../scripts/browser.mjs';

const port = Number(process.env.E2E_PORT ?? 4311);
const root = `${import.meta.dirname}/../..`;

export default defineConfig({
	testDir: '.',
	outputDir: `${root}/test-results/screens`,
	workers: 2,
	fullyParallel: true,
	timeout: 240_000,
	expect: { timeout: 15_000 },
	use: {
		...devices['Desktop Chrome'],
		baseURL: `http://127.0.0.1:${port}/`,
		launchOptions: launchOptions(),
		actionTimeout: 15_000
	},
	webServer: {
		command: `npx --no-install tsx scripts/serve.ts build ${port}`,
		cwd: root,
		url: `http://127.0.0.1:${port}/`,
		reuseExistingServer: false
	}
});
