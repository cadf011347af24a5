/** The rows of the packet list and its columns. */

export const packets = 'Packets';
export const columns = 'Columns';
export const asManyAsFit = 'As many as fit';
export const countedFromSyn = 'Sequence numbers from 0, the SYN';
export const fromTo = (from: string, to: string): string => `${from} to ${to}`;
export const againOf = (packet: number): string => `again of ${packet}`;
/** What stands over a column, and what is heard. */
export const heads = {
	number: ['#', 'Number'],
	since: ['+ s', 'Seconds since the row before'],
	time: ['s', 'Seconds since the start'],
	direction: ['', 'Direction'],
	seq: ['seq', 'Sequence number'],
	ack: ['ack', 'Acknowledgement number'],
	length: ['len', 'Bytes of text']
} as const;
export const tag = 'tag';
export const flags = 'flags';
export const info = 'info';
