/** The head of every page beside the levels. */

export const toMap = '110, to the map';
