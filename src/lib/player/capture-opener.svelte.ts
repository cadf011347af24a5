/** Opening a capture as a person sees it: nothing yet, reading, opened, or why not. One file at a time; the newest wins. */
import { openCapture, type Opening } from '#lib/engine/capture-client.ts';
import type { OpenedCapture } from '#lib/engine/capture-reader.ts';
import type { Event } from '#lib/sim/event.ts';
import * as words from '#words/capture-opened.ts';
import { runSteps, type Run } from './imported.ts';
import { ImportedSession } from './imported.svelte.ts';
import { paceOf } from './pace.ts';
import { rowSteps } from './packet-fold.ts';
import { inSlices, part, type Work } from './slices.ts';

/** What else has to be made of a log before it is looked at. */
export type Further = (log: readonly Event[]) => Work<unknown>;

export type Opened = { readonly capture: OpenedCapture; readonly session: ImportedSession };

export class CaptureOpener {
	#reading = $state.raw<{ readonly name: string; readonly size: number } | null>(null);
	#progress = $state.raw({ octets: 0, packets: 0 });
	#opened = $state.raw<Opened | null>(null);
	#problem = $state.raw<string | null>(null);
	#share = $state.raw<number | null>(null);
	#opening: Opening | null = null;
	readonly #further: Further;

	constructor(further: Further) {
		this.#further = further;
	}

	/** The file under way. */
	get reading(): { readonly name: string; readonly size: number } | null {
		return this.#reading;
	}
	get progress(): { readonly octets: number; readonly packets: number } {
		return this.#progress;
	}
	/** Of what was read, how much is laid out, from 0 to 1; null: it is still being read. */
	get share(): number | null {
		return this.#share;
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
		this.#share = null;
		this.#reading = { name: file.name, size: file.size };
		const opening = openCapture(file, (progress) => (this.#progress = progress));
		this.#opening = opening;
		try {
			const capture = await opening.done;
			if (this.#opening !== opening) return;
			if (capture) await this.#take(capture, opening);
		} catch (error) {
			if (this.#opening === opening) this.#problem = `${file.name}: ${String(error)}`;
		}
		if (this.#opening === opening) this.#reading = this.#opening = null;
	}
	cancel(): void {
		this.#opening?.cancel();
		this.#reading = this.#opening = null;
	}
	/** Puts the capture away. */
	close(): void {
		this.cancel();
		this.#opened?.session.close();
		this.#opened = this.#problem = null;
	}

	async #take(capture: OpenedCapture, opening: Opening): Promise<void> {
		if (capture.table.count === 0) {
			const others = [...capture.counts.others].map(([name, count]) => `${count} ${name}`);
			const none = capture.counts.packets === 0 ? '' : words.noIpv4(capture.counts.packets, others);
			this.#problem = `${capture.name}: ${capture.fault ?? (none || words.noPacket)}`;
			return;
		}
		const run = await inSlices(this.#layOut(capture), {
			told: (share) => (this.#share = share),
			wanted: () => this.#opening === opening
		});
		if (!run || this.#opening !== opening) return;
		this.#opened?.session.close();
		this.#opened = { capture, session: new ImportedSession(run) };
	}

	*#layOut(capture: OpenedCapture): Work<Run> {
		const run = yield* part(runSteps(capture), 0, 0.2);
		yield* part(rowSteps(run.log, run.level.scenario), 0.2, 0.9);
		yield* part(this.#further(run.log), 0.9, 1);
		paceOf(run.log);
		return run;
	}
}
