// A part of the fuzzing that `npm run fuzz -- states` does at length.
import { expect, test } from 'vitest';
import { TCP_STATES } from '#lib/tcp/states.ts';
import { fuzzStates } from './states.ts';

test.each(TCP_STATES)('1,500 packets that nobody should send, into %s', (state) => {
	expect(fuzzStates({ seed: 1, packets: 1_500, states: [state] })).toEqual({ [state]: 1_500 });
});
