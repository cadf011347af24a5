/**
 * The scenarios of the campaign: hosts, addresses, links and boxes. Law: one function each, plain data out; a level
 * changes what it needs by argument and repeats nothing.
 */
import type { Scenario, Pop3Spec, StackSpec } from '#lib/sim/scenario.ts';
import type { Micros } from '#lib/sim/event.ts';

/** One-way delay of a link unless a level says otherwise. */
const DELAY: Micros = 20_000;
/** Largest IP datagram on an Ethernet link (RFC 894). */
const MTU = 1500;

/** The lessons' initial sequence numbers: easy to read, and as no real stack should choose them (RFC 9293 §3.4.1). */
export const ISN = { desk: 1000, post: 5000 } as const;

/** Lesson stacks: MSS 1460, sequence numbers that are easy to read. */
function stack(isn: number): Partial<StackSpec> {
	return { isn, mss: 1460, ttl: 64 };
}

export const ADA = {
	name: 'ada',
	password: 'lovelace',
	box: ['welcome', 'won', 'dots', 'photo']
} as const;

const POST: Pop3Spec = {
	port: 110,
	personality: 'post',
	greeting: 'POP3 post.example ready',
	users: [ADA]
};

/** `desk --- post`: one link of 20 ms and 1500 octets. */
export function t0(pop3: Partial<Pop3Spec> = {}): Scenario {
	return {
		hosts: [
			{ id: 'desk', role: 'client', address: '192.0.2.10', stack: stack(ISN.desk) },
			{
				id: 'post',
				role: 'server',
				aliases: ['post.example', 'mail.post.example'],
				address: '198.51.100.25',
				stack: stack(ISN.post),
				pop3: { ...POST, ...pop3 }
			}
		],
		links: [{ id: 'desk-post', ends: ['desk', 'post'], delay: DELAY, mtu: MTU }]
	};
}
