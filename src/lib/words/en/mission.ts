/** The card of the mission and its goals. */

export const mission = 'Mission';
export const text = 'Mission text';
export const allMet = 'All rows are met.';
export const close = 'Close';
export const open = 'Mission';
export const goals = 'Goals';
export const event = (n: number): string => `Event ${n}`;
export const goToEvent = (n: number): string => `, go to event ${n}`;
/** How a goal stands, after its own words. */
export const states = { open: ', open', met: ', met', kept: ', kept so far', broken: ', broken' } as const;
