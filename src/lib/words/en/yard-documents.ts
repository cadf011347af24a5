/** What is said of a scene or level that comes from a file, a link or the device, and of keeping one. */

const LOCALE = 'en-GB';

/** Of a value: after the place where it stands. */
export const controlCharacter = 'holds a control character';
export const noLetters = 'has no letters';
export const noWords = 'has no words';
export const noKind = 'is no kind of event that a row can name';

export const newer =
	'It was made by a newer edition of this program. Reload the page to get it, then try again.';
export const tooManyNodes = (most: number): string => `more than ${most} nodes`;
export const moreThan = (most: number): string => `more than ${most}`;
export const noClient = (host: string): string => `"${host}" is no client of this scene`;
export const noServer = (name: string): string => `no server is called "${name}"`;
export const noLetter = (name: string): string => `no letter is called "${name}"`;
export const noProgram = (name: string): string => `no mail program is called "${name}"`;
export const guardsOnly = 'guards only, nothing to reach';
export const noField = (kind: string, field: string): string => `${kind} has no field "${field}"`;
export const tooLong = (most: number): string =>
	`It is longer than ${most.toLocaleString(LOCALE)} characters.`;
export const noJson = 'It is not JSON: the text is cut off, damaged or of another kind.';
export const otherJson = 'It is JSON, but neither a scene nor a level of the yard.';

export const storageFull = 'This device’s storage is full or blocked. Save to a file instead.';
/** The name under which a scene is kept that cannot be opened. */
export const unread = 'Could not be opened';
export const damagedBefore =
	'What was kept here before is damaged. Save it to a file or throw it away first; until then nothing is written over it.';
export const tooManyScenes = (most: number): string =>
	`There are ${most} scenes here already. Delete one first.`;
