/** The map: the ways from it, its search, and its letters. */

export const game = 'Interactive POP3';
export const begin = (title: string): string => `Begin: ${title}`;
export const next = (number: string, title: string): string => `Next: ${number} ${title}`;
export const yard = 'Yard';
export const practice = 'Practice';
export const capture = 'Open a capture';
export const reference = 'Reference';
export const settings = 'Settings';
export const search = 'Search the rack';
export const searchFor = 'TTL, lock, RETR';
export const found = (hits: number, all: number): string => `${hits} of ${all}`;
export const solved = (done: number, all: number): string => `${done} of ${all} solved`;
export const noneFound = 'No letter in the rack has these words.';
export const openChapter = (chapter: number): string => `Open chapter ${chapter}`;

export const notOpen = 'Not open yet';
export const bossNotOpen = 'Boss. Not open yet';
export const par = (par: string): string => `Par ${par}`;
export const best = (best: number, par: number): string => `Best ${best}, par ${par}`;
export const assisted = (par: number): string => `Solved with help, par ${par}`;
export const card = 'Card';
/** After it, for those who hear it. */
export const cardOf = (level: string): string => `of ${level}`;
