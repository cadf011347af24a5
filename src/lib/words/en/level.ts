/** A level's page as a whole: what it says in passing, and what it reads out. */

export const skip = 'Skip to the terminal';
export const backAt = (event: number): string => `Back at event ${event}.`;
export const saved = 'Saved on this device already.';
export const bookmarked = 'Bookmarked.';
export const unbookmarked = 'Bookmark taken away.';
/** The pane of the program at which one sits. */
export const seatPanes = { Terminal: 'Terminal', Mail: 'Mail', Recording: 'Recording' } as const;
export const theWire = 'The wire';
export const goalsAndErrors = 'Goals and errors';

export const stopped = 'stopped';
export const watch = 'watch';
export const looking = 'looking';
export const opening = 'This plays by itself once. Any key ends it.';
export const underWay = 'Watch the wire.';
/** A run that is looked at instead of played, and whether it has the packet that was asked for. */
export const review = (
	whose: 'own' | 'reference' | 'sent',
	packet: number | null,
	found: boolean
): string => {
	const run = {
		own: 'This is your own run',
		reference: 'This is the reference run',
		sent: 'This is a run that you were sent'
	}[whose];
	const at = packet === null ? 'where its sender stood' : `at packet ${packet}`;
	return `${run}${found ? `, laid open ${at}` : `; it has no packet ${packet}`}. Reset to play the level.`;
};
