/**
 * UTF-8, which the names and comments of a pcapng file are written in. Written out here because the simulator's rooms
 * use nothing of the platform. Lone surrogates are written, and wrong octets are read, as U+FFFD.
 */

const REPLACEMENT = 0xfffd;

export function encodeUtf8(text: string): Uint8Array {
	const out: number[] = [];
	for (const character of text) {
		let code = character.codePointAt(0)!;
		if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT;
		if (code < 0x80) out.push(code);
		else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
		else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
		else {
			out.push(
				0xf0 | (code >> 18),
				0x80 | ((code >> 12) & 63),
				0x80 | ((code >> 6) & 63),
				0x80 | (code & 63)
			);
		}
	}
	return Uint8Array.from(out);
}

/** How many octets follow a leading octet, the bits it holds, and the smallest number so written. */
function lead(octet: number): { more: number; bits: number; least: number } | null {
	if (octet < 0x80) return { more: 0, bits: octet, least: 0 };
	if (octet >> 5 === 0b110) return { more: 1, bits: octet & 31, least: 0x80 };
	if (octet >> 4 === 0b1110) return { more: 2, bits: octet & 15, least: 0x800 };
	if (octet >> 3 === 0b11110) return { more: 3, bits: octet & 7, least: 0x10000 };
	return null;
}

export function decodeUtf8(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length;) {
		const start = lead(bytes[i]!);
		i++;
		let code = start ? start.bits : REPLACEMENT;
		let more = start ? start.more : 0;
		while (more > 0 && i < bytes.length && bytes[i]! >> 6 === 0b10) {
			code = (code << 6) | (bytes[i]! & 63);
			i++;
			more--;
		}
		const surrogate = code >= 0xd800 && code <= 0xdfff;
		const bad = more > 0 || surrogate || code > 0x10ffff || code < (start?.least ?? 0);
		text += String.fromCodePoint(bad ? REPLACEMENT : code);
	}
	return text;
}
