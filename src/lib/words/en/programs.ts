/** The choice between the programs on a desk. */

export const names = { terminal: 'Terminal', mail: 'Mail' } as const;
export const programs = 'Program on the desk';
export const devices = 'Device';
