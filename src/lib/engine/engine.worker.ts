/** The engine in a thread of its own: the core, and the two ends of its wire. */
import { createEngine } from './core.ts';
import type { FromEngine } from './protocol.ts';
import { pack } from './slab.ts';

/** The part of DedicatedWorkerGlobalScope used here: the "webworker" library would leak its globals into the whole app. */
interface WorkerScope {
	postMessage(message: FromEngine, transfer: readonly ArrayBuffer[]): void;
	addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
declare const self: WorkerScope;

const engine = createEngine((answer) => {
	const { message, transfer } = pack(answer);
	self.postMessage(message, transfer);
});
self.addEventListener('message', (event) => engine.handle(event.data));
