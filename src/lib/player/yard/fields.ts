/**
 * What can be set in a scene, as fields of a form: a label, a unit, a range, what it reads now, and what becomes of the scene
 * when something else is typed. Law: a value out of range is never put into the scene; the field says what it wants.
 */
import type { Scene } from '#lib/levels/scene.ts';
import * as words from '#words/yard-fields.ts';

export type Set = { readonly ok: true; readonly scene: Scene } | { readonly ok: false; readonly say: string };

export interface Choice {
	readonly value: string;
	readonly label: string;
}

export interface Field {
	/** Unique in its form. */
	readonly id: string;
	readonly label: string;
	readonly kind: 'number' | 'text' | 'long' | 'switch' | 'choice' | 'many';
	/** After the value: `ms`, `octets`. */
	readonly unit?: string;
	/** `0 to 65,535`; what an empty box means. */
	readonly range?: string;
	readonly choices?: readonly Choice[];
	/** What it is now; of `switch` `yes` or `no`, of `many` the chosen values with spaces between. */
	readonly value: string;
	readonly set: (scene: Scene, text: string) => Set;
}

/** Fields under one heading; a folded one opens on demand. */
export interface Section {
	readonly title: string;
	readonly folded?: boolean;
	readonly fields: readonly Field[];
}

export const done = (scene: Scene): Set => ({ ok: true, scene });
export const wrong = (say: string): Set => ({ ok: false, say });

/** As it is typed: no separators, no rounding that shows. */
const plain = (n: number): string => String(Number(n.toPrecision(12)));

interface Numbers {
	readonly id: string;
	readonly label: string;
	readonly unit?: string;
	/** In the shown unit. */
	readonly range: readonly [low: number, high: number];
	/** One shown unit in the scene's units: 1000 for ms in µs, 0.01 for %. Default 1. */
	readonly scale?: number;
	/** What an empty box means; absent: it may not be empty. */
	readonly empty?: string;
	/** Not only whole numbers are shown. */
	readonly broken?: boolean;
	readonly now: number | null | undefined;
	readonly put: (scene: Scene, value: number | null) => Scene;
}

export function number({
	id,
	label,
	unit,
	range,
	scale = 1,
	empty,
	broken = scale !== 1,
	now,
	put
}: Numbers): Field {
	const [low, high] = range;
	const says = words.range(low, high, empty);
	return {
		id,
		label,
		kind: 'number',
		...(unit !== undefined && { unit }),
		range: says,
		value: now === null || now === undefined ? '' : plain(now / scale),
		set(scene, text) {
			const trimmed = text.trim().replace(',', '.');
			if (trimmed === '') return empty === undefined ? wrong(words.aNumber(says)) : done(put(scene, null));
			const value = Number(trimmed);
			if (!/^-?[0-9]*\.?[0-9]+$/.test(trimmed) || (!broken && !Number.isInteger(value)))
				return wrong(broken ? words.aNumber(says) : words.aWholeNumber(says));
			if (value < low || value > high) return wrong(words.from(says));
			const stored = value * scale;
			return done(put(scene, scale >= 1 ? Math.round(stored) : Number(stored.toPrecision(12))));
		}
	};
}

/** As a span is shown: in seconds. */
export const SECONDS = { unit: 's', scale: 1_000_000 } as const;

/** A number that is kept under its own name, and not at all while its box is empty. */
export const named = <C extends object>(
	key: keyof C & string,
	span: Omit<Numbers, 'id' | 'put'>,
	put: (scene: Scene, change: C) => Scene
): Field =>
	number({ ...span, id: key, put: (scene, value) => put(scene, { [key]: value ?? undefined } as C) });

interface Switches {
	readonly id: string;
	readonly label: string;
	readonly now: boolean;
	readonly put: (scene: Scene, on: boolean) => Scene;
}
export function toggle({ id, label, now, put }: Switches): Field {
	return {
		id,
		label,
		kind: 'switch',
		value: now ? 'yes' : 'no',
		set: (scene, text) => done(put(scene, text === 'yes'))
	};
}

interface Chosen {
	readonly id: string;
	readonly label: string;
	readonly choices: readonly Choice[];
	readonly now: string;
	readonly put: (scene: Scene, value: string) => Scene | Set;
}
export function choice({ id, label, choices, now, put }: Chosen): Field {
	return {
		id,
		label,
		kind: 'choice',
		choices,
		value: now,
		set(scene, text) {
			if (!choices.some(({ value }) => value === text)) return wrong(words.oneOfList);
			const after = put(scene, text);
			return 'ok' in after ? after : done(after);
		}
	};
}

/** Yes, no, or as the rest would have it. */
export function maybe({
	id,
	label,
	now,
	put,
	otherwise
}: Omit<Switches, 'now' | 'put'> & {
	readonly now: boolean | undefined;
	readonly otherwise: string;
	readonly put: (scene: Scene, on: boolean | undefined) => Scene;
}): Field {
	return choice({
		id,
		label,
		choices: [
			{ value: '', label: otherwise },
			{ value: 'yes', label: words.yes },
			{ value: 'no', label: words.no }
		],
		now: now === undefined ? '' : now ? 'yes' : 'no',
		put: (scene, value) => put(scene, value === '' ? undefined : value === 'yes')
	});
}

interface Texts {
	readonly id: string;
	readonly label: string;
	readonly range?: string;
	readonly long?: boolean;
	readonly now: string;
	readonly put: (scene: Scene, text: string) => Scene | Set;
	/** Characters at most. */
	readonly most?: number;
}
export function line({ id, label, range, long = false, now, put, most = 200 }: Texts): Field {
	return {
		id,
		label,
		kind: long ? 'long' : 'text',
		...(range !== undefined && { range }),
		value: now,
		set(scene, text) {
			if (text.length > most) return wrong(words.atMost(most));
			const after = put(scene, text);
			return 'ok' in after ? after : done(after);
		}
	};
}

interface Many {
	readonly id: string;
	readonly label: string;
	readonly choices: readonly Choice[];
	readonly now: readonly string[];
	readonly put: (scene: Scene, values: readonly string[]) => Scene;
}
export function many({ id, label, choices, now, put }: Many): Field {
	return {
		id,
		label,
		kind: 'many',
		choices,
		value: now.join(' '),
		set(scene, text) {
			const wanted = text.split(' ').filter((value) => choices.some((one) => one.value === value));
			return done(put(scene, wanted));
		}
	};
}

interface NumberOr<W> extends Omit<Numbers, 'now' | 'put' | 'empty' | 'broken'> {
	/** What else it may be, by what is typed for it: `never`. */
	readonly others: Readonly<Record<string, W>>;
	/** What an empty box means. */
	readonly empty: string;
	/** Undefined: as the rest would have it. */
	readonly now: number | W | undefined;
	readonly put: (scene: Scene, value: number | W | undefined) => Scene;
}
/** A number or one of a few words, or as the rest would have it. */
export function numberOr<W extends string | null>(of: NumberOr<W>): Field {
	const { id, label, others, now, put, empty } = of;
	const word = Object.entries<W>(others).find(([, value]) => value === now)?.[0];
	const plainNumber = number({
		...of,
		empty: words.orWords(Object.keys(others), empty),
		now: word === undefined && typeof now === 'number' ? now : null,
		put: (scene, value) => put(scene, value ?? undefined)
	});
	return {
		...plainNumber,
		id,
		label,
		kind: 'text',
		value: word ?? plainNumber.value,
		set(scene, text) {
			const typed = Object.entries<W>(others).find(([name]) => name === text.trim().toLowerCase());
			return typed ? done(put(scene, typed[1])) : plainNumber.set(scene, text);
		}
	};
}
