import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '#lib/capture/utf8.ts';

describe('UTF-8', () => {
	test('is what the platform writes and reads', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff })), (codes) => {
				const text = String.fromCodePoint(...codes);
				const bytes = new TextEncoder().encode(text);
				expect(encodeUtf8(text)).toEqual(bytes);
				expect(decodeUtf8(bytes)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
			})
		);
	});

	test('lone surrogates become U+FFFD', () => {
		expect(decodeUtf8(encodeUtf8('a\ud800b\udc00'))).toBe('a\ufffdb\ufffd');
	});

	test.each([
		['a lone continuation', [0x80]],
		['a missing continuation', [0xe2, 0x82]],
		['an overlong slash', [0xc0, 0xaf]],
		['a surrogate', [0xed, 0xa0, 0x80]],
		['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
		['an octet that never occurs', [0xff]]
	])('%s is read as U+FFFD and not as text', (_, octets) => {
		const text = decodeUtf8(Uint8Array.from([...octets, 0x41]));
		expect(text).toMatch(/^\ufffd+A$/);
	});

	test('any octets are read without an exception', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
				expect(typeof decodeUtf8(bytes)).toBe('string');
			})
		);
	});
});
