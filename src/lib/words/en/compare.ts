/** Two runs side by side. */

export const runs = 'The two runs';
/** Around the instant, what was done here, and what was done there. */
export const parts = ['They part at', ': here', ', there', '.'] as const;
export const nothing = 'nothing more';
/** Before the number of the packet, and after it. */
export const packet = ['The first packet that is not the same is', '.'] as const;
export const goThere = 'Go there';
export const same = 'Both runs are the same so far.';
export const takeOther = 'Take up the other run';
