import { cardsValue, manyValue, orderValue, readCards, readMany, readOrder } from '#lib/levels/answers.ts';
import type { Form, Option } from '#lib/levels/level.ts';

/** Some of the wrong answers that a form lets one give. */
export function wrongAnswers(
	form: Form,
	right: string | number,
	choices: readonly Option[]
): (string | number)[] {
	const values = choices.map(({ value }) => value);
	switch (form.kind) {
		case 'choice':
			return values.filter((value) => value !== right);
		case 'many': {
			const chosen = readMany(right);
			return values.map((value) => {
				const other = new Set(chosen);
				if (!other.delete(value)) other.add(value);
				return manyValue(other, choices);
			});
		}
		case 'cards': {
			const placed = readCards(right);
			return values.flatMap((card) =>
				form.rooms
					.filter(({ value }) => value !== placed.get(card))
					.map(({ value }) => cardsValue(new Map([...placed, [card, value]]), choices))
			);
		}
		case 'order':
			return [orderValue([...readOrder(right)].reverse())];
		case 'number':
			return [Number(right) - 1, Number(right) + 1, 0];
		case 'field':
			return [`Sequence number of packet 3, ${right}`, 0];
		default:
			return ['something else', ''];
	}
}
