// Two futures of one past: where they part, and what the wire shows of it first.
import { expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { firstDifference, inputText } from '#lib/player/tracks.ts';
import { createWorld } from '#lib/sim/world.ts';

function after(...lines: readonly string[]) {
	const world = createWorld(papers.scenario, papers.seed);
	for (const line of ['connect post 110', 'USER ada', ...lines]) {
		world.input({ at: world.now, input: { kind: 'type', host: 'desk', line } });
		world.runUntilQuiet();
	}
	return world.log;
}

test('the same inputs have no difference', () => {
	expect(firstDifference(after('PASS lovelace'), after('PASS lovelace'))).toBeNull();
});

test('other words: the inputs, and the first packet that is not the same', () => {
	const [right, wrong] = [after('PASS lovelace', 'STAT'), after('PASS lovelance', 'STAT')];
	const difference = firstDifference(right, wrong);
	expect(difference?.here && inputText(difference.here.input)).toBe('typed PASS lovelace');
	expect(difference?.there && inputText(difference.there.input)).toBe('typed PASS lovelance');
	const { here, there } = difference?.packet ?? {};
	expect(here?.packet).toBe(there?.packet);
	expect(here?.bytes).not.toEqual(there?.bytes);
	expect(right.filter((e) => e.kind === 'packet.sent' && e.packet < (here?.packet ?? 0))).toEqual(
		wrong.filter((e) => e.kind === 'packet.sent' && e.packet < (here?.packet ?? 0))
	);
});

test('one that goes on further than the other', () => {
	const difference = firstDifference(after(), after('PASS lovelace'));
	expect(difference).toMatchObject({ here: null, there: { input: { line: 'PASS lovelace' } } });
	expect(difference?.packet.here).toBeNull();
	expect(difference?.packet.there?.packet).toBeGreaterThan(5);
});
