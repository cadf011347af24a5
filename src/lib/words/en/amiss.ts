/** What is wrong with a value that comes from outside, after the place where it stands. */

export const missing = 'is missing';
export const unknown = 'is not known here';
export const long = (found: string, wanted: string): string => `has length ${found}, wanted is ${wanted}`;
export const unlike = (found: string, wanted: string): string => `is ${found}, wanted is ${wanted}`;
