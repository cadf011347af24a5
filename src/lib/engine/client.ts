/**
 * The page's side of the border: a class with verbs in front of the worker, or of the same core run inline. It drops what
 * belongs to an older epoch and tells the engine how much of the log has come through, so that no event is ever missed.
 */
import type { Micros, TimedInput } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { UNTIL_QUIET } from '#lib/sim/time.ts';
import workerUrl from './engine.worker.ts?worker&url';
import type { FromEngine, SavedGame, ToEngine } from './protocol.ts';
import { scriptUrl } from './script-url.ts';
import type { Checked, Run, Say } from './validate.ts';

export type { Say };

export type { Checked, Run } from './validate.ts';

export type EventsMessage = Extract<FromEngine, { type: 'events' }>;
export type FaultMessage = Extract<FromEngine, { type: 'fault' }>;

export interface EngineOptions {
	/** `inline` runs the core in the caller's thread, loaded when first needed; for tests and where there is no Worker. */
	readonly mode: 'worker' | 'inline';
	readonly events: (message: EventsMessage) => void;
	/** The world stopped, a message was refused, or the worker broke. */
	readonly fault: (message: FaultMessage) => void;
}

/** What carries messages to a core. */
interface Wire {
	send(message: ToEngine): void;
	close(): void;
}

function workerWire(receive: (message: FromEngine) => void, broken: (what: string) => void): Wire {
	const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'engine' });
	worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => receive(data));
	worker.addEventListener('error', (event) => {
		event.preventDefault();
		broken(`the engine broke: ${event.message || 'its script did not load'}`);
	});
	worker.addEventListener('messageerror', () => broken('a message from the engine could not be read'));
	return { send: (message) => worker.postMessage(message), close: () => worker.terminate() };
}

function inlineWire(receive: (message: FromEngine) => void, broken: (what: string) => void): Wire {
	let open = true;
	const core = import('./core.ts').then(({ createEngine }) =>
		createEngine((message) => {
			if (open) receive(message);
		})
	);
	const failed = (error: unknown) =>
		broken(`the engine broke: ${error instanceof Error ? error.message : error}`);
	return {
		// each message waits for the one before it, and its answer never comes before the call returns
		send: (message) => void core.then((engine) => engine.handle(message)).catch(failed),
		close: () => {
			open = false;
		}
	};
}

export class Engine {
	readonly #options: EngineOptions;
	readonly #wire: Wire;
	#epoch = 0;
	/** Instants of the log's events that have come through and that no fork sent since has taken back. */
	#have: Micros[] = [];
	#now: Micros = 0;
	#closed = false;

	constructor(options: EngineOptions) {
		this.#options = options;
		const start = options.mode === 'worker' ? workerWire : inlineWire;
		this.#wire = start(
			(message) => this.#receive(message),
			(message) => this.#receive({ type: 'fault', epoch: this.#epoch, message })
		);
	}

	/** The epoch of the messages that are current. */
	get epoch(): number {
		return this.#epoch;
	}

	/** Starts a world and replays `inputs` on it. */
	load(scenario: Scenario, seed: number, inputs: readonly TimedInput[] = []): void {
		this.send({ type: 'load', epoch: this.#epoch + 1, scenario, seed, inputs });
	}

	/** Acts at `timed.at`; earlier than the engine's clock, this is a fork and begins an epoch. */
	input(timed: TimedInput): void {
		this.send({ type: 'input', epoch: this.#epoch + (timed.at < this.#now ? 1 : 0), timed });
	}

	/** Runs to `to`; without it, until the world is quiet. */
	advance(to: Micros = UNTIL_QUIET): void {
		this.send({ type: 'advance', epoch: this.#epoch, to });
	}

	/** A message as it is, for a caller that counts its own epochs. */
	send(message: ToEngine): void {
		if (this.#closed) return;
		const begins = message.epoch > this.#epoch;
		this.#epoch = Math.max(this.#epoch, message.epoch);
		if (message.type === 'load') this.#have = [];
		if (message.type !== 'input') {
			this.#wire.send(message);
			return;
		}
		// answers still under way in older epochs will be dropped: what they hold has to come again
		if (begins) while ((this.#have.at(-1) ?? 0) > message.timed.at) this.#have.pop();
		this.#wire.send({ ...message, have: this.#have.length });
	}

	close(): void {
		this.#closed = true;
		this.#wire.close();
	}

	#receive(message: FromEngine): void {
		if (this.#closed || message.epoch < this.#epoch) return;
		if (message.type === 'fault') {
			this.#options.fault(message);
			return;
		}
		this.#have.length = message.from;
		for (const { at } of message.events) this.#have.push(at);
		this.#now = message.now;
		this.#options.events(message);
	}
}

/** Characters; the largest run that is allowed is smaller. */
const MAX_SAVED_GAME = 8_000_000;

/** Reads a saved game from the text of a file or link. */
export async function readSavedGame(text: string, say?: Say): Promise<Checked<SavedGame>> {
	if (text.length > MAX_SAVED_GAME) return { ok: false, problem: `longer than ${MAX_SAVED_GAME} characters` };
	const { checkSavedGame } = await import('./validate.ts');
	try {
		return checkSavedGame(JSON.parse(text), say);
	} catch {
		return { ok: false, problem: 'not JSON: the text is cut off or damaged' };
	}
}

/** The checks for what comes from outside and is no message: loaded once they are needed, and then at hand. */
export async function borderChecks(): Promise<{
	readonly plainProblem: (value: unknown) => string | null;
	readonly checkRun: (value: unknown, say?: Say) => Checked<Run>;
}> {
	const { plainProblem, checkRun } = await import('./validate.ts');
	return { plainProblem, checkRun };
}
