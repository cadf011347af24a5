/** A run on paper. */

export const event = (n: number, all: number, seconds: string): string =>
	`Interactive POP3. Event ${n} of ${all}, ${seconds} s.`;
export const packets = 'Packets';
export const lastOf = (shown: number, all: number): string => `The last ${shown} of ${all}.`;
/** In their order: number, time, from, to, protocol, flags, sequence number, acknowledgement, length, what it says. */
export const columns = ['#', 's', 'from', 'to', 'tag', 'flags', 'seq', 'ack', 'len', 'info'] as const;
/** After what a packet says. */
export const again = (packet: number): string => ` (again ${packet})`;
export const nothing = 'Nothing on the wire.';
export const ladder = 'Ladder';
export const packet = (n: number, from: string, to: string): string => `Packet ${n}, ${from} to ${to}`;
export const field = 'field';
export const value = 'value';
export const hex = 'hex';
