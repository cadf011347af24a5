/** Plays levels on the real world, as a program would and as a person would. */
import type { Event, Input, TimedInput } from '#lib/sim/event.ts';
import { replay } from '#lib/sim/replay.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import type { Level } from '#lib/levels/level.ts';

/** Does one input after another, each when the world is quiet. */
export function act(world: World, inputs: readonly Input[]): void {
	for (const input of inputs) {
		world.input({ at: world.now, input });
		world.runUntilQuiet();
	}
}

/** A world with the prelude and then these inputs done. */
export function play(level: Level, inputs: readonly Input[]): World {
	const world = createWorld(level.scenario, level.seed);
	world.runUntilQuiet();
	act(world, [...level.prelude, ...inputs]);
	return world;
}

export function timed(log: readonly Event[]): TimedInput[] {
	return log.flatMap((event) => (event.kind === 'input' ? [{ at: event.at, input: event.input }] : []));
}

/** As a person plays it: every prediction is answered where playback stops for it, just before its gate. */
export function playAtGates(level: Level, inputs: readonly Input[]): World {
	const { log } = play(level, inputs);
	const moved = timed(log).map(({ at, input }): TimedInput => {
		const gate =
			input.kind === 'answer' ? level.questions.find(({ id }) => id === input.question)?.gate : undefined;
		const stop = gate && log.find((event) => gate(event, log));
		return { at: stop ? stop.at - 1 : at, input };
	});
	const world = replay(
		level.scenario,
		level.seed,
		moved.toSorted((a, b) => a.at - b.at)
	);
	world.runUntilQuiet();
	return world;
}
