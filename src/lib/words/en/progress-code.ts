/** The short code of somebody's progress. */

export const damaged = 'The code is not right: a letter is wrong or missing. Nothing was changed.';
export const none = 'There is no code yet.';
export const newer = 'The code is of a newer edition. Reload to get that edition. Nothing was changed.';
