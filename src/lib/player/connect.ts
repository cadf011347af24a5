/** How a game gets its engine: in a worker, inline where there is none, and nothing at all while the page is prerendered. */
import { Engine } from '#lib/engine/client.ts';
import type { FromEngine } from '#lib/engine/protocol.ts';
import type { EnginePort } from './engine-line.ts';

export function connectEngine(receive: (message: FromEngine) => void): EnginePort {
	if (typeof window === 'undefined') return { send() {}, close() {} };
	const mode = typeof Worker === 'undefined' ? 'inline' : 'worker';
	return new Engine({ mode, events: receive, fault: receive });
}
