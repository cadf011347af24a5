/** The boxes that a server keeps, and their letters. */

export const event = (n: number): string => `event ${n}`;
export const box = (user: string, host: string): string => `Box of ${user} at ${host}`;
export const at = (host: string): string => `at ${host}`;
/** Before the session that holds it. */
export const lockedFor = 'Locked for one session:';
export const unlocked = 'Not locked: nobody is in.';
export const empty = 'Empty. On purpose.';
export const letters = (user: string, host: string): string => `Letters of ${user} at ${host}`;
export const number = 'No.';
export const letter = 'Letter';
export const octets = 'Octets';
export const state = 'State';
export const states = { stored: 'stored', marked: 'marked', gone: 'gone' } as const;
export const total = (letters: number, octets: number): string =>
	letters === 0 ? 'nothing' : `${letters === 1 ? '1 letter' : `${letters} letters`}, ${octets} octets`;
export const stored = (total: string): string => `Stored: ${total}.`;
export const afterQuit = (after: string, broken: string): string =>
	`After QUIT: ${after}. If the line breaks first: ${broken}.`;
export const noBoxes = 'Nobody keeps mail here.';
/** Of a capture from elsewhere. */
export const notShown = 'A capture shows what was said, not what the server keeps.';
