// What the tests of whole pages share: an engine without a worker, a book of progress, and patience.
import '../../src/app.css';
import { Engine } from '#lib/engine/client.ts';
import { ProgressBook } from '#lib/player/progress.svelte.ts';
import type { SessionOptions } from '#lib/player/session.svelte.ts';

export const connect: SessionOptions['connect'] = (receive) =>
	new Engine({ mode: 'inline', events: receive, fault: receive });

/** Time enough on a busy machine. */
export const BUSY = { timeout: 20_000 };

export const book = () => {
	const made = new ProgressBook();
	made.open();
	return made;
};
