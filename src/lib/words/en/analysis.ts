/** What the analysis of a capture remarks on a packet; packets are named `#9`. The names of the remarks are the field's own terms. */

const names = (packets: readonly number[]): string => packets.map((packet) => `#${packet}`).join(', ');

export const remarkOf = (mark: string, original: number): string => `${mark} of #${original}`;
export const duplicateOf = (mark: string, count: number, of: number): string => `${mark} #${count} of #${of}`;
export const wholeWith = (others: readonly number[]): string =>
	others.length > 0 ? `whole with ${names(others)}` : 'whole';
export const firstPiece = 'first piece seen';
export const pieceAs = (first: number): string => `piece as #${first}`;
export const about = (packet: number): string => `about #${packet}`;
export const acknowledges = (packet: number): string => `acknowledges #${packet}`;
export const answers = (packet: number): string => `answers #${packet}`;
