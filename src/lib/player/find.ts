/**
 * What is looked for in a list of packets, read from one line of typing: a number is a packet, a text in quotes and
 * pairs of hex digits are octets. Law: a text is found whatever the case of its ASCII letters, octets only as they are.
 */
import { fromLatin1 } from '#lib/wire/text.ts';
import * as words from '#words/find.ts';

/** Octets to be found. */
export interface Octets {
	readonly kind: 'octets';
	readonly octets: Uint8Array;
	readonly anyCase: boolean;
	/** As it is named: `"USER"`, `0d 0a`. */
	readonly said: string;
}
export type Wanted = { readonly kind: 'packet'; readonly packet: number } | Octets;

/** What is wanted, or what is wrong with the line. */
export type Read =
	{ readonly ok: true; readonly wanted: Wanted } | { readonly ok: false; readonly say: string };

const MOST = 200;

export function readWanted(line: string): Read {
	const text = line.trim();
	if (text.length > MOST) return { ok: false, say: words.tooLong(MOST) };
	if (/^\d{1,7}$/.test(text)) return { ok: true, wanted: { kind: 'packet', packet: Number(text) } };
	const quoted = /^"([^"]+)"?$/.exec(text)?.[1] ?? /^'([^']+)'?$/.exec(text)?.[1];
	if (quoted !== undefined) {
		if (/[^\x20-\x7e]/.test(quoted)) return { ok: false, say: words.onlyAscii };
		return {
			ok: true,
			wanted: { kind: 'octets', octets: fromLatin1(quoted), anyCase: true, said: `"${quoted}"` }
		};
	}
	const digits = text.replace(/^0x/i, '').replace(/[\s:]+/g, '');
	if (/^[\da-f]+$/i.test(digits)) {
		if (digits.length % 2 === 1) return { ok: false, say: words.pairs };
		const pairs = digits.toLowerCase().match(/../g) ?? [];
		const octets = Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
		return { ok: true, wanted: { kind: 'octets', octets, anyCase: false, said: pairs.join(' ') } };
	}
	return { ok: false, say: words.how };
}

const lower = (octet: number): number => (octet >= 65 && octet <= 90 ? octet + 32 : octet);

/** Where the octets begin in a packet; -1: nowhere. */
export function placeIn(bytes: Uint8Array, octets: Uint8Array, anyCase: boolean): number {
	const fold = anyCase ? lower : (octet: number) => octet;
	const first = fold(octets[0] ?? 0);
	for (let at = 0; at <= bytes.length - octets.length; at++) {
		if (fold(bytes[at]!) !== first) continue;
		let same = 1;
		while (same < octets.length && fold(bytes[at + same]!) === fold(octets[same]!)) same++;
		if (same >= octets.length) return at;
	}
	return -1;
}
