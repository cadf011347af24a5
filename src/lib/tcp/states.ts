/** The eleven states of RFC 9293 §3.3.2 as data; the table itself is being written. */
export const TCP_STATES = [
	'CLOSED',
	'LISTEN',
	'SYN-SENT',
	'SYN-RECEIVED',
	'ESTABLISHED',
	'FIN-WAIT-1',
	'FIN-WAIT-2',
	'CLOSE-WAIT',
	'CLOSING',
	'LAST-ACK',
	'TIME-WAIT'
] as const;
export type TcpState = (typeof TCP_STATES)[number];
export type TcpEvent = string;
