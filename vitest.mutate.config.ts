import { defineConfig } from 'vitest/config';

// What a mutant of the TCP core has to survive: the quick tests of a connection, and none that needs the world around it.
export default defineConfig({
	test: {
		environment: 'node',
		include: ['tests/tcp/**/*.test.ts'],
		exclude: ['tests/tcp/lossy.test.ts', 'tests/tcp/model.test.ts', 'tests/tcp/coverage.test.ts'],
		testNamePattern:
			/^(?!.*(?:faster than without|over \d+ seeds|memory that grows|a megabyte through|stalls for ever))/,
		testTimeout: 30_000
	}
});
