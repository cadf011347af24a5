import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acknowledges, add, between, diff, gt, gte, inWindow, lt, lte, max, min } from '#lib/wire/seq.ts';

const LAST = 0xffffffff;
const seq = fc.integer({ min: 0, max: LAST });
const step = fc.integer({ min: 1, max: 2 ** 31 - 1 });

describe('sequence numbers (RFC 9293 §3.4)', () => {
	test('wrap at 2^32', () => {
		expect(add(LAST, 1)).toBe(0);
		expect(add(0, -1)).toBe(LAST);
		expect(diff(0, LAST)).toBe(1);
		expect(diff(LAST, 0)).toBe(-1);
	});

	test('what comes after is greater, across the wrap too', () => {
		fc.assert(
			fc.property(seq, step, (a, n) => {
				const b = add(a, n);
				expect(diff(b, a)).toBe(n);
				expect([lt(a, b), lte(a, b), gt(a, b), gte(a, b)]).toEqual([true, true, false, false]);
				expect([lt(b, a), lte(b, a), gt(b, a), gte(b, a)]).toEqual([false, false, true, true]);
				expect([max(a, b), min(a, b)]).toEqual([b, a]);
			})
		);
	});

	test('a number is neither before nor after itself', () => {
		expect([lt(LAST, LAST), gt(LAST, LAST), lte(LAST, LAST), gte(LAST, LAST)]).toEqual([
			false,
			false,
			true,
			true
		]);
	});

	test.each([
		[10, 10, 20, true],
		[10, 19, 20, true],
		[10, 20, 20, false],
		[10, 9, 20, false],
		[10, 10, 10, false],
		[LAST - 1, 3, 5, true],
		[LAST - 1, LAST, 5, true],
		[LAST - 1, 5, 5, false],
		[LAST - 1, LAST - 2, 5, false]
	])('between(%i, %i, %i) is %s', (low, x, high, expected) => {
		expect(between(low, x, high)).toBe(expected);
	});

	test.each([
		[100, 100, 1, true],
		[100, 100, 0, false],
		[100, 101, 1, false],
		[100, 99, 50, false],
		[LAST, 0, 2, true],
		[LAST, 1, 2, false]
	])('inWindow(%i, %i, %i) is %s', (left, x, size, expected) => {
		expect(inWindow(left, x, size)).toBe(expected);
	});

	test.each([
		[10, 10, 20, false],
		[10, 11, 20, true],
		[10, 20, 20, true],
		[10, 21, 20, false],
		[LAST, 0, 1, true],
		[LAST, LAST, 1, false],
		[7, 7, 7, false]
	])('acknowledges(%i, %i, %i) is %s', (low, x, high, expected) => {
		expect(acknowledges(low, x, high)).toBe(expected);
	});
});
