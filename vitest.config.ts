import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/browser.mjs';

// Three projects, with time enough on a busy machine. `node` runs without the Svelte plugin, so that a DOM or `$app` import in the simulator fails there.
export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'node',
					testTimeout: 30_000,
					environment: 'node',
					include: ['tests/**/*.test.ts'],
					exclude: ['tests/interop/**', 'tests/ui/**', 'tests/e2e/**', 'tests/**/*.browser.test.ts']
				}
			},
			{
				test: {
					name: 'interop',
					environment: 'node',
					include: ['tests/interop/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 180_000
				}
			},
			{
				plugins: [sveltekit()],
				optimizeDeps: {
					include: [
						'vitest-browser-svelte',
						'd3-selection',
						'@dagrejs/dagre',
						'xstate',
						'dompurify',
						'postal-mime'
					]
				},
				test: {
					name: 'browser',
					testTimeout: 30_000,
					include: ['tests/ui/**/*.test.ts', 'tests/**/*.browser.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({ launchOptions: launchOptions() }),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
