/**
 * Reads a capture as somebody who understands TCP would: `analyse` takes one packet after the other and says of each what
 * it means in the light of those before it. Its law: a fold that only goes forwards, in constant time a packet, with a
 * bound on what it remembers of each conversation; octets from anywhere never make it throw.
 */
import { converse, createConversations, endsOf, pairKey, type Conversations } from './conversation.ts';
import { createMessages, takeDatagram, takeMessage, type Messages } from './icmp.ts';
import { createPieces, takePiece, type Pieces } from './pieces.ts';
import {
	ICMP_PROTOCOL,
	readDatagram,
	readSegment,
	TCP_PROTOCOL,
	UDP_PROTOCOL,
	type Datagram
} from './read.ts';
import type { Analysed, Seen } from './row.ts';

/** What the packets so far have taught; changed by `analyse`. */
export interface Analysis {
	/** Number of the latest packet. */
	latest: number;
	readonly tcp: Conversations;
	/** The latest between two ends. */
	readonly udp: Map<string, NonNullable<Analysed['udp']>>;
	udpCount: number;
	readonly pieces: Pieces;
	readonly messages: Messages;
}

export function createAnalysis(): Analysis {
	return {
		latest: 0,
		tcp: createConversations(),
		udp: new Map(),
		udpCount: 0,
		pieces: createPieces(),
		messages: createMessages()
	};
}

/** The next packet of the capture. */
export function analyse(
	analysis: Analysis,
	{ at, bytes, originalLength, packet = analysis.latest + 1 }: Seen
): Analysed {
	analysis.latest = packet;
	const datagram = readDatagram(bytes, originalLength);
	if (!datagram) return { packet };
	takeDatagram(analysis.messages, datagram, packet);
	if (datagram.offset === 0 && !datagram.more)
		return { packet, ...transport(analysis, datagram, datagram.payload, datagram.length, packet, at) };
	const { first, whole } = takePiece(analysis.pieces, datagram, packet);
	if (!whole) return { packet, piece: { first } };
	return {
		packet,
		piece: { first, whole: whole.packets },
		...transport(analysis, datagram, whole.head, whole.length, packet, at)
	};
}

/**
 * Packet `packet`, analysed when it was `before`, goes on as `now`: a translator has rewritten its ends (RFC 3022). Replies
 * and errors come to the new ones; they belong to the same conversation. Of nothing else does this take note.
 */
export function rewritten(
	analysis: Analysis,
	before: Uint8Array,
	now: Uint8Array,
	packet: number,
	at: number
): void {
	const [inside, outside] = [readDatagram(before), readDatagram(now)];
	if (!inside || !outside) return;
	takeDatagram(analysis.messages, outside, packet);
	if (outside.offset > 0 || outside.more) return;
	const { src, dst, protocol, payload } = outside;
	if (protocol === ICMP_PROTOCOL) takeMessage(analysis.messages, src, dst, payload, packet, at);
	const [from, to] = [portsOf(inside), portsOf(outside)];
	if (!from || !to) return;
	const tcp = protocol === TCP_PROTOCOL && analysis.tcp.latest.get(from);
	const udp = protocol === UDP_PROTOCOL && analysis.udp.get(from);
	if (tcp) analysis.tcp.latest.set(to, tcp);
	if (udp) analysis.udp.set(to, udp);
}

/** The ends of a datagram whose payload begins with two ports; null: they are not there. */
function portsOf({ src, dst, payload }: Datagram): string | null {
	if (payload.length < 4) return null;
	return pairKey(src, (payload[0]! << 8) | payload[1]!, dst, (payload[2]! << 8) | payload[3]!);
}

/** What the payload of a whole datagram says; `length` octets, of which `payload` are here. */
function transport(
	analysis: Analysis,
	{ src, dst, protocol }: Datagram,
	payload: Uint8Array,
	length: number,
	packet: number,
	at: number
): Omit<Analysed, 'packet'> {
	if (protocol === TCP_PROTOCOL) {
		const segment = readSegment(payload, length);
		return segment ? { tcp: converse(analysis.tcp, src, dst, segment, packet, at) } : {};
	}
	if (protocol === ICMP_PROTOCOL) return takeMessage(analysis.messages, src, dst, payload, packet, at);
	if (protocol !== UDP_PROTOCOL || payload.length < 8) return {};
	const srcPort = (payload[0]! << 8) | payload[1]!;
	const dstPort = (payload[2]! << 8) | payload[3]!;
	const key = pairKey(src, srcPort, dst, dstPort);
	let udp = analysis.udp.get(key);
	if (!udp) {
		udp = { conversation: analysis.udpCount++, ends: endsOf(src, srcPort, dst, dstPort) };
		analysis.udp.set(key, udp);
	}
	return { udp };
}
