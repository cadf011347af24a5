/**
 * Scenes kept on this device: a list of documents under one key. Laws: every touch of the storage may throw and none of that
 * reaches the caller; what cannot be kept is said; what is read is judged again.
 */
import * as words from '#words/yard-documents.ts';
import type { Shelf } from '../progress-slots.ts';
import { writeDocument, type Document } from './documents.ts';

export const LIST_KEY = 'interactive-pop3.yard.list';

const MOST = 50;

export interface Kept {
	readonly name: string;
	/** The document's text, not judged yet. */
	readonly text: string;
}

/** What is kept, the newest first; what is damaged is left out. */
export function keptScenes(shelf: Shelf | null): readonly Kept[] {
	try {
		const list: unknown = JSON.parse(shelf?.getItem(LIST_KEY) ?? '[]');
		if (!Array.isArray(list)) return [];
		return list.flatMap((item: unknown): Kept[] => {
			if (typeof item !== 'object' || item === null || !('name' in item) || !('text' in item)) return [];
			const { name, text } = item;
			return typeof name === 'string' && typeof text === 'string' ? [{ name, text }] : [];
		});
	} catch {
		return [];
	}
}

function write(shelf: Shelf | null, list: readonly Kept[]): string | null {
	try {
		if (!shelf) return words.storageFull;
		const text = JSON.stringify(list);
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
	const others = keptScenes(shelf).filter((kept) => kept.name !== name);
	if (others.length >= MOST) return words.tooManyScenes(MOST);
	return write(shelf, [{ name, text: writeDocument(document) }, ...others]);
}

/** Null: done, else why not. */
export function dropScene(shelf: Shelf | null, name: string): string | null {
	return write(
		shelf,
		keptScenes(shelf).filter((kept) => kept.name !== name)
	);
}
