/** The terminal: its text, its box, and what may be typed. */

export const terminal = 'Terminal';
export const text = 'Terminal text';
export const earlier = (lines: number): string => `${lines} earlier lines`;
/** Who speaks, before a line that is read out. */
export const you = 'You: ';
export const server = 'Server: ';
export const note = 'Note on the desk';
export const lineFrom = (host: string): string => `Line to send from ${host}`;
export const send = 'Send';
export const knock = 'Knock (Enter)';
export const branch = 'Branch (Enter)';
/** Asked before a branch; the other parts stand around the keys. */
export const branchHere = (event: number, of: number): string =>
	`You stand at event ${event} of ${of}. Branch from here?`;
export const branchKeys = [
	'Enter',
	'again branches and keeps the old run as a track,',
	'Esc',
	'returns to now.'
] as const;
export const legalNow = 'Commands that are legal now';
export const opens = 'Opens a connection.';
