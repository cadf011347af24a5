/** The reference pages, in the order from the bytes up. */
export const TOPICS = [
	{
		slug: 'ipv4',
		name: 'IPv4',
		lead: 'Twenty octets in front of everything that travels here: from whom, to whom, and how far it may go.'
	},
	{
		slug: 'icmp',
		name: 'ICMP',
		lead: 'How hosts and routers tell each other that a packet did not make it, and why.'
	},
	{
		slug: 'udp',
		name: 'UDP',
		lead: 'The smallest header that still has ports: no promise that anything arrives.'
	},
	{
		slug: 'tcp',
		name: 'TCP',
		lead: 'How two hosts that lose, double and shuffle packets still hand over every octet once and in order.'
	},
	{
		slug: 'pop3',
		name: 'POP3',
		lead: 'The letters’ own words: every command, when it is good, and what answers it.'
	}
] as const;

export type Topic = (typeof TOPICS)[number]['slug'];
