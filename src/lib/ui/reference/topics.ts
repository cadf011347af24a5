/** The reference pages, in the order from the bytes up. */
import * as words from '#words/topics.ts';

export const TOPICS = [
	{
		slug: 'ipv4',
		name: 'IPv4',
		lead: words.leads.ipv4
	},
	{
		slug: 'icmp',
		name: 'ICMP',
		lead: words.leads.icmp
	},
	{
		slug: 'udp',
		name: 'UDP',
		lead: words.leads.udp
	},
	{
		slug: 'tcp',
		name: 'TCP',
		lead: words.leads.tcp
	},
	{
		slug: 'pop3',
		name: 'POP3',
		lead: words.leads.pop3
	}
] as const;

export type Topic = (typeof TOPICS)[number]['slug'];
