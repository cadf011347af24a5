/** What the analysis says of one packet. Packets are named by their number in the capture, from 1; times are µs. */
import type { Mark } from './marks.ts';

/** Integer microseconds. */
export type Micros = number;

/** What a capture gives of a packet. */
export interface Seen {
	readonly at: Micros;
	/** Its number; absent: one after the packet before. */
	readonly packet?: number;
	/** A raw IPv4 datagram; empty where the packet carries something else. */
	readonly bytes: Uint8Array;
	/** Octets that were on the link, when fewer were kept. */
	readonly originalLength?: number;
}

export interface Ends {
	/** `192.0.2.10:49152`, of the side that opened the conversation, or else was seen first. */
	readonly opener: string;
	readonly other: string;
}

export interface TcpRow {
	/** Number of the conversation among those over TCP, from 0. */
	readonly conversation: number;
	readonly ends: Ends;
	/** Whether the opener sent it. */
	readonly outward: boolean;
	/** Relative: the SYN has 0, the first octet 1. */
	readonly seq: number;
	/** Relative; null without ACK. */
	readonly ack: number | null;
	/** Octets of text. */
	readonly length: number;
	readonly marks: readonly Mark[];
	/** On a retransmission: the packet that first began at its sequence number, when it was seen. */
	readonly original?: number;
	/** On a duplicate ACK: which duplicate it is, from 1, and of which packet. */
	readonly duplicate?: { readonly count: number; readonly of: number };
	/** The packet whose end it acknowledges, and the time since that was sent. */
	readonly acknowledges?: { readonly packet: number; readonly after: Micros };
	/** From the SYN to the ACK that ended the handshake, once it has. */
	readonly initialRoundTrip?: Micros;
	/** Octets sent this way and not acknowledged, this segment included. */
	readonly inFlight?: number;
}

export interface PieceRow {
	/** The first packet that carried a piece of the same datagram. */
	readonly first: number;
	/** Set on the packet that makes the datagram whole: all that carried a piece, in order. */
	readonly whole?: readonly number[];
}

export interface EchoRow {
	readonly kind: 'request' | 'reply';
	/** On a reply: its request, and the time since. */
	readonly answers?: { readonly packet: number; readonly after: Micros };
}

export interface Analysed {
	readonly packet: number;
	readonly tcp?: TcpRow;
	/** Number of the conversation among those over UDP, from 0. */
	readonly udp?: { readonly conversation: number; readonly ends: Ends };
	readonly piece?: PieceRow;
	readonly echo?: EchoRow;
	/** On an ICMP error: the packet that it is about, when it was seen. */
	readonly about?: number;
}
