/** The server's chart that may be re-aimed: its boxes and arrows. */

export const waitingForName = 'waiting for name';
export const waitingForPassword = 'waiting for password';
export const closed = 'closed';
/** What a command does by right where it leads nowhere else. */
export const deeds: { readonly [keyword: string]: string } = { DELE: 'mark', RSET: 'take marks back' };
export const removes = 'remove at once';
export const deedsOf = (event: string, all: readonly string[]): string => `${event}: ${all.join(', ')}`;
export const cutLine = (place: string): string => `a cut line in ${place}`;
export const arrow = (event: string, place: string): string => `${event} in ${place}`;
export const aim = (stays: boolean, place: string, deeds: readonly string[]): string =>
	`${stays ? 'stays in' : 'goes to'} ${place}${deeds.length ? `: ${deeds.join(', ')}` : ''}`;
export const cut = 'cut';
export const update = 'remove what is marked';
