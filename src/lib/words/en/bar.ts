/** The bar over a run: where one is, the lens, and what can be done with the level as a whole. */

export const level = 'Level';
export const toMap = '110, to the map';
export const backToMap = 'Back to the map';
/** A chapter by its number, as short as can be. */
export const chapter = (n: number): string => `Ch ${n}`;
export const lensStep = (lens: number): string => `Lens ${lens}`;
export const lensTo = (lens: number, next: number): string => `Lens ${lens}, go to ${next}`;
export const goalsMet = (met: number, rows: number): string => `${met} of ${rows} goals met`;
export const hint = 'Hint';
export const reset = 'Reset';
export const exportRun = 'Export';
export const map = 'Map';
export const settings = 'Settings';

export const lensWord = 'Lens';
export const lens = 'Lens: how deep every pane looks';
export const lensNames = { 1: 'Letter', 2: 'Talk', 3: 'Envelope', 4: 'Bits' } as const;
