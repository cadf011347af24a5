/**
 * A person's progress as the screen holds it: read once, changed by verbs, kept after every change, and joined with what
 * other tabs keep. Law: it always works, at worst until the page is closed, and then it says so.
 */
import * as words from '#words/progress-kept.ts';
import type { Kind } from '#lib/levels/practice-task.ts';
import {
	NO_RECORD,
	NOTHING,
	merge,
	solvedSlugs,
	withPractice,
	withResult,
	withSetting,
	type LevelRecord,
	type Progress,
	type Result,
	type Setting
} from './progress.ts';
import { discardDamaged, readSlots, SLOTS, writeSlots, type Keeping, type Shelf } from './progress-slots.ts';
import { exportProgress, importProgress, type Imported } from './progress-text.ts';

/** The setting that keeps a passed placement check; one each, so that no merge loses any. */
const PLACED = /^placed\.(\d{1,2})$/;

const NOTICES: Readonly<Record<Keeping, string | null>> = {
	device: null,
	memory: words.forgets,
	newer: words.newerHere
};

export class ProgressBook {
	#shelf: Shelf | null = null;
	#progress = $state.raw<Progress>(NOTHING);
	#keeping = $state.raw<Keeping>('device');
	#damaged = $state.raw<readonly string[]>([]);
	#solved = $derived(solvedSlugs(this.#progress));

	get progress(): Progress {
		return this.#progress;
	}
	/** Slugs of the solved levels. */
	get solved(): ReadonlySet<string> {
		return this.#solved;
	}
	/** Whether what is reached outlives the page. */
	get keeping(): Keeping {
		return this.#keeping;
	}
	/** What the person must know about keeping, or null. */
	get notice(): string | null {
		return NOTICES[this.#keeping];
	}
	/** Stored texts that could not be read, to be offered as downloads. */
	get damaged(): readonly string[] {
		return this.#damaged;
	}

	level(slug: string): LevelRecord {
		return this.#progress.levels[slug] ?? NO_RECORD;
	}
	setting(name: string): Setting | null {
		return this.#progress.settings[name] ?? null;
	}

	/** The highest chapter that a placement check has opened; 1: none. */
	get placed(): number {
		const opened = Object.keys(this.#progress.settings).map((name) => Number(PLACED.exec(name)?.[1] ?? 1));
		return Math.max(1, ...opened);
	}
	/** A placement check was passed. */
	place(chapter: number): void {
		this.set(`placed.${chapter}`, true);
	}

	/** A level was solved. */
	record(result: Result): void {
		this.#keep(withResult(this.#progress, result, Date.now()));
	}
	/** A question of the morning round was answered. */
	practised(kind: Kind, right: boolean): void {
		this.#keep(withPractice(this.#progress, kind, right, Date.now()));
	}
	set(name: string, value: Setting): void {
		this.#keep(withSetting(this.#progress, name, value, Date.now()));
	}

	/** Text for a file. */
	export(): string {
		return exportProgress(this.#progress);
	}
	/** Takes over what was read from a code. */
	take(progress: Progress): void {
		this.#keep(progress);
	}
	/** Merges a file's text; a refused one changes nothing. */
	import(text: string): Imported {
		const imported = importProgress(text, this.#progress, Date.now());
		if (imported.ok) this.#keep(imported.progress);
		return imported;
	}
	discardDamaged(): void {
		discardDamaged(this.#shelf);
		this.#damaged = readSlots(this.#shelf).damaged;
	}

	/** Reads the device and follows other tabs; returns what stops it. In the browser only. */
	open(): () => void {
		this.#shelf = deviceShelf();
		this.#read();
		const follow = ({ key }: StorageEvent) => {
			if (SLOTS.some((slot) => slot === key)) this.#read();
		};
		addEventListener('storage', follow);
		return () => removeEventListener('storage', follow);
	}

	#read(): void {
		const { progress, keeping, damaged } = readSlots(this.#shelf);
		this.#progress = merge(this.#progress, progress);
		this.#keeping = keeping;
		this.#damaged = damaged;
	}

	#keep(changed: Progress): void {
		const { progress, keeping, damaged } = writeSlots(this.#shelf, changed);
		this.#progress = progress;
		this.#keeping = keeping;
		this.#damaged = damaged;
	}
}

/** Null where the browser refuses storage. */
export function deviceShelf(): Shelf | null {
	try {
		return localStorage;
	} catch {
		return null;
	}
}
