/** A connection followed: which one, how it is shown, what is taken along. */

export const octets = 'Octets of the connection';
export const nothingYet = 'No octet of text has passed on this connection yet.';
export const noConnectionYet = 'No connection yet. What it carries stands here, octet for octet.';
export const note = 'Each octet is led back to the packet that brought it and to where it was stored.';
/** What an octet is, and how it came. */
export const told = (what: string, how: string): string => `${what}. ${how}`;

export const connection = 'Connection';
export const connectionFrom = (ends: string, packet: number | undefined): string =>
	`${ends}, from #${packet}`;
export const noConnection = 'No connection';
export const order = 'Order';
export const orders = { wire: 'TCP stream', dialogue: 'POP3 dialogue' } as const;
export const direction = 'Direction';
export const both = 'Both';
export const hex = 'Hex';
export const stream = 'Stream';
export const copyText = 'Copy as text';
export const copyTable = 'Copy as table';
export const saveText = 'Save text';
export const saveOctets = 'Save octets';
export const savedAs = (file: string): string => `Saved as ${file}.`;
