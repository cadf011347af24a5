/** The card at the end of a level. */

export const solved = 'Level solved';
export const shown = 'Shown, so no stamp.';
export const next = (number: string, title: string): string => `Next: ${number} ${title}`;
export const toMap = 'To the map';
export const whatHappened = 'What happened';
