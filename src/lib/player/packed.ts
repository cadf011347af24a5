/**
 * Text in the fragment of an address: `key=1.` and the text deflated, in base64url (RFC 1951, RFC 4648 §5). Laws: a
 * fragment never leaves the browser; what is read is bounded before and after it is inflated, and nothing in it can throw.
 */
import type { Checked } from '#lib/engine/client.ts';
import * as words from '#words/shared-link.ts';

/** Characters of a fragment: what the strictest of today's browsers and mail programs pass on whole. */
export const MAX_LINK = 60_000;
/** Of which so many are not the text. */
const AROUND = 32;

const no = (problem: string): Checked<string> => ({ ok: false, problem });

/** What follows the version; not ok: it is too large for a link. */
export async function pack(text: string): Promise<Checked<string>> {
	if (typeof CompressionStream === 'undefined') return no(words.cannotMake);
	const packed = await drained(
		new Blob([new TextEncoder().encode(text)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
		MAX_LINK
	);
	const body = packed && base64url(packed);
	return !body || body.length > MAX_LINK - AROUND ? no(words.tooMuch) : { ok: true, value: body };
}

/** Reads a fragment, with or without its `#`, whoever wrote it; `most`: characters of the text. */
export async function unpack(
	fragment: string,
	key: string,
	newest: number,
	most: number
): Promise<Checked<string>> {
	if (fragment.length > MAX_LINK) return no(words.tooLong(MAX_LINK));
	const bare = fragment.replace(/^#/, '');
	const parts = /^([0-9]{1,4})\.([A-Za-z0-9_-]*)$/.exec(bare.startsWith(key) ? bare.slice(key.length) : '');
	const [, version, body] = parts ?? [];
	if (version === undefined || body === undefined) return no(words.damaged);
	if (Number(version) > newest) return no(words.newer);
	if (Number(version) < 1) return no(words.damaged);
	if (typeof DecompressionStream === 'undefined') return no(words.cannotUnpack);
	const packed = octetsOf(body);
	if (!packed) return no(words.damaged);
	try {
		const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
		const octets = await drained(stream, most);
		if (!octets) return no(words.unpacksToMore);
		return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(octets) };
	} catch {
		return no(words.damaged);
	}
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
