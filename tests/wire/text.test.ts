import { expect, test } from 'vitest';
import { count, fromLatin1, hex, latin1, octets } from '#lib/wire/text.ts';

test('all 256 octets survive as text', () => {
	const all = Uint8Array.from({ length: 256 }, (_, i) => i);
	expect(fromLatin1(latin1(all))).toEqual(all);
});

test('a character that is no octet is refused', () => {
	expect(() => fromLatin1('10 €')).toThrow('U+20ac is not an octet');
});

test('numbers as people write them', () => {
	expect(hex(0x1c, 4)).toBe('0x001c');
	expect(count(1, 'octet')).toBe('1 octet');
	expect(count(0, 'octet')).toBe('0 octets');
});

test('long runs of octets are cut', () => {
	expect(octets(Uint8Array.of(1, 0xab, 3), 1, 3)).toBe('ab 03');
	expect(octets(new Uint8Array(5), 0, 5, 2)).toBe('00 00 …');
});
