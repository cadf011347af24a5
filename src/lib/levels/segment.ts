/**
 * The TCP segment inside a packet, for matchers. Law: read through wire's strict parser, never past it: what a stack
 * would throw away meets no goal.
 */
import { parseIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { parseTcp, type TcpSegment } from '#lib/wire/tcp.ts';

const known = new WeakMap<Uint8Array, TcpSegment | null>();

/**
 * The segment in an IPv4 datagram; null where there is none, only a fragment of one, or one that is not right. A
 * packet's octets never change, so it is read once.
 */
export function segmentOf(bytes: Uint8Array): TcpSegment | null {
	let segment = known.get(bytes);
	if (segment === undefined) {
		segment = read(bytes);
		known.set(bytes, segment);
	}
	return segment;
}

function read(bytes: Uint8Array): TcpSegment | null {
	const ip = parseIpv4(bytes);
	if (!ip.ok || ip.packet.protocol !== TCP_PROTOCOL || ip.packet.mf || ip.packet.fragmentOffset) return null;
	const tcp = parseTcp(ip.packet.payload, ip.packet.src, ip.packet.dst);
	return tcp.ok ? tcp.packet : null;
}

/** What a datagram's TCP segment carries, latin1; '' where there is none. */
export function textOf(bytes: Uint8Array): string {
	const payload = segmentOf(bytes)?.payload ?? NOTHING;
	let text = '';
	for (const octet of payload) text += String.fromCharCode(octet);
	return text;
}

const NOTHING = new Uint8Array(0);
