/** Numbers and octets as people write them. Pure formatting, shared by the tables and the dissector. */

/** `0x1c46`: hexadecimal with at least `digits` digits. */
export function hex(value: number, digits: number): string {
	return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** `0x1c46 (7238)`. */
export function hexAndDecimal(value: number, digits: number): string {
	return `${hex(value, digits)} (${value})`;
}

/** `1 octet`, `2 octets`. */
export function count(n: number, thing: string): string {
	return `${n} ${thing}${n === 1 ? '' : 's'}`;
}

export function flag(value: number): string {
	return value === 1 ? 'set' : 'not set';
}

/** The octets `[from, to)` as hexadecimal pairs, at most `most` of them. */
export function octets(bytes: Uint8Array, from: number, to: number, most = 16): string {
	const pairs: string[] = [];
	for (let i = from; i < Math.min(to, from + most); i++) pairs.push(bytes[i]!.toString(16).padStart(2, '0'));
	return pairs.join(' ') + (to - from > most ? ' …' : '');
}

/** The octets `[from, to)` as text, one character an octet (ISO 8859-1), so that nothing is lost. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
	let text = '';
	for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]!);
	return text;
}

/** The octets of `text`. Throws a RangeError on a character above U+00FF, which no octet holds. */
export function fromLatin1(text: string): Uint8Array {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code > 0xff) throw new RangeError(`U+${code.toString(16).padStart(4, '0')} is not an octet`);
		bytes[i] = code;
	}
	return bytes;
}
