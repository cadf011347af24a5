/** The three stamps of a level. */

const names = { delivered: 'Delivered', lightBag: 'Light bag', calledIt: 'Called it' } as const;

export const stamp = (kind: keyof typeof names, earned: boolean): string =>
	`${names[kind]}: ${earned ? 'earned' : 'not yet'}`;
