/**
 * Octets and text. In this program text that stands for octets is latin1: one character, one octet, value for
 * value. These helpers exist so that no simulator room depends on what the platform offers.
 */

/** One octet a character. @throws RangeError on a character above U+00FF, which is no octet. */
export function latin1ToOctets(text: string): Uint8Array {
	const octets = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code > 0xff) throw new RangeError(`character ${i} is not one octet`);
		octets[i] = code;
	}
	return octets;
}

/** One character an octet. */
export function octetsToLatin1(octets: Uint8Array): string {
	let text = '';
	for (let i = 0; i < octets.length; i++) text += String.fromCharCode(octets[i] ?? 0);
	return text;
}

/** What a present-day terminal sends for typed text: UTF-8 (RFC 3629). A lone surrogate becomes U+FFFD. */
export function utf8ToOctets(text: string): Uint8Array {
	const octets: number[] = [];
	for (const character of text) {
		const point = character.codePointAt(0) ?? 0;
		const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
		if (code < 0x80) octets.push(code);
		else if (code < 0x800) octets.push(0xc0 | (code >> 6), continuation(code));
		else if (code < 0x10000) octets.push(0xe0 | (code >> 12), continuation(code >> 6), continuation(code));
		else
			octets.push(0xf0 | (code >> 18), continuation(code >> 12), continuation(code >> 6), continuation(code));
	}
	return Uint8Array.from(octets);
}

function continuation(bits: number): number {
	return 0x80 | (bits & 0x3f);
}

/** Latin1 text whose octets are UTF-8, as the text they spell; as it is where they are not UTF-8 (RFC 3629 §4). */
export function decodeUtf8(latin1: string): string {
	if (!/[\x80-\xff]/.test(latin1)) return latin1;
	let text = '';
	for (let i = 0; i < latin1.length;) {
		const first = latin1.charCodeAt(i);
		const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
		let point = first < 0x80 ? first : first & (0x3f >> more);
		for (let k = 1; k <= more; k++) {
			const octet = latin1.charCodeAt(i + k);
			if ((octet & 0xc0) !== 0x80) return latin1;
			point = (point << 6) | (octet & 0x3f);
		}
		if (point > 0x10ffff) return latin1;
		text += String.fromCodePoint(point);
		i += more + 1;
	}
	return octetsToLatin1(utf8ToOctets(text)) === latin1 ? text : latin1;
}

export function concatOctets(parts: readonly Uint8Array[]): Uint8Array {
	let length = 0;
	for (const part of parts) length += part.length;
	const all = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
