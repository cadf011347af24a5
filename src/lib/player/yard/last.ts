/**
 * The document that was last on the yard's stage, kept on this device. Laws: it is written in the turn that puts it on the
 * stage, so a reload right after cannot lose it, and this module loads nothing that writing does not need; every touch of the
 * storage may throw and none of that reaches the caller; what is read is judged again.
 */
import type { Checked } from '#lib/engine/client.ts';
import type { Shelf } from '../progress-slots.ts';
import type { Document } from './documents.ts';

const LAST_KEY = 'interactive-pop3.yard.last';

/** What the yard opens with next time; a storage that refuses costs only that. */
export function keepLast(shelf: Shelf | null, document: Document): void {
	try {
		shelf?.setItem(LAST_KEY, JSON.stringify(document));
	} catch {
		// full or refused: the next visit begins with the clean scene
	}
}

/** What was kept, or why it cannot be used; null: nothing was. */
export async function lastDocument(shelf: Shelf | null): Promise<Checked<Document> | null> {
	try {
		const text = shelf?.getItem(LAST_KEY) ?? null;
		if (text === null) return null;
		const { readDocument } = await import('./documents.ts');
		const read = await readDocument(text);
		if (read.ok) return read;
		// the next scene takes its place: it goes where it can be taken away
		const { keepUnread } = await import('./shelf.ts');
		return keepUnread(shelf, text) ? read : null;
	} catch {
		return null;
	}
}
