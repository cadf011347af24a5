/** What stands in a capture file beside the octets. */

export const retransmission = (packet: number): string => `retransmission of packet ${packet}`;
/** `facts`: delay in ms, MTU in octets; null: they are not known. */
export const link = (
	title: string,
	from: string,
	to: string,
	facts: { delay: number; mtu: number } | null
): string => `${title}: ${from} to ${to}${facts ? `, ${facts.delay} ms, MTU ${facts.mtu}` : ''}`;
