/** How progress is kept, and what comes of reading a text of it. */

export const forgets = 'This browser will forget your progress. Save it to a file.';
export const newerHere =
	'A newer edition has saved progress here. It is left untouched; what you do now is forgotten unless you save it to a file. Reload to get the new edition.';

export const tooLarge = (characters: number, most: number): string =>
	`The text is too large: ${characters} characters, at most ${most}.`;
export const noJson = 'This is not a progress file: it is not JSON.';
export const otherKind = 'This is not a progress file of Interactive POP3.';
export const newer = (format: number, known: number): string =>
	`This was saved by a newer edition (format ${format}; this one reads up to ${known}). Reload to get the new edition.`;
export const forbidden = (path: string): string => `The file holds something it must not, at ${path}.`;
export const checksum = 'The file is damaged: its checksum does not match.';
export const noStep = (from: number, to: number): string => `Nothing leads from format ${from} to ${to}.`;
export const noWay = (format: number): string => `The file could not be brought to format ${format}.`;
/** `path`: null at the top. */
export const shape = (path: string | null, why: string): string =>
	`The file is not as it should be, at ${path ?? 'the top'}: ${why}`;
export const read = (gained: number): string =>
	gained > 0 ? `Read. ${gained} more solved.` : 'Read. You had all of it already.';
