/** The page's end of the capture reader: one worker a file, gone when the file is read or nobody wants it any more. */
import { readCaptureFile, type CaptureProgress, type OpenedCapture } from './capture-reader.ts';
import type { FromReader } from './capture.worker.ts';
import workerUrl from './capture.worker.ts?worker&url';
import { scriptUrl } from './script-url.ts';

export interface Opening {
	/** Null: it was cancelled. */
	readonly done: Promise<OpenedCapture | null>;
	cancel(): void;
}

/** Opens a file in a worker, or where there is none in the page itself. */
export function openCapture(file: File, progress: (progress: CaptureProgress) => void): Opening {
	if (typeof Worker === 'undefined') return { done: readCaptureFile(file, { progress }), cancel() {} };
	const worker = new Worker(scriptUrl(workerUrl), { type: 'module', name: 'capture' });
	let cancel = () => {};
	const deeds: OpenedCapture['judgement']['deeds'][number][] = [];
	const done = new Promise<OpenedCapture | null>((resolve, reject) => {
		cancel = () => resolve(null);
		worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
			if (data.type === 'progress') progress(data);
			else if (data.type === 'deeds') deeds.push(...data.deeds);
			else resolve({ ...data.opened, judgement: { ...data.opened.judgement, deeds } });
		};
		worker.onerror = (event) => reject(new Error(event.message || 'the reader could not be started'));
		worker.postMessage(file);
	}).finally(() => worker.terminate());
	return { done, cancel: () => cancel() };
}
