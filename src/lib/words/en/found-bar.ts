/** What is looked for in the packets, and where it was found. */

export const search = 'Search';
export const nowhere = 'is in no packet';
export const inPacket = (n: number): string => `in #${n}`;
/** After where it was found. */
export const hidden = ', which the filters hide';
export const before = 'Find the one before';
export const beforeKey = 'Find the one before (Shift+N)';
export const next = 'Find the next';
export const nextKey = 'Find the next (N)';
export const end = 'End the search';
