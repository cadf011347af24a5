/** The inspector: a packet as a tree, as bits and as bytes, and what its fields are for. */

export const packet = 'Packet';
export const packetNamed = (packet: number): string => `Packet ${packet}`;
export const tree = 'Tree';
export const bits = 'Bits';
export const bytes = 'Bytes';
export const dim = (packet: number): string => `Dim: as in #${packet}`;
export const keptItself = 'This is the packet kept: choose another one to hold against it.';
export const noLetter = 'No letter in this one: only the connection speaks. Lens 2 opens it.';
export const failed = 'This view did not load. Reload the page to try again.';
export const choosePacket = 'Choose a packet. Its bytes open here.';

export const fieldsOf = (packet: number): string => `Fields of packet ${packet}`;
export const bytesOf = (packet: number): string => `Bytes of packet ${packet}`;
/** An octet as it is read out. */
export const octet = (hex: string, at: number, field: string): string => `hex ${hex}, byte ${at}, ${field}`;
