/** The rack of the map: its holes, and what is found in the reference. */

export const inReference = 'In the reference';
export const moreFound = (n: number): string => `and ${n} more; a longer word finds fewer.`;
export const franked = 'Franked: the whole chapter is delivered';
export const stillWritten = 'Still being written';
export const doneOf = (done: number, all: number): string => `${done} of ${all}`;
export const opensAfter = (more: number, chapter: number): string =>
	`Opens after ${more} more of chapter ${chapter}`;
export const orQuestions = 'or four questions';
/** After it, for those who hear it. */
export const thatOpen = (chapter: number): string => ` that open chapter ${chapter}`;
