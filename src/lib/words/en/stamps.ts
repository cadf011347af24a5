/** The three stamps of a level, and what each is for. */

export const names = { delivered: 'Delivered', lightBag: 'Light bag', calledIt: 'Called it' } as const;

const earns = {
	delivered: 'for meeting every goal',
	lightBag: 'for staying within par',
	calledIt: 'for each prediction right at once, no hint past the first'
} as const;

export const stamp = (kind: keyof typeof names, earned: boolean): string =>
	`${names[kind]}: ${earned ? 'earned' : 'not yet'}`;
/** The same where nothing beside it says what it is for. */
export const whole = (kind: keyof typeof names, earned: boolean): string =>
	`${stamp(kind, earned)}, ${earns[kind]}`;
export const stamps = 'The three stamps';
/** Beside its name. `cost`: what a run took that was above par. */
export const what = (kind: keyof typeof names, par: string | null, cost: string | null): string => {
	if (kind !== 'lightBag' || par === null) return earns[kind];
	return `for at most ${par}${cost === null ? '' : `; yours took ${cost}`}`;
};
