/** Answers that have parts: written one way, read back, and shown by their labels. */
import { describe, expect, it } from 'vitest';
import {
	answerText,
	cardsValue,
	choicesOf,
	hexValue,
	manyValue,
	orderValue,
	readCards,
	readMany,
	readOrder
} from '#lib/levels/answers.ts';
import type { Form, Option } from '#lib/levels/level.ts';

const LETTERS: readonly Option[] = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }));
const ROOMS: readonly Option[] = [
	{ value: 'in', label: 'Inside' },
	{ value: 'out', label: 'Outside' }
];

describe('several of some', () => {
	it('are written in the order in which they are offered, whatever the order of choosing', () => {
		expect(manyValue(new Set(['c', 'a']), LETTERS)).toBe('a, c');
		expect(manyValue(new Set(), LETTERS)).toBe('none');
	});
	it('are read back', () => {
		for (const chosen of [[], ['b'], ['a', 'b', 'c']])
			expect([...readMany(manyValue(new Set(chosen), LETTERS))]).toEqual(chosen);
	});
	it('ignore what is not offered', () => {
		expect(manyValue(new Set(['x', 'b']), LETTERS)).toBe('b');
	});
});

describe('cards in rooms', () => {
	it('are written in the order of the cards and read back', () => {
		const placed = new Map([
			['c', 'in'],
			['a', 'out']
		]);
		const value = cardsValue(placed, LETTERS);
		expect(value).toBe('a=out, c=in');
		expect([...readCards(value)]).toEqual([
			['a', 'out'],
			['c', 'in']
		]);
		expect([...readCards(cardsValue(new Map(), LETTERS))]).toEqual([]);
	});
});

describe('in words', () => {
	const form = (kind: 'choice' | 'many'): Form => ({ kind, options: () => LETTERS });
	it('parts have their labels', () => {
		const choices = choicesOf(form('many'), []);
		expect(choices).toEqual(LETTERS);
		expect(answerText(form('choice'), 'b', choices)).toBe('B');
		expect(answerText(form('choice'), 'x', choices)).toBe('x');
		expect(answerText(form('many'), 'a, c', choices)).toBe('A, C');
		expect(answerText(form('many'), 'none', choices)).toBe('none');
		const cards: Form = { kind: 'cards', cards: LETTERS, rooms: ROOMS };
		expect(answerText(cards, 'a=in, b=in', choices)).toBe('Inside: A, B; Outside: none');
		const order: Form = { kind: 'order', items: LETTERS };
		expect(answerText(order, orderValue(['c', 'a', 'b']), choicesOf(order, []))).toBe('C → A → B');
		expect(readOrder('c, a')).toEqual(['c', 'a']);
	});
	it('what is typed or pointed at is itself', () => {
		expect(answerText({ kind: 'number', label: 'n' }, 5001, [])).toBe('5001');
		expect(choicesOf({ kind: 'text', label: 'n' }, [])).toEqual([]);
		expect(hexValue(Uint8Array.of(13, 10, 46))).toBe('0d 0a 2e');
	});
});
