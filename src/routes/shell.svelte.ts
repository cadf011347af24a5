/** What all pages share: the player's switches and progress, the edition, and whether the network is there. */
import { createContext } from 'svelte';
import { ProgressBook } from '#lib/player/progress.svelte.ts';
import { Settings } from '#lib/player/settings.svelte.ts';
import { Edition } from '#lib/player/update.svelte.ts';
import * as words from '#words/shell.ts';

export class Shell {
	readonly settings = new Settings();
	readonly book = new ProgressBook();
	readonly edition = new Edition();
	#offline = $state.raw(false);
	#file: File | null = null;

	/** A capture that was dropped on one page and is opened by another. */
	bring(file: File): void {
		this.#file = file;
	}
	takeFile(): File | null {
		const file = this.#file;
		this.#file = null;
		return file;
	}

	/** One line for the top bar, or null. */
	get notice(): string | null {
		if (this.book.notice) return this.book.notice;
		if (this.edition.ready) return words.newEdition;
		return this.#offline ? words.offline : null;
	}

	/** Reads the device; returns what stops it. In the browser only. */
	open(): () => void {
		const stop = new AbortController();
		const { signal } = stop;
		const look = () => (this.#offline = !navigator.onLine);
		addEventListener('online', look, { signal });
		addEventListener('offline', look, { signal });
		look();
		const stops = [this.settings.open(), this.book.open(), this.edition.watch(), () => stop.abort()];
		return () => stops.forEach((end) => end());
	}
}

export const [getShell, setShell] = createContext<Shell>();
