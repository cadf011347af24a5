import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concatOctets, latin1ToOctets, octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';

test('latin1 is one character an octet, both ways', () => {
	fc.assert(
		fc.property(fc.uint8Array(), (octets) => {
			expect(latin1ToOctets(octetsToLatin1(octets))).toEqual(octets);
		})
	);
	expect(() => latin1ToOctets('ada\u2026')).toThrow(RangeError);
});

test('UTF-8 agrees with the platform, lone surrogates included', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(utf8ToOctets(text)).toEqual(new Uint8Array(Buffer.from(text, 'utf8')));
		})
	);
	expect(utf8ToOctets('\ud800x')).toEqual(new Uint8Array([0xef, 0xbf, 0xbd, 0x78]));
});

test('parts are joined in order', () => {
	expect(concatOctets([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)])).toEqual(
		Uint8Array.of(1, 2, 3)
	);
	expect(concatOctets([])).toEqual(new Uint8Array());
});
