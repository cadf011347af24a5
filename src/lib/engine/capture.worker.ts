/** The capture reader in a thread of its own: one file in, progress and the opened capture out. */
import { readCaptureFile, type CaptureProgress, type OpenedCapture } from './capture-reader.ts';

/** What the worker says: what packets did in pieces, before all the rest. */
export type FromReader =
	| ({ readonly type: 'progress' } & CaptureProgress)
	| { readonly type: 'deeds'; readonly deeds: OpenedCapture['judgement']['deeds'] }
	| { readonly type: 'opened'; readonly opened: OpenedCapture };

/** The part of DedicatedWorkerGlobalScope used here, as in the engine's worker. */
interface WorkerScope {
	postMessage(message: FromReader, transfer?: readonly ArrayBuffer[]): void;
	addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
declare const self: WorkerScope;

const PROGRESS_EVERY = 50;
/** Deeds in a message: the page has to make each of them anew, and hears its keys in between. */
const PIECE = 2048;

async function open(file: File): Promise<void> {
	let last = 0;
	const opened = await readCaptureFile(file, {
		progress(progress) {
			const now = performance.now();
			if (now - last < PROGRESS_EVERY) return;
			last = now;
			self.postMessage({ type: 'progress', ...progress });
		}
	});
	const { number, at, slab, from, length, original, slabs } = opened.table;
	const columns = [number, at, slab, from, length, original].map(({ buffer }) => buffer);
	const { deeds } = opened.judgement;
	for (let at = 0; at < deeds.length; at += PIECE)
		self.postMessage({ type: 'deeds', deeds: deeds.slice(at, at + PIECE) });
	const judgement = { ...opened.judgement, deeds: [] };
	self.postMessage({ type: 'opened', opened: { ...opened, judgement } }, [
		...columns,
		...slabs.map(({ buffer }) => buffer)
	]);
}

self.addEventListener('message', ({ data }) => {
	if (data instanceof File) void open(data);
});
