// A world run with some inputs, to its end.
import type { TimedInput } from '#lib/sim/event.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { t0 } from '../fixtures/t0.ts';

export function run(inputs: readonly TimedInput[], world: World = createWorld(t0(), 110)): World {
	for (const timed of inputs) world.input(timed);
	world.runUntilQuiet();
	return world;
}
