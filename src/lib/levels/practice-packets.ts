/** What the morning round reads from a run: its TCP segments, each as a line of text, and the replies they carry. Pure. */
import type { Event, EventOf } from '#lib/sim/event.ts';
import { parseIpv4 } from '#lib/wire/ipv4.ts';
import { ACK, FIN, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { segmentOf, textOf } from './segment.ts';

/** A packet with a whole TCP segment. */
export interface Sent extends EventOf<'packet.sent'> {
	readonly segment: TcpSegment;
}

/** In the order in which they were sent. */
export function packetsOf(log: readonly Event[]): Sent[] {
	return log.flatMap((event) => {
		const segment = event.kind === 'packet.sent' ? segmentOf(event.bytes) : null;
		return event.kind === 'packet.sent' && segment ? [{ ...event, segment }] : [];
	});
}

const FLAGS: readonly (readonly [number, string])[] = [
	[SYN, 'SYN'],
	[FIN, 'FIN'],
	[ACK, 'ACK']
];
/** `SYN,ACK`. */
export const flagsOf = ({ flags }: TcpSegment): string =>
	FLAGS.flatMap(([bit, name]) => (flags & bit ? [name] : [])).join(',');
/** Sequence numbers that a segment uses up. */
export const uses = ({ payload, flags }: TcpSegment): number =>
	payload.length + (flags & SYN ? 1 : 0) + (flags & FIN ? 1 : 0);

/** A packet in one line. */
export function lineOf({ from, to, segment }: Sent): string {
	const ack = segment.flags & ACK ? `, ack ${segment.ack}` : '';
	return `${from} → ${to}: ${flagsOf(segment)}, seq ${segment.seq}${ack}, ${segment.payload.length} bytes`;
}

/** The packets in which a reply of post travels, by the command before it. */
export function replies(log: readonly Event[]): { line: string; packets: Sent[] }[] {
	const all = packetsOf(log).filter(({ segment }) => segment.payload.length > 0);
	const found: { line: string; packets: Sent[] }[] = [];
	for (const sent of all) {
		if (sent.from === 'desk') found.push({ line: textOf(sent.bytes).trim(), packets: [] });
		else found.at(-1)?.packets.push(sent);
	}
	return found.filter(({ packets }) => packets.length > 0);
}

/** Octets of an IPv4 header without options. */
export const HEADER = 20;

interface Piece {
	readonly from: string;
	readonly to: string;
	/** In units of 8 octets. */
	readonly offset: number;
	/** Octets behind the header. */
	readonly data: number;
}

/** Datagrams that desk cut for its link: the pieces of each in order. */
export function cutsOf(log: readonly Event[]): (readonly Piece[])[] {
	const cuts = new Map<number, Piece[]>();
	for (const event of log) {
		if (event.kind !== 'packet.sent' || event.from !== 'desk') continue;
		const ip = parseIpv4(event.bytes);
		if (!ip.ok || (!ip.packet.mf && ip.packet.fragmentOffset === 0)) continue;
		const { id, fragmentOffset: offset, payload } = ip.packet;
		const piece = { from: event.from, to: event.to, offset, data: payload.length };
		cuts.set(id, [...(cuts.get(id) ?? []), piece]);
	}
	return [...cuts.values()].map((pieces) => pieces.toSorted((a, b) => a.offset - b.offset));
}
