/** What stands in a capture file beside the octets. */

export const retransmission = (packet: number): string => `retransmission of packet ${packet}`;
export const link = (title: string, from: string, to: string, delay: number, mtu: number): string =>
	`${title}: ${from} to ${to}, ${delay} ms, MTU ${mtu}`;
