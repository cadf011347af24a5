/** Neither the place of an option nor the order in which things are offered tells what is right. */
import { describe, expect, it } from 'vitest';
import { choicesOf } from '#lib/levels/answers.ts';
import type { Level } from '#lib/levels/level.ts';
import { questionStatuses } from '#lib/levels/questions.ts';
import { ALL_LEVELS } from './all.ts';
import { play } from './play.ts';

interface Offer {
	readonly level: Level;
	readonly id: string;
	readonly kind: string;
	readonly right: string;
	/** Values as the level lists them. */
	readonly listed: readonly string[];
	/** Values as offered when the question is put, and at the end of the run. */
	readonly first: readonly string[];
	readonly last: readonly string[];
}
const values = (choices: readonly { readonly value: string }[]) => choices.map(({ value }) => value);
const offers: readonly Offer[] = ALL_LEVELS.flatMap((level) => {
	const before = questionStatuses(level, play(level, []).log);
	const { log } = play(level, level.showMe);
	return questionStatuses(level, log).map((status, i) => ({
		level,
		listed: values(choicesOf(status.question.form, log)),
		id: `${level.slug} ${status.question.id}`,
		kind: status.question.form.kind,
		right: String(status.right),
		first: values(before[i]?.choices ?? []),
		last: values(status.choices)
	}));
});
const ofKind = (kind: string) => offers.filter((offer) => offer.kind === kind);

describe('a choice', () => {
	const choices = ofKind('choice');

	it('has its right option at every place, and first in no more of them than chance would have it', () => {
		const places = choices.map(({ right, last }) => last.indexOf(right));
		expect(places.length).toBeGreaterThan(7);
		expect(places).not.toContain(-1);
		expect(new Set(places)).toEqual(new Set([0, 1, 2]));
		for (const place of [0, 1, 2])
			expect(places.filter((one) => one === place).length, `place ${place}`).toBeLessThanOrEqual(
				Math.ceil(places.length / 2)
			);
	});

	it('offers what the level has, in the same order as long as the run goes on', () => {
		for (const { id, listed, first, last } of choices) {
			expect(last.toSorted(), id).toEqual(listed.toSorted());
			expect(last, id).toEqual(first);
		}
	});

	it('is drawn from the seed of the level', () => {
		const [offer] = choices.filter(({ last }) => last.length === 3);
		if (!offer) throw new Error('no choice of three');
		const orders = Array.from({ length: 40 }, (_, seed) => {
			const level = { ...offer.level, seed };
			const status = questionStatuses(level, []).find(({ question }) => offer.id.endsWith(` ${question.id}`));
			return values(status?.choices ?? []).join();
		});
		expect(new Set(orders).size).toBe(6);
	});
});

it('what is to be put in order is not offered in the right one', () => {
	for (const { id, right, first } of ofKind('order')) expect(first.join(', '), id).not.toBe(right);
	expect(ofKind('order').length).toBeGreaterThan(0);
});

it('what has an order of its own keeps it, and the cards are not sorted by room', () => {
	for (const { id, last, listed } of [...ofKind('many'), ...ofKind('cards')])
		expect(last, id).toEqual(listed);
	for (const { id, right } of ofKind('cards')) {
		const rooms = right.split(', ').map((pair) => pair.split('=')[1]);
		expect(rooms, id).not.toEqual(rooms.toSorted());
	}
});
