/** The maildrops as text and as a table. */

export const gone = 'gone';
export const marked = 'marked';
export const stored = 'stored';
export const box = (user: string, host: string, lockedBy: string | null): string =>
	`${user} at ${host}: ${lockedBy === null ? 'not locked' : `locked for ${lockedBy}`}`;
interface Size {
	readonly letters: number;
	readonly octets: number;
}
export const sizes = (now: Size, after: Size): string =>
	`${now.letters} letters, ${now.octets} octets; after UPDATE ${after.letters} letters, ${after.octets} octets`;
export const columns = ['Host', 'User', 'Number', 'Letter', 'UIDL', 'Octets', 'State'];
