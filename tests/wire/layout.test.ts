import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { defineHeader, reader, writer, type Given, type Values } from '#lib/wire/layout.ts';

const said = { label: 'X', filter: 'x', rfc: 'RFC 1', note: 'Why.' };

const SMALL = defineHeader('Small', [
	{ name: 'first', bits: 3, ...said },
	{
		...said,
		fields: [
			{ name: 'second', bits: 1, ...said },
			{ name: 'third', bits: 13, ...said }
		]
	},
	{ name: 'sum', bits: 7, fill: 'checksum', ...said }
]);

describe('defineHeader', () => {
	test('order is layout: offsets are the running sum', () => {
		expect(SMALL.fields.map((f) => [f.name, f.from])).toEqual([
			['first', 0],
			['second', 3],
			['third', 4],
			['sum', 17]
		]);
		expect(SMALL.octets).toBe(3);
	});

	test('a header ends on an octet', () => {
		expect(() => defineHeader('Odd', [{ name: 'a', bits: 7, ...said }])).toThrow('Odd: 7 bits');
	});

	test('a name comes once', () => {
		const twice = { name: 'a', bits: 8, ...said };
		expect(() => defineHeader('Twice', [twice, twice])).toThrow('two fields are called a');
	});

	test.each([0, -1, 33, 1.5, NaN])('a field of %s bits is refused', (bits) => {
		expect(() => defineHeader('Bad', [{ name: 'a', bits, ...said }])).toThrow(RangeError);
	});

	test('a field over five octets is refused', () => {
		const rows = [
			{ name: 'a', bits: 4, ...said },
			{ name: 'b', bits: 32, ...said },
			{ name: 'c', bits: 4, ...said }
		];
		expect(() => defineHeader('Wide', rows)).toThrow('five octets');
	});

	test('the types of values come from the table', () => {
		expectTypeOf<Values<typeof SMALL.rows>>().toEqualTypeOf<{
			readonly first: number;
			readonly second: number;
			readonly third: number;
			readonly sum: number;
		}>();
		expectTypeOf<{ first: number; second: number; third: number }>().toExtend<Given<typeof SMALL.rows>>();
		expectTypeOf<{ first: number; second: number }>().not.toExtend<Given<typeof SMALL.rows>>();
		expectTypeOf(SMALL.get).toHaveProperty('third');
	});

	test('a run reads and writes neighbours as one number', () => {
		const bytes = Uint8Array.of(0, 0, 0);
		const run = SMALL.run('second', 'third');
		run.set(bytes, 0, 0x2fff);
		expect(SMALL.decode(bytes)).toEqual({ first: 0, second: 1, third: 0x0fff, sum: 0 });
		expect(run.get(bytes, 0)).toBe(0x2fff);
	});
});

/** The slow, obvious way: bit by bit. */
function bitsAt(bytes: Uint8Array, from: number, bits: number): number {
	let value = 0;
	for (let i = from; i < from + bits; i++) value = value * 2 + ((bytes[i >> 3]! >> (7 - (i & 7))) & 1);
	return value;
}

describe('compiled accessors', () => {
	const places = fc
		.tuple(fc.nat(31), fc.integer({ min: 1, max: 32 }))
		.filter(([from, bits]) => ((from + bits - 1) >> 3) - (from >> 3) <= 3);

	test('read what the bits say, at every place and width', () => {
		fc.assert(
			fc.property(places, fc.uint8Array({ minLength: 9, maxLength: 9 }), ([from, bits], bytes) => {
				expect(reader(from, bits)(bytes, 0)).toBe(bitsAt(bytes, from, bits));
				expect(reader(from, bits)(bytes, 1)).toBe(bitsAt(bytes, from + 8, bits));
			})
		);
	});

	test('write their own bits and no others', () => {
		fc.assert(
			fc.property(
				places,
				fc.uint8Array({ minLength: 8, maxLength: 8 }),
				fc.nat(),
				([from, bits], bytes, raw) => {
					const value = raw % 2 ** bits;
					const before = bytes.slice();
					writer(from, bits)(bytes, 0, value);
					expect(bitsAt(bytes, from, bits)).toBe(value);
					expect(bitsAt(bytes, 0, from)).toBe(bitsAt(before, 0, from));
					const end = from + bits;
					expect(bitsAt(bytes, end, 64 - end)).toBe(bitsAt(before, end, 64 - end));
				}
			)
		);
	});

	test('a value too wide is cut to its low bits', () => {
		const bytes = Uint8Array.of(0, 0, 0);
		SMALL.set.third(bytes, 0, 0xffff);
		expect(SMALL.decode(bytes)).toEqual({ first: 0, second: 0, third: 0x1fff, sum: 0 });
	});
});
