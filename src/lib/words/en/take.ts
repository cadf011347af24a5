/** The button with which the picture of a pane is taken along. */

export const take = 'Copy, save or print';
export const takeOf = (pane: string): string => `${pane}: copy, save or print`;
