// A run from beginning to end without a player is the run that the world itself makes of it.
import { expect, test } from 'vitest';
import { Engine } from '#lib/engine/client.ts';
import { papers } from '#lib/levels/papers.ts';
import { shake } from '#lib/levels/shake.ts';
import type { FromEngine } from '#lib/engine/protocol.ts';
import { rehearse, rehearseLevel } from '#lib/player/rehearsal.ts';
import { createWorld } from '#lib/sim/world.ts';

const connect = (receive: (message: FromEngine) => void) =>
	new Engine({ mode: 'inline', events: receive, fault: receive });

test.each([shake, papers])('the reference of $slug, and the same again from its inputs', async (level) => {
	const world = createWorld(level.scenario, level.seed);
	world.runUntilQuiet();
	for (const input of [...level.prelude, ...level.showMe]) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
	const first = await rehearseLevel(level, connect, undefined);
	expect(first.log).toEqual(world.log);
	expect(first.inputs).toHaveLength(level.prelude.length + level.showMe.length);
	const again = await rehearseLevel(level, connect, first.inputs);
	expect(again.log).toEqual(world.log);
});

test('a run that the engine cannot play is refused', async () => {
	const input = { kind: 'type', host: 'nobody', line: 'x' } as const;
	await expect(rehearse(shake, connect, [], [input])).rejects.toThrow();
});
