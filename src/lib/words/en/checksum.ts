/** A checksum, added word by word. */

export const walk = (header: string): string => `${header} checksum, word by word`;
export const checksum = (header: string): string => `${header} checksum`;
export const begin = (words: number): string => `${words} words are added one after the other.`;
export const turned = 'Every bit of the sum is turned over.';
export const result = (sum: string, carried: string, right: boolean): string =>
	`${sum}. The packet carries ${carried}: ${right ? 'right' : 'wrong'}.`;
export const word = (label: string): string => `${label}.`;
export const padded = (label: string): string => `${label}: the last octet, and a zero after it.`;
export const added = (before: string, word: string, total: string): string =>
	`${before} + ${word} = ${total}.`;
/** After the sum. */
export const carry = (after: string): string => ` The carry goes back in at the right: ${after}.`;
export const complement = 'complement';
export const wordOf = (n: number, all: number): string => `word ${n} of ${all}`;
export const asCarried = '= as carried';
export const notCarried = (carried: string): string => `≠ ${carried} carried`;
export const start = 'Start';
export const back = 'Back';
export const addNext = 'Add next';
export const end = 'End';
export const close = 'Close';
export const table = (sum: string): string => `Words that are added; the sum so far is ${sum}`;
export const pseudo = 'pseudo';
/** After a word of one octet. */
export const andZero = ', and a zero';
