/** What the world waits for. */

export const autologout = 'autologout';
export const nextTimer = 'the next timer';
