/** The filters of the packet list. */

export const filterPackets = 'Filter packets';
export const byFields = 'Filter by fields';
export const chips = {
	textOnly: 'Text only',
	noBareAcks: 'No bare ACKs',
	oneConnection: 'This connection',
	lostOnly: 'Lost'
} as const;
export const shownOf = (shown: number, all: number, left: number): string =>
	`${shown} of ${all} packets${left ? `, ${left} to judge` : ''}`;
export const packets = (n: number): string => `${n} ${n === 1 ? 'packet' : 'packets'}`;

export const packetsByFields = 'Filter packets by fields';
export const displayFilter = 'Display filter';
export const notLoaded = 'The filter could not be loaded. Try again when you are online.';
export const clear = 'Clear the filter';
export const fields = 'Fields';
