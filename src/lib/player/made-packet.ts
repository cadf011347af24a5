/**
 * One packet of each kind to try things on: every field of its header may be set to anything, and a checksum is put
 * right only when that is asked for. Pure: octets in, octets out.
 */
import type { Event } from '#lib/sim/event.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { checksum, finish, pseudoHeader, sum } from '#lib/wire/checksum.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { ICMP } from '#lib/wire/icmp-header.ts';
import { ICMP_PROTOCOL, IPV4, TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { encodeIpv4, ipv4Checksum } from '#lib/wire/ipv4.ts';
import type { Header, Placed } from '#lib/wire/layout.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { ACK, encodeTcp, PSH } from '#lib/wire/tcp.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import { encodeUdp, UDP, udpChecksum } from '#lib/wire/udp.ts';

const SRC = parseAddress('192.0.2.10');
const DST = parseAddress('198.51.100.25');
const WORDS = fromLatin1('USER ada\r\n');

/** The header that is played with, and where it begins. */
export const MADE = {
	ipv4: { header: IPV4, at: 0 },
	tcp: { header: TCP, at: IPV4.octets },
	udp: { header: UDP, at: IPV4.octets },
	icmp: { header: ICMP, at: IPV4.octets }
} as const satisfies Record<string, { header: Header; at: number }>;
export type MadeKind = keyof typeof MADE;

/** A whole datagram with nothing wrong in it. */
export function madePacket(kind: MadeKind): Uint8Array {
	const ip = (protocol: number, payload: Uint8Array) =>
		encodeIpv4({ src: SRC, dst: DST, protocol, id: 7238, df: 1 }, payload);
	if (kind === 'udp')
		return ip(UDP_PROTOCOL, encodeUdp({ srcPort: 49152, dstPort: 110, payload: WORDS }, SRC, DST));
	if (kind === 'icmp')
		return ip(ICMP_PROTOCOL, encodeIcmp({ kind: 'echoRequest', identifier: 110, sequence: 1, data: WORDS }));
	const segment = {
		srcPort: 49152,
		dstPort: 110,
		seq: 1001,
		ack: 5030,
		flags: PSH | ACK,
		window: 65_535,
		urgent: 0,
		options: [],
		payload: WORDS
	};
	return ip(TCP_PROTOCOL, encodeTcp(segment, SRC, DST));
}

/** The same octets with one field changed and nothing else: a checksum is now what it was. */
export function withField(bytes: Uint8Array, kind: MadeKind, field: Placed, value: number): Uint8Array {
	const changed = bytes.slice();
	field.write(changed, MADE[kind].at, value);
	return changed;
}

/** The same octets with the checksum of that header put right. */
export function withChecksum(bytes: Uint8Array, kind: MadeKind): Uint8Array {
	const changed = bytes.slice();
	const from = IPV4.octets;
	const to = changed.length;
	if (kind === 'ipv4') IPV4.set.checksum(changed, 0, ipv4Checksum(changed, 0, from));
	else if (kind === 'udp') UDP.set.checksum(changed, from, udpChecksum(changed, from, to, SRC, DST));
	else if (kind === 'icmp') {
		ICMP.set.checksum(changed, from, 0);
		ICMP.set.checksum(changed, from, checksum(changed, from, to));
	} else {
		TCP.set.checksum(changed, from, 0);
		const [src, dst] = [IPV4.get.src(changed, 0), IPV4.get.dst(changed, 0)];
		const total = sum(changed, from, to, pseudoHeader(src, dst, TCP_PROTOCOL, to - from));
		TCP.set.checksum(changed, from, finish(total));
	}
	return changed;
}

/** A log in which these octets travel. */
export function logOfPacket(bytes: Uint8Array): readonly Event[] {
	const sent = {
		kind: 'packet.sent',
		packet: 1,
		link: 'desk-post',
		from: 'desk',
		to: 'post',
		bytes
	} as const;
	return [{ seq: 0, at: 0, cause: null, ...sent, arrives: 20_000 }];
}
