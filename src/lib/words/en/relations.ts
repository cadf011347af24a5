/** How one packet of a list stands to another. */

export const acknowledges = (packet: number): string => `acknowledges #${packet}`;
export const acknowledged = (packet: number): string => `acknowledged by #${packet}`;
export const retransmission = (packet: number): string => `retransmission of #${packet}`;
export const sentAgain = (packet: number): string => `sent again as #${packet}`;
export const reply = (packet: number): string => `reply to #${packet}`;
export const answered = (packet: number): string => `answered by #${packet}`;
export const about = (packet: number): string => `is about #${packet}`;
export const reported = (packet: number): string => `reported by #${packet}`;
export const makesWhole = (packet: number): string => `makes whole, with #${packet}`;
export const fragment = (packet: number): string => `fragment of the same datagram as #${packet}`;
