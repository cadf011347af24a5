/** Progress that is taken along and brought back. */

export const title = 'Your progress';
export const about =
	'It is kept on this device only. Take it with you as a file, runs and all, or as a short code.';
export const save = 'Save to a file';
export const read = 'Read from a file';
export const unchanged = (why: string): string => `${why} Nothing was changed.`;
export const unreadable = 'The file could not be read. Nothing was changed.';
export const code = 'Your code';
export const copy = 'Copy the code';
export const copied = 'Copied';
export const enter = 'Enter a code';
export const readCode = 'Read it';
export const report = 'Report to print';
export const sheets = 'Sheets for a class';
export const damaged = 'What was stored here is damaged and could not be read. It is kept as it is.';
export const saveDamaged = 'Save it to a file';
export const discard = 'Throw it away';
