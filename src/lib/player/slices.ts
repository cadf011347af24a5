/**
 * Long work in slices, so that the page is drawn and hears its keys meanwhile. Work is a generator that yields how far it
 * is, from 0 to 1, whenever it can be interrupted. Law: a slice is as short as a frame; how far it is never goes back.
 */

/** Work that yields how far it is and ends in a result. */
export type Work<T> = Generator<number, T, void>;

/** Ms of a slice, and how one waits for the next. */
const SLICE = 12;

/** A piece of longer work: from 0 to 1 it goes `from` to `to` of that. */
export function* part<T>(work: Work<T>, from: number, to: number): Work<T> {
	for (;;) {
		const { done, value } = work.next();
		if (done) return value;
		yield from + (to - from) * value;
	}
}

/** Does all of it now. */
export function atOnce<T>(work: Work<T>): T {
	for (;;) {
		const { done, value } = work.next();
		if (done) return value;
	}
}

export interface Slicing {
	/** Told after each slice. */
	readonly told: (share: number) => void;
	/** Asked before each slice; false ends the work. */
	readonly wanted: () => boolean;
	/** Milliseconds of a steady clock. */
	readonly now?: () => number;
	/** Lets the page have a turn. */
	readonly rest?: () => Promise<void>;
}

/** Does it slice by slice; null: it was no longer wanted. */
export async function inSlices<T>(work: Work<T>, slicing: Slicing): Promise<T | null> {
	const { told, wanted, now = () => performance.now(), rest = turn } = slicing;
	while (wanted()) {
		const end = now() + SLICE;
		for (;;) {
			const { done, value } = work.next();
			if (done) return value;
			if (now() < end) continue;
			told(value);
			break;
		}
		await rest();
	}
	return null;
}

/** A message to oneself: no timer's least wait, and a tab in the background goes on. */
const turn = (): Promise<void> =>
	new Promise((done) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			done();
		};
		port2.postMessage(null);
	});
