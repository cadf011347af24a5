/** A page that keeps the log as the protocol says, and can wait for what the engine has to say. */
import { Engine, type EngineOptions } from '#lib/engine/client.ts';
import type { Event } from '#lib/sim/event.ts';

export function connect(mode: EngineOptions['mode']) {
	let log: Event[] = [];
	let messages = 0;
	let fault: string | null = null;
	let due = false;
	let waiting: { ready: () => boolean; go: () => void }[] = [];

	function wake(): void {
		const ready = waiting.filter((wait) => wait.ready());
		waiting = waiting.filter((wait) => !ready.includes(wait));
		for (const { go } of ready) go();
	}
	function until(ready: () => boolean): Promise<void> {
		return ready() ? Promise.resolve() : new Promise((go) => waiting.push({ ready, go }));
	}

	const engine = new Engine({
		mode,
		events(message) {
			if (message.from > log.length) throw new Error(`events ${log.length} to ${message.from} are missing`);
			log = [...log.slice(0, message.from), ...message.events];
			messages++;
			due = message.nextAt !== null;
			wake();
		},
		fault(message) {
			fault = message.message;
			wake();
		}
	});

	return {
		engine,
		log: (): readonly Event[] => log,
		/** Events messages so far. */
		count: () => messages,
		heard: (count: number) => until(() => messages >= count),
		/** The next message after which nothing is due. */
		quiet: () => {
			due = true;
			return until(() => !due);
		},
		fault: () => until(() => fault !== null).then(() => fault)
	};
}
