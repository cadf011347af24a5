import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAddress, isAddress, parseAddress } from '#lib/wire/address.ts';

test.each([
	['0.0.0.0', 0],
	['192.0.2.1', 0xc0000201],
	['255.255.255.255', 0xffffffff]
])('%s', (text, address) => {
	expect(parseAddress(text)).toBe(address);
	expect(formatAddress(address)).toBe(text);
	expect(isAddress(text)).toBe(true);
});

test('every address survives being written and read', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 0xffffffff }), (address) => {
			expect(parseAddress(formatAddress(address))).toBe(address);
		})
	);
});

test.each([
	'',
	'1.2.3',
	'1.2.3.4.5',
	'256.0.0.1',
	'01.2.3.4',
	'1.2.3.4 ',
	'1.2.3.-4',
	'0x7f.0.0.1',
	'post',
	'1..2.3',
	'1e1.0.0.0'
])('%j is no address', (text) => {
	expect(isAddress(text)).toBe(false);
	expect(() => parseAddress(text)).toThrow(RangeError);
});
