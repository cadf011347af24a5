/** What a host's stack is set to where its scenario says nothing: the values of a plain lesson host. */
import { LESSON } from '#lib/tcp/connection.ts';
import type { HostSpec, StackSpec } from './scenario.ts';
import { SECOND } from './time.ts';

/** An `isn` of null is drawn anew for each connection (RFC 9293 §3.4.1). */
export type Stack = Omit<StackSpec, 'isn'> & { readonly isn: number | null };

export const DEFAULT_STACK: Stack = {
	...LESSON,
	isn: null,
	/** An Ethernet frame's 1500 octets less 20 of IP and 20 of TCP (RFC 9293 §3.7.1, RFC 6691). */
	mss: 1460,
	/** The largest that needs no window scaling (RFC 7323 §2.2). */
	receiveBuffer: 65_535,
	/** First of the dynamic ports (RFC 6335 §6). */
	firstPort: 49_152,
	/** Enough for any lesson, and an end to a flood of SYNs (RFC 4987 §3). */
	backlog: 128,
	/** RFC 6298 §2.1. */
	rto: SECOND,
	/**
	 * RFC 9293 §3.4.2 takes 2 minutes and calls it an engineering choice. 30 s gives the TIME-WAIT of 60 s that Linux has,
	 * which is what a person will meet on a real machine.
	 */
	msl: 30 * SECOND,
	/** RFC 1700's recommended default. */
	ttl: 64,
	/** Path MTU discovery is what every present stack does (RFC 1191 §3). */
	df: true
};

export function stackOf(spec: HostSpec): Stack {
	return { ...DEFAULT_STACK, ...spec.stack };
}
