/** Which datagrams a scripted fault is about: those that enter the link in its span of time and fit its selector. */
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import type { Micros } from '../event.ts';
import type { Line } from './fault.ts';
import type { FaultSpec, Selector } from './spec.ts';
import { indexOf } from './tamper.ts';

const PROTOCOLS = { icmp: ICMP_PROTOCOL, tcp: TCP_PROTOCOL, udp: UDP_PROTOCOL } as const;
const flagsOf = TCP.run('cwr', 'fin').get;

/** Whether `bytes` fit everything but `nth`. */
export function fits(match: Selector, bytes: Uint8Array): boolean {
	const { get } = IPV4;
	const header = get.ihl(bytes, 0) * 4;
	const protocol = get.protocol(bytes, 0);
	const offset = get.fragmentOffset(bytes, 0);
	const transport = offset === 0 && bytes.length >= header + 8;
	const tcp = transport && protocol === TCP_PROTOCOL && bytes.length >= header + TCP.octets;
	const ports = tcp || (transport && protocol === UDP_PROTOCOL);
	const word = (at: number) => (bytes[header + at]! << 8) | bytes[header + at + 1]!;
	const { srcPort, dstPort, flags, data, fragment, longerThan, carries } = match;
	if (match.protocol !== undefined && PROTOCOLS[match.protocol] !== protocol) return false;
	if (srcPort !== undefined && !(ports && word(0) === srcPort)) return false;
	if (dstPort !== undefined && !(ports && word(2) === dstPort)) return false;
	if (flags !== undefined && !(tcp && (flagsOf(bytes, header) & flags) === flags)) return false;
	const octets = bytes.length - header - TCP.get.dataOffset(bytes, header) * 4;
	if (data !== undefined && !(tcp && octets > 0 === data)) return false;
	if (fragment !== undefined && (offset > 0 || get.mf(bytes, 0) === 1) !== fragment) return false;
	if (longerThan !== undefined && bytes.length <= longerThan) return false;
	return carries === undefined || indexOf(bytes, carries, header) >= 0;
}

/** What is chosen takes the faulty line, everything else the line beneath it. */
export function chosen(spec: FaultSpec, inner: Line, faulty: Line): Line {
	const { from = 0, to = Infinity, match = {} } = spec;
	let seen = 0;
	function chooses(bytes: Uint8Array, now: Micros): boolean {
		if (now < from || now >= to || !fits(match, bytes)) return false;
		seen++;
		return match.nth === undefined || match.nth.includes(seen);
	}
	return { carry: (bytes, now) => (chooses(bytes, now) ? faulty : inner).carry(bytes, now) };
}
