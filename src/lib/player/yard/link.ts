/** A document of the yard in the fragment of an address: `#yard=1.` and what `packed.ts` makes of it. */
import type { Checked } from '#lib/engine/client.ts';
import * as words from '#words/shared-link.ts';
import { pack, unpack } from '../packed.ts';
import { MAX_DOCUMENT, readDocument, writeDocument, type Document } from './documents.ts';

const KEY = 'yard=';
const VERSION = 1;

/** Whether a fragment, with or without its `#`, is meant for the yard. */
export const isLink = (fragment: string): boolean => fragment.replace(/^#/, '').startsWith(KEY);

/** The fragment for a document, without `#`; not ok: it is too large for a link. */
export async function packLink(document: Document): Promise<Checked<string>> {
	const packed = await pack(writeDocument(document));
	return packed.ok ? { ok: true, value: `${KEY}${VERSION}.${packed.value}` } : packed;
}

/** Reads a fragment, whoever wrote it. */
export async function readLink(fragment: string): Promise<Checked<Document>> {
	const no = (problem: string): Checked<Document> => ({ ok: false, problem });
	const unpacked = await unpack(fragment, KEY, VERSION, MAX_DOCUMENT);
	if (!unpacked.ok) return unpacked;
	const read = await readDocument(unpacked.value);
	return read.ok ? read : no(words.cannotUse(read.problem));
}
