/** What a half-typed display filter may go on with: the names of fields that begin like the word at the caret. */
import { FIELDS } from './fields.ts';
import type { Place } from './problem.ts';

export interface Completion {
	readonly name: string;
	readonly label: string;
	/** What of the source it takes the place of. */
	readonly at: Place;
}

export function completions(source: string, caret: number, most = 8): readonly Completion[] {
	const before = source.slice(0, caret);
	if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return [];
	const word = /[a-z][\w.]*$/i.exec(before)?.[0];
	if (!word) return [];
	const from = caret - word.length;
	const rest = /^[\w.]*/.exec(source.slice(caret))?.[0].length ?? 0;
	return [...FIELDS.values()]
		.filter(({ name }) => name.startsWith(word) && name !== word)
		.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
		.slice(0, most)
		.map(({ name, label }) => ({ name, label, at: [from, caret + rest] }));
}
