/** The capture reader in a thread of its own: one file in, progress and the opened capture out. */
import { readCaptureFile, type CaptureProgress, type OpenedCapture } from './capture-reader.ts';

/** What the worker says. */
export type FromReader =
	| ({ readonly type: 'progress' } & CaptureProgress)
	| { readonly type: 'opened'; readonly opened: OpenedCapture };

/** The part of DedicatedWorkerGlobalScope used here, as in the engine's worker. */
interface WorkerScope {
	postMessage(message: FromReader, transfer?: readonly ArrayBuffer[]): void;
	addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
declare const self: WorkerScope;

const PROGRESS_EVERY = 50;

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
	self.postMessage({ type: 'opened', opened }, [...columns, ...slabs.map(({ buffer }) => buffer)]);
}

self.addEventListener('message', ({ data }) => {
	if (data instanceof File) void open(data);
});
