/** Four questions that open a chapter. */

export const check = 'Placement check';
export const questionOf = (n: number, all: number, chapter: number, name: string): string =>
	`Question ${n} of ${all}, for chapter ${chapter}, ${name}`;
export const right = 'right';
export const yours = 'yours';
export const yes = (why: string): string => `Yes. ${why}`;
export const no = (said: string, why: string): string => `You said ${said}. ${why}`;
export const next = 'Next question';
export const see = 'See what it opens';
export const passed = (chapter: number, name: string): string =>
	`Four of four. Chapter ${chapter}, ${name}, is open, and so is all before it.`;
export const failed = (right: number, all: number): string =>
	`${right} of ${all}. Four of four open the chapter; nothing is lost. There are others, as often as you like, and every level before it teaches what they ask.`;
export const toRack = 'To the rack';
export const others = 'Four others';
export const close = 'Close';
