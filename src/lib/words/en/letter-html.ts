/** A letter's HTML, and what was taken out of it. */

export const frame = 'The letter as HTML, cleaned';
export const takenOut = (what: readonly string[]): string => `Taken out: ${what.join(', ')}.`;
export const tooManyTags = (most: number): string => `all of it, since it has more than ${most} tags`;
export const blocked = {
	script: (n: number): string => count(n, 'script'),
	field: (n: number): string => count(n, 'form field'),
	style: (n: number): string => count(n, 'style'),
	link: (n: number): string => count(n, 'link'),
	picture: (n: number): string => count(n, 'remote picture'),
	frame: (n: number): string => count(n, 'frame'),
	other: (n: number): string => count(n, 'other thing')
} as const;

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
