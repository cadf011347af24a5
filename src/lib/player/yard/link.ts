/**
 * A document in the fragment of an address: `#yard=1.` and deflated JSON in base64url (RFC 1951, RFC 4648 §5). Laws: a
 * fragment never leaves the browser; what is read is bounded before and after it is inflated, and nothing in it can throw.
 */
import type { Checked } from '#lib/engine/client.ts';
import * as words from '#words/shared-link.ts';
import { MAX_DOCUMENT, readDocument, writeDocument, type Document } from './documents.ts';

/** Characters of a fragment: what the strictest of today's browsers and mail programs pass on whole. */
export const MAX_LINK = 60_000;

const KEY = 'yard=';
const VERSION = '1';

/** Whether a fragment, with or without its `#`, is meant for the yard. */
export const isLink = (fragment: string): boolean => fragment.replace(/^#/, '').startsWith(KEY);

/** The fragment for a document, without `#`; not ok: it is too large for a link. */
export async function packLink(document: Document): Promise<Checked<string>> {
	if (typeof CompressionStream === 'undefined') return { ok: false, problem: words.cannotMake };
	const octets = new TextEncoder().encode(writeDocument(document));
	const packed = await drained(
		new Blob([octets]).stream().pipeThrough(new CompressionStream('deflate-raw')),
		MAX_LINK
	);
	const fragment = packed && `${KEY}${VERSION}.${base64url(packed)}`;
	if (!fragment || fragment.length > MAX_LINK) return { ok: false, problem: words.tooMuch };
	return { ok: true, value: fragment };
}

/** Reads a fragment, whoever wrote it. */
export async function readLink(fragment: string): Promise<Checked<Document>> {
	const no = (problem: string): Checked<Document> => ({ ok: false, problem });
	if (fragment.length > MAX_LINK) return no(words.tooLong(MAX_LINK));
	const parts = /^#?yard=([0-9]{1,4})\.([A-Za-z0-9_-]*)$/.exec(fragment);
	const [, version, body] = parts ?? [];
	if (version === undefined || body === undefined) return no(words.damaged);
	if (Number(version) > Number(VERSION)) return no(words.newer);
	if (version !== VERSION) return no(words.damaged);
	if (typeof DecompressionStream === 'undefined') return no(words.cannotUnpack);
	const packed = octetsOf(body);
	if (!packed) return no(words.damaged);
	let text: string;
	try {
		const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
		const octets = await drained(stream, MAX_DOCUMENT);
		if (!octets) return no(words.unpacksToMore);
		text = new TextDecoder('utf-8', { fatal: true }).decode(octets);
	} catch {
		return no(words.damaged);
	}
	const read = await readDocument(text);
	return read.ok ? read : no(words.cannotUse(read.problem));
}

/** All octets of a stream; null: more than allowed, the rest is not even inflated. */
async function drained(
	stream: ReadableStream<Uint8Array>,
	most: number
): Promise<Uint8Array<ArrayBuffer> | null> {
	const reader = stream.getReader();
	const pieces: Uint8Array[] = [];
	let length = 0;
	for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
		length += piece.value.length;
		if (length > most) {
			await reader.cancel().catch(() => undefined);
			return null;
		}
		pieces.push(piece.value);
	}
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}

const CHUNK = 0x2000;
function base64url(octets: Uint8Array): string {
	let text = '';
	for (let at = 0; at < octets.length; at += CHUNK)
		text += String.fromCharCode(...octets.subarray(at, at + CHUNK));
	return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Null: no base64url has that length. */
function octetsOf(text: string): Uint8Array<ArrayBuffer> | null {
	if (text.length % 4 === 1) return null;
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (octet) => octet.charCodeAt(0));
}
