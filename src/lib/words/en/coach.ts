/** The coach's own words; what it says of a run comes from the level's room. */

export const coach = 'Coach';
export const solved = 'Done. The run is yours: step, scrub, look inside.';
export const free = 'The run is yours: type, step, scrub, look inside.';
export const rewind = 'Rewind to before';
export const showStates = 'Show in States';
/** Leads the focus to a lever. */
export const toLever = (name: string): string => `Go to “${name}”`;
export const showBytes = 'Show bytes';
export const inReference = (keyword: string): string => `${keyword} in the reference`;
export const hint = (n: number): string => `Hint ${n}`;
export const showMe = 'Show me';
export const now = 'Now';
