// What a failure tells: enough to see it again.
import { expect, test } from 'vitest';
import { Failure } from './dice.ts';
import { fuzzStates } from './states.ts';

test('a failure prints its part, its seed and what was put in', () => {
	const cause = new Error('because');
	const failure = new Failure('worlds', 7, 'it waits for ever', ['{"hosts":[]}', 'connect post 110'], cause);
	expect(String(failure)).toBe(
		'Failure: worlds, seed 7: it waits for ever\n  {"hosts":[]}\n  connect post 110'
	);
	expect(failure.cause).toBe(cause);
});

test('one seed is one story: the same packets, the same tally', () => {
	const story = () => fuzzStates({ seed: 9, packets: 40, states: ['ESTABLISHED'] });
	expect(story()).toEqual(story());
});
