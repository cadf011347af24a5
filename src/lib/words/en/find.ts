/** The line in which somebody types what is looked for. */

export const how = 'Type a packet number, a text in quotes ("USER"), or octets in hex (0d 0a).';
export const tooLong = (most: number): string => `At most ${most} characters are looked for.`;
export const onlyAscii = 'Only ASCII is looked for as text; give other octets in hex.';
export const pairs = 'Octets in hex are pairs of digits: 0d 0a.';
