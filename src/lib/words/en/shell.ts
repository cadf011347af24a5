/** What all pages share: titles of levels, notices, and the page that is not there. */

export const levelTitle = (number: string, title: string): string => `${number} ${title} · Interactive POP3`;
export const levelDescription = (concept: string): string =>
	`${concept} A game that teaches POP3, TCP and IP down to the bit.`;
export const newEdition = 'New edition. It loads at your next level.';
export const offline = 'Offline. Everything is here.';
