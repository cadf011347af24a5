/** A run from beginning to end without a player: a kept one again, or a list of acts, each done when the world is quiet. */
import type { FromEngine } from '#lib/engine/protocol.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Event, Input, TimedInput } from '#lib/sim/event.ts';
import type { EnginePort } from './engine-line.ts';

export interface Rehearsed {
	readonly inputs: readonly TimedInput[];
	readonly log: readonly Event[];
}

export type Connect = (receive: (message: FromEngine) => void) => EnginePort;

/** Rejects when the engine finds fault with it. */
export function rehearse(
	{ scenario, seed }: Pick<Level, 'scenario' | 'seed'>,
	connect: Connect,
	kept: readonly TimedInput[],
	acts: readonly Input[]
): Promise<Rehearsed> {
	return new Promise((resolve, reject) => {
		const left = [...acts];
		const inputs = [...kept];
		let log: readonly Event[] = [];
		// one epoch for each act: what is still under way for the one before is not its end
		let epoch = 1;
		const engine = connect((message) => {
			if (message.epoch !== epoch) return;
			if (message.type === 'fault') {
				engine.close();
				reject(new Error(message.message));
				return;
			}
			log = [...log.slice(0, message.from), ...message.events];
			if (message.nextAt !== null) return;
			const input = left.shift();
			if (!input) {
				engine.close();
				resolve({ inputs, log });
				return;
			}
			const timed = { at: message.now, input };
			inputs.push(timed);
			epoch++;
			engine.send({ type: 'input', epoch, timed });
			engine.send({ type: 'advance', epoch, to: Number.MAX_SAFE_INTEGER });
		});
		engine.send({ type: 'load', epoch, scenario, seed, inputs: kept });
		engine.send({ type: 'advance', epoch, to: Number.MAX_SAFE_INTEGER });
	});
}

/** The run of a level that its card shows: the player's own where one is kept, else the level's reference. */
export function rehearseLevel(
	level: Level,
	connect: Connect,
	own: readonly TimedInput[] | undefined
): Promise<Rehearsed> {
	return own?.length
		? rehearse(level, connect, own, [])
		: rehearse(level, connect, [], [...level.prelude, ...level.showMe]);
}
