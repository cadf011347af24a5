// A maildrop folded from the logs of real sessions.
import { expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { maildrops } from '#lib/player/maildrop.ts';
import { createWorld } from '#lib/sim/world.ts';

function boxAfter(...lines: readonly string[]) {
	const world = createWorld(papers.scenario, papers.seed);
	for (const line of ['connect post 110', ...lines]) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	const [box] = maildrops(papers.scenario, world.log);
	if (!box) throw new Error('the scenario has no box');
	return {
		locked: box.lockedBy !== null,
		letters: box.letters.map(({ number, name, marked, gone }) =>
			gone ? `(${name})` : `${number} ${name}${marked ? ' marked' : ''}`
		)
	};
}
const login = ['USER ada', 'PASS lovelace'];
const all = ['1 welcome', '2 won', '3 dots', '4 photo'];

test('full and open to anyone before a login, locked after it', () => {
	expect(boxAfter()).toEqual({ locked: false, letters: all });
	expect(boxAfter(...login)).toEqual({ locked: true, letters: all });
});

test('DELE marks, RSET takes the marks back', () => {
	expect(boxAfter(...login, 'DELE 2').letters).toEqual(['1 welcome', '2 won marked', '3 dots', '4 photo']);
	expect(boxAfter(...login, 'DELE 2', 'DELE 4', 'RSET').letters).toEqual(all);
});

test('QUIT removes what was marked and lets go of the lock', () => {
	expect(boxAfter(...login, 'DELE 2', 'QUIT')).toEqual({
		locked: false,
		letters: ['1 welcome', '(won)', '2 dots', '3 photo']
	});
});

test('the next session counts afresh, and its marks fall on the right letters', () => {
	const again = [...login, 'DELE 1', 'DELE 3', 'QUIT', 'connect post 110', ...login, 'DELE 2'];
	expect(boxAfter(...again).letters).toEqual(['(welcome)', '1 won', '(dots)', '2 photo marked']);
});
