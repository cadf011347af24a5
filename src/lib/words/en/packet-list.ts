/** The list of packets: its tools, and what it says while it shows none. */

export const packets = 'Packets';
export const find = 'Find';
export const findKey = 'Find (/)';
/** Where a mail program does the talking. */
export const nothingFetched = 'Nothing on the wire. What the mail program says will appear here.';
export const nothingYet = 'Nothing on the wire. Your next line will appear here.';
export const hidden = (packets: number): string =>
	`The filters hide ${packets === 1 ? 'the one packet' : `all ${packets} packets`}.`;
export const showAll = 'Show all';
