/** The packet list, and one packet, as text and as a table. */

/** Of the list, in their order. */
export const columns = ['#', 's', 'from', 'to', 'tag', 'flags', 'seq', 'ack', 'octets', 'info', 'remarks'];
export const retransmission = (packet: number): string => `retransmission of #${packet}`;
export const octetColumns = ['Byte', 'Hex', 'Decimal', 'Binary', 'Character', 'Field'];
/** Of the header's figure: a row for each of its cells. */
export const bitColumns = ['Layer', 'Word', 'Bit', 'Bits', 'Field', 'Name', 'Binary', 'Value'];
export const goesOn = (field: string): string => `${field}, goes on`;
export const fieldColumns = ['Field', 'Name', 'Value', 'Place', 'Hex', 'Problem'];
