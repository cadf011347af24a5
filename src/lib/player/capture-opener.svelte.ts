/** Opening a capture as a person sees it: nothing yet, reading, opened, or why not. One file at a time; the newest wins. */
import { openCapture, type Opening } from '#lib/engine/capture-client.ts';
import type { OpenedCapture } from '#lib/engine/capture-reader.ts';
import { runOf } from './imported.ts';
import { ImportedSession } from './imported.svelte.ts';

export type Opened = { readonly capture: OpenedCapture; readonly session: ImportedSession };

export class CaptureOpener {
	#reading = $state.raw<{ readonly name: string; readonly size: number } | null>(null);
	#progress = $state.raw({ octets: 0, packets: 0 });
	#opened = $state.raw<Opened | null>(null);
	#problem = $state.raw<string | null>(null);
	#opening: Opening | null = null;

	/** The file under way. */
	get reading(): { readonly name: string; readonly size: number } | null {
		return this.#reading;
	}
	get progress(): { readonly octets: number; readonly packets: number } {
		return this.#progress;
	}
	get opened(): Opened | null {
		return this.#opened;
	}
	/** Why there is nothing to look at. */
	get problem(): string | null {
		return this.#problem;
	}

	async open(file: File): Promise<void> {
		this.#opening?.cancel();
		this.#problem = null;
		this.#progress = { octets: 0, packets: 0 };
		this.#reading = { name: file.name, size: file.size };
		const opening = openCapture(file, (progress) => (this.#progress = progress));
		this.#opening = opening;
		try {
			const capture = await opening.done;
			if (this.#opening !== opening) return;
			if (capture) this.#take(capture);
		} catch (error) {
			if (this.#opening === opening) this.#problem = `${file.name}: ${String(error)}`;
		}
		if (this.#opening === opening) this.#reading = this.#opening = null;
	}
	cancel(): void {
		this.#opening?.cancel();
	}
	/** Puts the capture away. */
	close(): void {
		this.cancel();
		this.#opened?.session.close();
		this.#opened = this.#problem = null;
	}

	#take(capture: OpenedCapture): void {
		if (capture.table.count === 0) {
			const others = [...capture.counts.others].map(([name, count]) => `${count} ${name}`).join(', ');
			const none =
				capture.counts.packets === 0 ? '' : `No IPv4 in its ${capture.counts.packets} packets (${others}).`;
			this.#problem = `${capture.name}: ${capture.fault ?? (none || 'There is no packet in it.')}`;
			return;
		}
		this.#opened?.session.close();
		this.#opened = { capture, session: new ImportedSession(runOf(capture)) };
	}
}
