/**
 * The engine without a Worker: messages in, messages out, the same wherever it runs. It holds one world and the epoch it
 * belongs to; an input earlier than the world's clock makes a new world from the inputs up to that instant.
 */
import type { Event, TimedInput } from '#lib/sim/event.ts';
import { replay } from '#lib/sim/replay.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { UNTIL_QUIET } from '#lib/sim/time.ts';
import type { World } from '#lib/sim/world.ts';
import type { FromEngine, ToEngine } from './protocol.ts';
import { checkMessage } from './validate.ts';

export interface Engine {
	/** Takes one message, whatever it is; answers with one `events` or `fault`, or with nothing when it is out of date. */
	handle(message: unknown): void;
}

interface Run {
	readonly scenario: Scenario;
	readonly seed: number;
	readonly world: World;
	readonly inputs: readonly TimedInput[];
}

/** The epoch that a message which may be anything claims; 0 if it claims none. */
function epochOf(given: unknown): number {
	const claimed = typeof given === 'object' && given !== null && 'epoch' in given ? given.epoch : 0;
	return typeof claimed === 'number' && Number.isSafeInteger(claimed) ? claimed : 0;
}

export function createEngine(post: (message: FromEngine) => void): Engine {
	let epoch = -1;
	let run: Run | null = null;

	function tell(world: World, from: number): void {
		const events: readonly Event[] = world.log.slice(from);
		const { now, nextAt, timerAt, stopped } = world;
		post({ type: 'events', epoch, from, events, now, nextAt, timerAt });
		if (stopped !== null) fault(stopped);
	}

	function fault(message: string): void {
		post({ type: 'fault', epoch, message });
	}

	function current(): Run {
		if (!run) throw new Error('nothing is loaded');
		return run;
	}

	function load({ scenario, seed, inputs }: Extract<ToEngine, { type: 'load' }>): void {
		run = null;
		const world = replay(scenario, seed, inputs);
		run = { scenario, seed, world, inputs };
		tell(world, 0);
	}

	/** Acts in the present, or on a new world that ends at the input's instant. */
	function input({ timed, have }: Extract<ToEngine, { type: 'input' }>): void {
		const { scenario, seed, world, inputs } = current();
		const fork = timed.at < world.now;
		const kept = fork ? inputs.filter(({ at }) => at <= timed.at) : inputs;
		const base = fork ? replay(scenario, seed, kept) : world;
		if (fork) base.advance(timed.at);
		const from = base.log.length;
		base.input(timed);
		run = { scenario, seed, world: base, inputs: [...kept, timed] };
		tell(base, Math.min(from, have ?? from));
	}

	function advance({ to }: Extract<ToEngine, { type: 'advance' }>): void {
		const { world } = current();
		const from = world.log.length;
		if (to === UNTIL_QUIET) world.runUntilQuiet();
		else if (to > world.now) world.advance(to);
		tell(world, from);
	}

	function act(message: ToEngine): void {
		if (message.type === 'load') load(message);
		else if (message.type === 'input') input(message);
		else advance(message);
	}

	return {
		handle(given) {
			const checked = checkMessage(given);
			if (!checked.ok) {
				const message = `refused a message: ${checked.problem}`;
				post({ type: 'fault', epoch: Math.max(epoch, epochOf(given)), message });
				return;
			}
			if (checked.value.epoch < epoch) return;
			epoch = checked.value.epoch;
			try {
				act(checked.value);
			} catch (error) {
				fault(error instanceof Error ? error.message : String(error));
			}
		}
	};
}
