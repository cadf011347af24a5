/**
 * The line from one game to its engine. Law: whatever changes the future begins a new epoch, and what the engine still says
 * of an older one is not heard.
 */
import type { FromEngine, ToEngine } from '#lib/engine/protocol.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Micros, TimedInput } from '#lib/sim/event.ts';

/** What the game needs of an engine; `engine/client.ts` has it. */
export interface EnginePort {
	send(message: ToEngine): void;
	close(): void;
	/** The whole run has happened elsewhere: nothing of it is a prelude. */
	readonly recorded?: true;
}

/** "Until quiet": the engine stops by itself when only background timers are due. */
const QUIET: Micros = Number.MAX_SAFE_INTEGER;

export class EngineLine {
	readonly #level: Level;
	readonly #port: EnginePort;
	#epoch = 0;

	constructor(
		level: Level,
		connect: (receive: (message: FromEngine) => void) => EnginePort,
		hear: (message: FromEngine) => void
	) {
		this.#level = level;
		this.#port = connect((message) => {
			if (message.epoch === this.#epoch) hear(message);
		});
	}

	/** The whole run has happened elsewhere. */
	get recorded(): boolean {
		return this.#port.recorded === true;
	}
	/** The level from its beginning, with these inputs. */
	load(inputs: readonly TimedInput[]): void {
		this.#epoch++;
		const { scenario, seed } = this.#level;
		this.#port.send({ type: 'load', epoch: this.#epoch, scenario, seed, inputs });
	}
	/** One more input. `anew`: the future known so far falls away. */
	input(timed: TimedInput, anew: boolean): void {
		if (anew) this.#epoch++;
		this.#port.send({ type: 'input', epoch: this.#epoch, timed });
	}
	advance(to: Micros = QUIET): void {
		this.#port.send({ type: 'advance', epoch: this.#epoch, to });
	}
	close(): void {
		this.#port.close();
	}
}
