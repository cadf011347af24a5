// A part of the soak that `npm run fuzz -- soak` does with a million sessions.
import { expect, test } from 'vitest';
import { soak } from './soak.ts';

test('4,000 sessions in a day: no timer and no connection is left', () => {
	expect(soak({ seed: 1, sessions: 4_000, weigh: false })).toMatchObject({ sessions: 4_000 });
});
