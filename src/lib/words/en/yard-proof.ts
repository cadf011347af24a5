/** The proof that a made level must pass. */

const rows = (list: readonly number[]): string => `${list.length === 1 ? 'Row' : 'Rows'} ${list.join(', ')}`;

export const unsolved = 'It is not solved when it opens.';
export const allMet = 'Every row is met before anything is done. Tick an event that comes later.';
export const metFromStart = (list: readonly number[]): string => `${rows(list)} met from the start on.`;
export const solved = 'The recorded solution solves it.';
export const notSo = (list: readonly number[]): string => `${rows(list)} not so at its end.`;
export const withoutLast = 'Without its last step it is not solved.';
export const lastIsIdle =
	'The last step does nothing for the rows. Record a shorter solution, or tick what its last step leads to.';
export const sameLog = 'The same run twice leaves the same log.';
export const ends = 'The runs come to an end.';
