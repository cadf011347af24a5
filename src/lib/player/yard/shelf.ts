/**
 * Scenes kept on this device: a list of documents under one key. Laws: every touch of the storage may throw and none of that
 * reaches the caller; what cannot be kept is said; a list that is damaged is never written over before its text is kept
 * elsewhere; what is read is judged again.
 */
import * as words from '#words/yard-documents.ts';
import type { Shelf } from '../progress-slots.ts';
import { writeDocument, type Document } from './documents.ts';

export const LIST_KEY = 'interactive-pop3.yard.list';
/** Where a damaged list is put aside before another takes its place. */
const ASIDE_KEY = 'interactive-pop3.yard.list.damaged';

const MOST = 50;

export interface Kept {
	readonly name: string;
	/** The document's text, not judged yet. */
	readonly text: string;
}

interface Look {
	readonly scenes: readonly Kept[];
	/** The list's text, where not all of it could be read. */
	readonly damaged: string | null;
}

/** @throws whatever the storage throws */
function look(shelf: Shelf | null): Look {
	const text = shelf?.getItem(LIST_KEY) ?? '[]';
	let list: unknown;
	try {
		list = JSON.parse(text);
	} catch {
		return { scenes: [], damaged: text };
	}
	if (!Array.isArray(list)) return { scenes: [], damaged: text };
	const scenes = new Map<string, Kept>();
	let lost = false;
	for (const item of list as readonly unknown[]) {
		const kept = keptOf(item);
		if (kept && !scenes.has(kept.name)) scenes.set(kept.name, kept);
		else lost = true;
	}
	return { scenes: [...scenes.values()], damaged: lost ? text : null };
}

function keptOf(item: unknown): Kept | null {
	if (typeof item !== 'object' || item === null || !('name' in item) || !('text' in item)) return null;
	const { name, text } = item;
	return typeof name === 'string' && typeof text === 'string' ? { name, text } : null;
}

/** What is kept, the newest first; what is damaged is left out. */
export function keptScenes(shelf: Shelf | null): readonly Kept[] {
	try {
		return look(shelf).scenes;
	} catch {
		return [];
	}
}

/** Lists that could not be read whole, for the person to take away. */
export function damagedScenes(shelf: Shelf | null): readonly string[] {
	try {
		const texts = [shelf?.getItem(ASIDE_KEY) ?? null, look(shelf).damaged];
		return [...new Set(texts.filter((text) => text !== null))];
	} catch {
		return [];
	}
}

/** After the person has them, or does not want them; what could be read stays. */
export function discardDamagedScenes(shelf: Shelf | null): void {
	try {
		const { scenes, damaged } = look(shelf);
		if (damaged !== null) shelf?.setItem(LIST_KEY, JSON.stringify(scenes));
		shelf?.removeItem(ASIDE_KEY);
	} catch {
		// what cannot be removed stays and is offered again
	}
}

/** Puts `change` of the list in its place; null: done, else why not. */
function write(shelf: Shelf | null, change: (scenes: readonly Kept[]) => readonly Kept[]): string | null {
	try {
		if (!shelf) return words.storageFull;
		const { scenes, damaged } = look(shelf);
		if (damaged !== null) {
			if (shelf.getItem(ASIDE_KEY) === null) shelf.setItem(ASIDE_KEY, damaged);
			if (shelf.getItem(ASIDE_KEY) !== damaged) return words.damagedBefore;
		}
		const text = JSON.stringify(change(scenes));
		shelf.setItem(LIST_KEY, text);
		return shelf.getItem(LIST_KEY) === text ? null : words.storageFull;
	} catch {
		return words.storageFull;
	}
}

export const nameOf = (document: Document): string =>
	document.kind === 'scene' ? document.scene.name : document.level.title;

/** Keeps it in the place of one of that name, if there is one; null: done, else why not. */
export function keepScene(shelf: Shelf | null, document: Document): string | null {
	const name = nameOf(document);
	const without = (scenes: readonly Kept[]) => scenes.filter((kept) => kept.name !== name);
	if (without(keptScenes(shelf)).length >= MOST) return words.tooManyScenes(MOST);
	return write(shelf, (scenes) => [{ name, text: writeDocument(document) }, ...without(scenes)]);
}

/** Null: done, else why not. */
export function dropScene(shelf: Shelf | null, name: string): string | null {
	return write(shelf, (scenes) => scenes.filter((kept) => kept.name !== name));
}

/** Keeps a text that is no document of this edition, under a name of its own; false: it was there, or has no place. */
export function keepUnread(shelf: Shelf | null, text: string): boolean {
	const name = words.unread;
	if (keptScenes(shelf).some((kept) => kept.name === name && kept.text === text)) return false;
	return write(shelf, (scenes) => [{ name, text }, ...scenes.filter((kept) => kept.name !== name)]) === null;
}
