/** What every field of the yard's forms says of itself. */

const GROUPED = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });
/** `empty`: what an empty box means. */
export const range = (low: number, high: number, empty?: string): string =>
	`${GROUPED.format(low)} to ${GROUPED.format(high)}${empty === undefined ? '' : `, or empty: ${empty}`}`;
/** What an empty box means, and which words may stand in it. */
export const orWords = (names: readonly string[], empty: string): string =>
	`${empty}; or ${names.join(', ')}`;
export const aNumber = (range: string): string => `A number from ${range}.`;
export const aWholeNumber = (range: string): string => `A whole number from ${range}.`;
export const from = (range: string): string => `From ${range}.`;
export const oneOfList = 'One of the list.';
export const yes = 'yes';
export const no = 'no';
export const atMost = (characters: number): string => `At most ${characters} characters.`;
