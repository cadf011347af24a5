// The same constants are demanded of the worker and of the browser's page in worker.browser.test.ts.
import { expect, test } from 'vitest';
import { hashLog, replay } from '#lib/sim/replay.ts';
import { LOSSY_HASH, LOSSY_LINES, SESSION_HASH } from '../fixtures/hash.ts';
import { SESSION, t0, typed } from '../fixtures/t0.ts';

test('in Node the session has its hash', () => {
	const world = replay(t0(), 110, typed(SESSION));
	world.runUntilQuiet();
	expect(hashLog(world.log)).toBe(SESSION_HASH);
});

test('in Node the session over a bad link has its hash', () => {
	const world = replay(t0({ link: { loss: 0.2 } }), 7, typed(LOSSY_LINES, 3_000_000));
	world.runUntilQuiet();
	expect(hashLog(world.log)).toBe(LOSSY_HASH);
});
