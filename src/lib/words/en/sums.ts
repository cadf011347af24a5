/** How a field that its sender computed came about. */

const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`;

export const octets = (n: number): string => counted(n, 'octet');
export const fragmentOffset = (value: number): string => `${value} × 8 = octet ${value * 8} of the whole`;
/** Words of 16 bits, and how many more of the pseudo-header. */
export const checksum = (words: number, pseudo: number, sum: string, complement: string): string =>
	`${counted(words, 'word')}${pseudo ? ` and ${pseudo} of the pseudo-header` : ''}: sum ${sum}, complement ${complement}`;
/** A header of so many words of 32 bits; `options` octets after the `fixed` ones. */
export const header = (words: number, fixed: number, options: number): string =>
	`${options > 0 ? `${fixed} + ${options} of options = ` : ''}${words * 4} octets = ${words} words of 4`;
/** `terms`: `20 IP + 20 TCP`. */
export const total = (terms: string, value: number): string => `${terms} = ${value} octets`;
export const stated = (terms: string, value: number): string => `${terms} are here, ${value} are stated`;
export const forSyn = '1 for SYN';
export const forFin = '1 for FIN';
export const initial = (value: number, host: string | undefined): string =>
	`${value} is the initial number, chosen by ${host}`;
export const repeats = (packet: number): string => `as in #${packet}, which it repeats`;
export const after = (seq: number, packet: number, taken: string, value: number): string =>
	`${seq} of #${packet} + ${taken} = ${value}`;
export const awaited = (sum: string): string => `${sum}, the next awaited`;
export const noAck = 'no ACK: the number means nothing';

export const sourceFirst = 'Source address, first half';
export const sourceSecond = 'Source address, second half';
export const destinationFirst = 'Destination address, first half';
export const destinationSecond = 'Destination address, second half';
export const zeroAndProtocol = 'A zero and the protocol';
export const lengthOfText = 'Length of header and text';
/** The fields that share a word. */
export const fields = (names: readonly string[]): string =>
	names.length > 2 ? `${names[0]} to ${names.at(-1)}` : names.join(' and ');
export const countsAsZero = (label: string): string => `${label}: counts as zero`;
