/** One packet in one line: read out between its ends, and before its flags. */

export const to = 'to';
export const flags = 'flags';
