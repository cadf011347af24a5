/**
 * Answers that have parts, written as text and read back. Law: one way of writing each, so that two answers are the
 * same exactly when their texts are; an answer names parts by their values and shows them by their labels.
 */
import type { Answer } from '#lib/sim/event.ts';
import type { Form, Option, Options } from './level.ts';
import type { Log } from './goals.ts';

const BETWEEN = ', ';
/** What stands for "none of them". */
const NONE = 'none';

/** The options as they are at this point of the run. */
export const optionsAt = (options: Options, log: Log): readonly Option[] =>
	typeof options === 'function' ? options(log) : options;

/** What there is to choose from, to sort or to order; empty for typed and selected answers. */
export function choicesOf(form: Form, log: Log): readonly Option[] {
	switch (form.kind) {
		case 'choice':
		case 'many':
			return optionsAt(form.options, log);
		case 'cards':
			return optionsAt(form.cards, log);
		case 'order':
			return optionsAt(form.items, log);
		default:
			return [];
	}
}

/** The chosen ones, in the order in which they are offered. */
export function manyValue(chosen: ReadonlySet<string>, options: readonly Option[]): string {
	const values = options.map(({ value }) => value).filter((value) => chosen.has(value));
	return values.length ? values.join(BETWEEN) : NONE;
}

export function readMany(value: Answer): ReadonlySet<string> {
	return new Set(value === NONE ? [] : String(value).split(BETWEEN));
}

/** Where each card lies, in the order of the cards; those that lie nowhere are left out. */
export function cardsValue(rooms: ReadonlyMap<string, string>, cards: readonly Option[]): string {
	const placed = cards.flatMap(({ value }) => {
		const room = rooms.get(value);
		return room === undefined ? [] : [`${value}=${room}`];
	});
	return placed.length ? placed.join(BETWEEN) : NONE;
}

export function readCards(value: Answer): ReadonlyMap<string, string> {
	return new Map(
		[...readMany(value)].map((pair): [string, string] => {
			const at = pair.lastIndexOf('=');
			return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
		})
	);
}

export const orderValue = (values: readonly string[]): string => values.join(BETWEEN);
export const readOrder = (value: Answer): readonly string[] => String(value).split(BETWEEN);

/** `0d 0a` */
export const hexValue = (octets: Uint8Array): string =>
	Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join(' ');

/** An answer in words, parts by their labels. */
export function answerText(form: Form, value: Answer, choices: readonly Option[]): string {
	const labelOf = (one: string) => choices.find((option) => option.value === one)?.label ?? one;
	switch (form.kind) {
		case 'choice':
			return labelOf(String(value));
		case 'many':
			return [...readMany(value)].map(labelOf).join(BETWEEN) || NONE;
		case 'order':
			return readOrder(value).map(labelOf).join(' → ');
		case 'cards': {
			const placed = readCards(value);
			return form.rooms
				.map(({ value: room, label }) => {
					const cards = [...placed].filter(([, where]) => where === room).map(([card]) => labelOf(card));
					return `${label}: ${cards.join(BETWEEN) || NONE}`;
				})
				.join('; ');
		}
		default:
			return String(value);
	}
}
