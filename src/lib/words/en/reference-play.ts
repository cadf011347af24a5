/** What can be tried on a page of the reference. */

export const noConnection = 'No connection.';
export const serverIn = (state: string): string => `The server is in ${state}.`;
export const line = 'Line to send';
export const send = 'Send';
export const again = 'Again';
export const box = 'Ada’s box is at post: ada, lovelace. Nothing here is kept.';

export const fieldsOf = (header: string): string => `Fields of the ${header} header`;
export const bits = (n: number): string => `${n} bits`;
export const nothingWrong = 'Nothing is wrong with this packet. Change a field and see who notices.';
export const checksumRight = 'Put the checksum right';
export const asItWas = 'As it was';

export const happensIn = (state: string): string => `What happens in ${state}`;
export const whatHappens = 'What happens?';
export const back = 'Back';
export const fromStart = 'From the start';
export const nothingElse = 'nothing else';
export const moved = (event: string, actions: string, state: string): string =>
	`${event}: ${actions}. Now ${state}.`;
export const begins = (states: number): string => `${states} states; it begins in CLOSED.`;
export const yourEnd = 'your end';
