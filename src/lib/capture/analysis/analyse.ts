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
	readonly udp: Map<string, NonNullable<Analysed['udp']>>;
	readonly pieces: Pieces;
	readonly messages: Messages;
}

export function createAnalysis(): Analysis {
	return {
		latest: 0,
		tcp: createConversations(),
		udp: new Map(),
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
		udp = { conversation: analysis.udp.size, ends: endsOf(src, srcPort, dst, dstPort) };
		analysis.udp.set(key, udp);
	}
	return { udp };
}
