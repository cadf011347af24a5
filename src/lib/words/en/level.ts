/** A level's page as a whole: what it says in passing, and what it reads out. */

export const skip = 'Skip to the terminal';
export const backAt = (event: number): string => `Back at event ${event}.`;
export const saved = 'Saved on this device already.';
export const bookmarked = 'Bookmarked.';
export const unbookmarked = 'Bookmark taken away.';
export const theWire = 'The wire';
export const goalsAndErrors = 'Goals and errors';

export const stopped = 'stopped';
export const watch = 'watch';
export const looking = 'looking';
export const opening = 'This plays by itself once. Any key ends it.';
export const underWay = 'Watch the wire.';
/** A run that is looked at instead of played, and whether it has the packet that was asked for. */
export const review = (own: boolean, packet: number, found: boolean): string => {
	const whose = own ? 'This is your own run' : 'This is the reference run';
	const place = found ? `, laid open at packet ${packet}` : `; it has no packet ${packet}`;
	return `${whose}${place}. Reset to play the level.`;
};
