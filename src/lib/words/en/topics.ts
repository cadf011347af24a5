/** The topics of the reference, and the states of a POP3 session, each in a sentence. */

export const leads = {
	ipv4: 'Twenty octets in front of everything that travels here: from whom, to whom, and how far it may go.',
	icmp: 'How hosts and routers tell each other that a packet did not make it, and why.',
	udp: 'The smallest header that still has ports: no promise that anything arrives.',
	tcp: 'Packets get lost, doubled and shuffled. How two hosts still hand over every octet once and in order.',
	pop3: 'The letters’ own words: every command, when it is good, and what answers it.'
} as const;
export const pop3States = {
	AUTHORIZATION: 'The line is open and the server has greeted. Nobody has shown papers yet.',
	TRANSACTION: 'The maildrop is open and locked for this session: count, carry, mark.',
	UPDATE:
		'QUIT was given after a login: what is marked is deleted now, the lock is released, the line is closed.'
} as const;
