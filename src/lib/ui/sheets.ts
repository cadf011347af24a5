/** The sheets of a level page; at most one is open. */
export type Sheet = 'settings' | 'shortcuts' | 'packet' | 'state';
