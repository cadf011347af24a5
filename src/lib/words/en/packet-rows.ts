/** The packets of a list: what became of one, what it says, where its fields are, and a row for a listener. */

/** Why a packet was dropped. */
export const drops = {
	loss: 'lost',
	mtu: 'too big',
	'no-listener': 'nobody listens',
	checksum: 'bad checksum',
	malformed: 'malformed',
	unroutable: 'no route',
	backlog: 'no room',
	ttl: 'no hop left',
	filter: 'filtered',
	nat: 'not translated',
	reassembly: 'pieces missing',
	queue: 'no room',
	cut: 'link cut',
	taken: 'taken',
	joined: 'joined'
};
/** Why the connection that a segment reached took nothing of it (RFC 9293 §3.10.7). */
export const discards = {
	old: 'all of it was here before',
	'beyond the window': 'it lies beyond the window',
	'old timestamp': 'its timestamp is old',
	'no timestamp': 'it has no timestamp',
	'RST not at RCV.NXT': 'an RST, but not at RCV.NXT',
	SYN: 'a SYN in an open connection',
	'wrong ACK': 'it acknowledges what was never sent',
	'no ACK': 'it has no ACK',
	'no SYN': 'it has no SYN',
	'RST without a connection': 'an RST without a connection'
};
export const droppedOn = (why: string, link: string): string => `${why} on ${link}`;
export const untakenAt = (host: string, why: string): string => `not taken at ${host}: ${why}`;
export const droppedAt = (why: string, host: string): string => `${why} at ${host}`;

/** Control bits by their letters, as they are read out. */
export const flags: { readonly [letter: string]: string } = {
	S: 'syn',
	A: 'ack',
	P: 'push',
	F: 'fin',
	R: 'reset',
	U: 'urgent'
};
export const flagsOf = (names: readonly string[]): string => names.join(' and ');
export const packet = (n: number, from: string, to: string): string => `Packet ${n}, ${from} to ${to}`;
export const bytes = (n: number): string => `${n} bytes`;
export const retransmission = (n: number): string => `retransmission of ${n}`;

export const fragmentAt = (octet: number): string => `fragment at octet ${octet}`;
export const ports = (from: number, to: number): string => `${from} to ${to}`;
export const protocol = (n: number, octets: number): string => `protocol ${n}, ${octets} octets`;
export const octetsFrom = (n: number, seq: number): string => `${n} octet${n === 1 ? '' : 's'} from ${seq}`;
/** `record`: what of; null: the rest of an earlier one. */
export const sealed = (record: string | null, octets: number): string =>
	`${record ?? 'more of a record'}, ${octets} octet${octets === 1 ? '' : 's'}`;
export const noFlags = 'no flags';
export const moreLines = (n: number): string => `${n} more line${n === 1 ? '' : 's'}`;

export const echoReply = 'echo reply';
export const echoRequest = 'echo request';
export const timeToLive = 'time to live ran out';
export const reassemblyTime = 'reassembly time ran out';
export const fragmentation = 'fragmentation needed';
/** What cannot be reached, by ICMP's code. */
const goals = ['network', 'host', 'protocol', 'port'];
export const unreachable = (code: number): string => `${goals[code] ?? 'destination'} unreachable`;
export const icmp = (type: number, code: number): string => `type ${type}, code ${code}`;

/** A range of octets, both ends named. */
export const byteRange = (first: number, last: number): string =>
	first === last ? `byte ${first}` : `bytes ${first} to ${last}`;
export const bitRange = (first: number, last: number): string =>
	first === last ? `bit ${first}` : `bits ${first} to ${last}`;
export const bits = (n: number): string => `${n} bits`;
export const both = (one: string, other: string): string => `${one} and ${other}`;
