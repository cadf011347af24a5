/** What the stage says of its hosts, links and packets, for ears and on badges. */

export const kinds = {
	syn: 'SYN',
	synack: 'SYN, ACK',
	ack: 'ACK',
	data: 'data',
	fin: 'FIN',
	rst: 'RST',
	icmp: 'ICMP',
	ip: 'IP'
};
/** What was done to a packet by hand. */
export const bends: { readonly [what: string]: string } = {
	edit: 'edited',
	corrupt: 'a bit flipped',
	split: 'split',
	coalesce: 'joined with the next',
	hold: 'held',
	release: 'released',
	delay: 'delayed',
	mark: 'marked'
};
/** `piece` is `2/3`. */
export const fragment = (piece: string): string => `fragment ${piece.replace('/', ' of ')}`;
/** Of a link. */
export const tapped = 'has a tap: somebody listens';
export const forged = 'forged';
export const bytes = (octets: number): string => `${octets} ${octets === 1 ? 'byte' : 'bytes'}`;
export const retransmission = (packet: number): string => `retransmission of ${packet}`;
export const onItsWay = 'on its way';
export const taken = 'taken off the link';
export const lost = 'lost';
export const discarded = 'discarded on arrival';
export const packet = (n: number, from: string, to: string, what: readonly string[]): string =>
	`Packet ${n}, ${from} to ${to}: ${what.join(', ')}`;

export const letters = (n: number): string => (n === 0 ? 'empty' : n === 1 ? '1 letter' : `${n} letters`);
export const marked = (n: number): string => `${n} marked`;
export const locked = 'locked';
export const session = (host: string, state: string): string => `POP3 at ${host}: ${state}`;
export const maildrop = (user: string | null, tray: string): string =>
	`Maildrop${user ? ` of ${user}` : ''}: ${tray}`;

/** What is wrong with a link; shares and times come in words of their own (`10 %`, `5 ms`). */
export const loses = (share: string): string => `loses ${share}`;
export const bursts = 'loses in bursts';
export const later = (by: string, more: string | null): string =>
	`later by ${by}${more === null ? '' : `, up to ${more} more`}`;
export const overtaken = (share: string): string => `${share} are overtaken`;
export const twice = (share: string): string => `${share} come twice`;
export const flips = (share: string): string => `flips a bit in ${share}`;
export const carries = (rate: string, queue: number | undefined): string =>
	`carries ${rate}${queue === undefined ? '' : `, and ${queue} may wait`}`;
export const cut = 'is cut';
export const holds = 'holds what comes';
export const edits = 'changes what passes';
export const splits = (at: number): string => `splits segments after ${at} octets`;
export const joins = 'joins segments';
export const forges = 'a forged packet enters here';
