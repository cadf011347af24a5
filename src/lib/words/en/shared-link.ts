/** What is said of a document in the fragment of an address. */

const LOCALE = 'en-GB';

export const damaged = 'The link is damaged: part of it is missing or was changed on the way.';
export const cannotMake = 'This browser cannot make links. Save to a file instead.';
export const tooMuch = 'This is too much for a link. Save it to a file and send that.';
export const tooLong = (most: number): string =>
	`The link is longer than ${most.toLocaleString(LOCALE)} characters and was not read.`;
export const newer =
	'The link was made by a newer edition of this program. Reload the page to get it, then try again.';
export const cannotUnpack = 'This browser cannot unpack links. Ask for a file.';
export const unpacksToMore = 'The link unpacks to more than it may and was not read.';
/** `why`: a sentence, or a place and what is wrong there. */
export const cannotUse = (why: string): string => `The link cannot be used. ${why.replace(/[^.]$/, '$&.')}`;
export const otherLevel = (slug: string): string => `The link holds a run of another level, ${slug}.`;
export const otherEdition = 'The link holds a run of another edition of this level.';
