import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '#lib/mail/base64.ts';
import { latin1ToOctets } from '#lib/mail/octets.ts';

describe('the vectors of RFC 4648 §10', () => {
	test.each([
		['', ''],
		['f', 'Zg=='],
		['fo', 'Zm8='],
		['foo', 'Zm9v'],
		['foob', 'Zm9vYg=='],
		['fooba', 'Zm9vYmE='],
		['foobar', 'Zm9vYmFy']
	])('%j', (plain, text) => {
		expect(encodeBase64(latin1ToOctets(plain))).toBe(text);
		expect(decodeBase64(text)).toEqual(latin1ToOctets(plain));
	});
});

test.each([
	'Zg',
	'Zg=',
	'Zg===',
	'Z===',
	'====',
	'=',
	'Zh==',
	'Zm9=',
	'Zm 9',
	'Zm9v\n',
	'Zm9v====',
	'Z=9v',
	'Zm9ü'
])('%j is refused', (text) => {
	expect(decodeBase64(text)).toBeNull();
});

test('octets come back as they went, and what is taken is what would have been sent', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
			expect(decodeBase64(encodeBase64(octets))).toEqual(octets);
		})
	);
	fc.assert(
		fc.property(fc.base64String({ maxLength: 40 }), (text) => {
			const octets = decodeBase64(text);
			if (octets) expect(encodeBase64(octets)).toBe(text);
		})
	);
});
