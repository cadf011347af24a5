import { defineConfig } from 'vitest/config';

// What a mutant of the TCP core has to survive: every test of a connection, and none that needs the world around it.
export default defineConfig({
	test: { environment: 'node', include: ['tests/tcp/**/*.test.ts'], testTimeout: 30_000 }
});
