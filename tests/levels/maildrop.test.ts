// A maildrop folded from the logs of real sessions.
import { expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { maildrops } from '#lib/levels/maildrop.ts';
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
		box,
		log: world.log,
		locked: box.lockedBy !== null,
		letters: box.letters.map(({ number, name, marked, gone }) =>
			gone !== null ? `(${name})` : `${number} ${name}${marked !== null ? ' marked' : ''}`
		)
	};
}
const login = ['USER ada', 'PASS lovelace'];
const all = ['1 welcome', '2 won', '3 dots', '4 photo'];

test('full and open to anyone before a login, locked after it', () => {
	expect(boxAfter()).toMatchObject({ locked: false, letters: all });
	expect(boxAfter(...login)).toMatchObject({ locked: true, letters: all });
});

test('DELE marks, RSET takes the marks back', () => {
	expect(boxAfter(...login, 'DELE 2').letters).toEqual(['1 welcome', '2 won marked', '3 dots', '4 photo']);
	expect(boxAfter(...login, 'DELE 2', 'DELE 4', 'RSET').letters).toEqual(all);
});

test('QUIT removes what was marked and lets go of the lock', () => {
	expect(boxAfter(...login, 'DELE 2', 'QUIT')).toMatchObject({
		locked: false,
		letters: ['1 welcome', '(won)', '2 dots', '3 photo']
	});
});

test('the next session counts afresh, and its marks fall on the right letters', () => {
	const again = [...login, 'DELE 1', 'DELE 3', 'QUIT', 'connect post 110', ...login, 'DELE 2'];
	expect(boxAfter(...again).letters).toEqual(['(welcome)', '1 won', '(dots)', '2 photo marked']);
});

test('what is stored, what UPDATE would leave, and the events that made it so', () => {
	const { box, log } = boxAfter(...login, 'DELE 2');
	const won = box.letters[1];
	expect(won).toMatchObject({ uid: 'u-won-2', octets: 150, gone: null });
	expect(log[won?.marked ?? -1]).toMatchObject({ kind: 'maildrop.mark', number: 2 });
	expect(log[box.lockedAt ?? -1]).toMatchObject({ kind: 'maildrop.lock', held: true });
	expect(box.now.letters - box.afterUpdate.letters).toBe(1);
	expect(box.now.octets - box.afterUpdate.octets).toBe(150);

	const after = boxAfter(...login, 'DELE 2', 'QUIT');
	expect(after.log[after.box.letters[1]?.gone ?? -1]).toMatchObject({
		kind: 'maildrop.expunge',
		uid: 'u-won-2'
	});
	expect(after.box.now).toEqual(box.afterUpdate);
	expect(after.box.afterUpdate).toEqual(after.box.now);
});
