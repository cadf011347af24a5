/**
 * A packet filter without memory: the first rule that fits a datagram decides, and what no rule fits passes. It sees one
 * datagram at a time, so ports and ICMP types are known only in the first fragment (RFC 1858 says what comes of that).
 */
import type { Address } from '#lib/wire/address.ts';
import { ICMP_PROTOCOL, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import type { Ipv4Packet } from '#lib/wire/ipv4.ts';
import { covers, parsePrefix } from './prefix.ts';

const PROTOCOLS = { icmp: ICMP_PROTOCOL, tcp: TCP_PROTOCOL, udp: UDP_PROTOCOL } as const;

export interface FilterRule {
	/** `drop` is silent; `reject` tells the sender (RFC 1812 §5.2.7.1: unreachable, code 13). */
	readonly action: 'pass' | 'drop' | 'reject';
	/** Address or prefix; absent fields fit everything. */
	readonly src?: string;
	readonly dst?: string;
	readonly protocol?: keyof typeof PROTOCOLS;
	/** Fit TCP and UDP only. */
	readonly srcPort?: number;
	readonly dstPort?: number;
	/** Fit ICMP only. */
	readonly icmpType?: number;
	readonly icmpCode?: number;
}

export interface Verdict {
	readonly action: FilterRule['action'];
	/** In words, with the rule's place from 1. */
	readonly detail: string;
}

function within(prefix: string | undefined, address: Address): boolean {
	return prefix === undefined || covers(parsePrefix(prefix), address);
}

function fits(rule: FilterRule, { src, dst, protocol, fragmentOffset, payload }: Ipv4Packet): boolean {
	if (!within(rule.src, src) || !within(rule.dst, dst)) return false;
	if (rule.protocol !== undefined && PROTOCOLS[rule.protocol] !== protocol) return false;
	const transport = fragmentOffset === 0;
	const ports = transport && (protocol === TCP_PROTOCOL || protocol === UDP_PROTOCOL) && payload.length >= 4;
	const icmp = transport && protocol === ICMP_PROTOCOL && payload.length >= 2;
	const word = (at: number) => (payload[at]! << 8) | payload[at + 1]!;
	if (rule.srcPort !== undefined && !(ports && word(0) === rule.srcPort)) return false;
	if (rule.dstPort !== undefined && !(ports && word(2) === rule.dstPort)) return false;
	if (rule.icmpType !== undefined && !(icmp && payload[0] === rule.icmpType)) return false;
	return rule.icmpCode === undefined || (icmp && payload[1] === rule.icmpCode);
}

const NONE_FITS: Verdict = { action: 'pass', detail: 'no rule fits' };

/** What the rules say of a datagram. */
export function judge(rules: readonly FilterRule[], datagram: Ipv4Packet): Verdict {
	if (rules.length === 0) return NONE_FITS;
	const at = rules.findIndex((rule) => fits(rule, datagram));
	const rule = rules[at];
	if (!rule) return NONE_FITS;
	return { action: rule.action, detail: `rule ${at + 1} says ${rule.action}` };
}
