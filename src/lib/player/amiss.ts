/** In words what a check found: the checks themselves know only what they wanted and what there was. */
import type { Say } from '#lib/engine/client.ts';
import * as words from '#words/amiss.ts';

export const amiss: Say = ({ type, expected, received }) => {
	if (received === 'undefined') return words.missing;
	if (expected === null || expected === 'never') return words.unknown;
	return type.endsWith('_length') ? words.long(received, expected) : words.unlike(received, expected);
};
