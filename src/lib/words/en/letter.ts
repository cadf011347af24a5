/** A letter laid open: its text, its HTML, its octets. */

export const opening = 'Opening…';
export const noSubject = 'No subject';
export const from = 'From';
export const to = 'To';
export const date = 'Date';
export const nobody = 'nobody named';
export const showAs = 'Show as';
export const faces = { text: 'Text', html: 'HTML', source: 'Source' } as const;
export const onlyPart = 'Only the header and the first lines were fetched.';
export const noText = 'There is no text in this letter.';
export const attachments = 'Attachments';
export const attachmentCount = (n: number): string => (n === 1 ? '1 attachment' : `${n} attachments`);
export const attachment = (type: string, octets: number): string =>
	`${type}, ${octets === 1 ? '1 octet' : `${octets} octets`}`;

export const stored = 'Stored octets, line by line';
export const stuffed = 'put before it on the wire';
export const more = (octets: number): string => `… ${octets} more`;
export const empty = 'Empty: no octets.';
export const moreLines = 'More lines';
/** Around a dot in a box. */
export const legend = (octets: number): readonly [string, string] => [
	`${octets} octets stored. A`,
	'in a box is not stored: the server puts it before a line that starts with a dot, and the client takes it off.'
];
