/** The packet list, and one packet, as text and as a table. */

/** Of the list, in their order. */
export const columns = ['#', 's', 'from', 'to', 'tag', 'flags', 'seq', 'ack', 'octets', 'info', 'remarks'];
export const retransmission = (packet: number): string => `retransmission of #${packet}`;
export const fieldColumns = ['Field', 'Name', 'Value', 'Place', 'Hex', 'Problem'];
