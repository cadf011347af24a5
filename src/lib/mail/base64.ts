/** Base64 as mail carries it: RFC 2045 §6.8, in lines of at most 76 characters. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64Lines(octets: Uint8Array): string[] {
	let text = '';
	for (let i = 0; i < octets.length; i += 3) {
		const group = ((octets[i] ?? 0) << 16) | ((octets[i + 1] ?? 0) << 8) | (octets[i + 2] ?? 0);
		const held = Math.min(3, octets.length - i);
		for (let digit = 0; digit < 4; digit++) {
			text += digit <= held ? ALPHABET.charAt((group >> (18 - 6 * digit)) & 63) : '=';
		}
	}
	return text.match(/.{1,76}/g) ?? [];
}

/** The octets as one line, as SASL carries them (RFC 5034 §4). */
export function encodeBase64(octets: Uint8Array): string {
	return base64Lines(octets).join('');
}

/**
 * Strictly RFC 4648 §4: no other characters, padding complete, unused bits zero. Null where the text is not that; each
 * text that is taken is the one that `encodeBase64` gives.
 */
export function decodeBase64(text: string): Uint8Array | null {
	if (text.length % 4 !== 0) return null;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const octets = new Uint8Array((text.length / 4) * 3 - padding);
	for (let i = 0, at = 0; i < text.length; i += 4) {
		let group = 0;
		for (let digit = 0; digit < 4; digit++) {
			const padded = i + digit >= text.length - padding;
			const value = padded ? 0 : ALPHABET.indexOf(text.charAt(i + digit));
			if (value < 0) return null;
			group = (group << 6) | value;
		}
		const held = Math.min(3, octets.length - at);
		if ((group & ((1 << (8 * (3 - held))) - 1)) !== 0) return null;
		for (let octet = 0; octet < held; octet++) octets[at++] = (group >> (16 - 8 * octet)) & 0xff;
	}
	return octets;
}
