/**
 * The document that was last on the yard's stage, kept on this device. Laws: it is written in the turn that puts it on the
 * stage, so a reload right after cannot lose it, and this module loads nothing that writing does not need; every touch of the
 * storage may throw and none of that reaches the caller; what is read is judged again.
 */
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

/** Null: nothing was kept, or nothing that can be used. */
export async function lastDocument(shelf: Shelf | null): Promise<Document | null> {
	try {
		const text = shelf?.getItem(LAST_KEY) ?? null;
		if (text === null) return null;
		const { readDocument } = await import('./documents.ts');
		const read = await readDocument(text);
		return read.ok ? read.value : null;
	} catch {
		return null;
	}
}
