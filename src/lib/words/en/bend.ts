/** What can be done by hand to a packet on its way, and why it cannot be done. */

export const held = 'it is held: release it first';
export const noBit = (bit: number): string => `there is no bit ${bit}`;
export const noWholeSegment = 'it is no whole TCP segment';
export const synIsWhole = 'a SYN is not cut';
export const octetsOfData = (n: number): string => `it has ${n} octets of data`;
export const noField = 'it has no such field';
export const tooLarge = (value: number, bits: number): string => `${value} does not fit into ${bits} bits`;
export const noSegment = 'it is no TCP segment';

export const sequence = 'Sequence number';
export const acknowledgement = 'Acknowledgement number';
export const window = 'Window';
export const sourcePort = 'Source port';
export const destinationPort = 'Destination port';
export const dontFragment = 'Don’t fragment';
