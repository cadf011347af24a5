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
