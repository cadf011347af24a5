/**
 * A whole capture judged, packet by packet: TCP conversations through RFC 9293's table, POP3 sessions against RFC 1939.
 * Law: a fold that goes forwards once; octets from anywhere never make it throw, and what it keeps is bounded.
 */
import { analyse, createAnalysis } from '#lib/capture/analysis/analyse.ts';
import type { Mark } from '#lib/capture/analysis/marks.ts';
import type { Ends, TcpRow } from '#lib/capture/analysis/row.ts';
import { octetsOf, type PacketTable } from '#lib/capture/table.ts';
import type { TcpState } from '#lib/tcp/states.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { FIN, RST, SYN } from '#lib/wire/tcp.ts';
import type { Told } from './dialogue.ts';
import { Pop3Judge } from './pop3.ts';
import type { Boxes } from './session.ts';
import { Stream } from './stream.ts';
import { TcpJudge, type Moved } from './tcp.ts';
import type { Verdict } from './verdict.ts';

/** What a packet did beside arriving, for a log. `conversation` is a position among the conversations. */
export interface Deed {
	/** Number of the packet. */
	readonly packet: number;
	readonly conversation: number;
	readonly moved?: Moved;
	readonly told?: Told;
}

export interface ConversationReport {
	readonly ends: Ends;
	readonly packets: number;
	readonly octets: number;
	/** Numbers of its first and last packet. */
	readonly first: number;
	readonly last: number;
	/** States reached, of the opener and of the other end. */
	readonly states: readonly [TcpState, TcpState];
	readonly tcp: Verdict;
	readonly pop3: { readonly user: string; readonly verdict: Verdict } | null;
}

export interface Remark {
	readonly mark: Mark;
	readonly count: number;
	/** The first of them. */
	readonly packets: readonly number[];
}

export interface Judgement {
	readonly conversations: readonly ConversationReport[];
	/** Conversations beyond those that are kept. */
	readonly more: number;
	readonly remarks: readonly Remark[];
	readonly deeds: readonly Deed[];
}

/** Bounds on what is kept of a capture. */
const MOST_CONVERSATIONS = 10_000;
const MOST_DEEDS = 400_000;
const MOST_PACKETS = 100;
const POP3_PORT = 110;
const controls = TCP.run('cwr', 'fin').get;
const NONE = new Uint8Array(0);

interface Watched {
	readonly number: number;
	readonly ends: Ends;
	packets: number;
	octets: number;
	readonly first: number;
	last: number;
	readonly tcp: TcpJudge;
	readonly out: Stream;
	readonly back: Stream;
	pop3: Pop3Judge | null;
	/** Its first text has been seen. */
	spoken: boolean;
}

export class CaptureJudge {
	readonly #analysis = createAnalysis();
	readonly #watched: Watched[] = [];
	readonly #deeds: Deed[] = [];
	readonly #marks = new Map<Mark, { count: number; packets: number[] }>();
	readonly #boxes: Boxes = new Map();
	#at = 0;

	/** The next datagram of the table, `i`. */
	take(table: PacketTable, i: number): void {
		const bytes = octetsOf(table, i);
		const packet = table.number[i]!;
		const at = table.at[i]!;
		this.#at = at;
		const { tcp, piece } = analyse(this.#analysis, { at, packet, bytes, originalLength: table.original[i]! });
		if (!tcp) return;
		for (const mark of tcp.marks) this.#mark(mark, packet);
		const watched = this.#find(tcp, packet, bytes, piece !== undefined);
		if (!watched) return;
		watched.packets++;
		watched.octets += table.original[i]!;
		watched.last = packet;
		const start = IPV4.get.ihl(bytes, 0) * 4;
		// of a datagram in pieces the last brings the segment, and its octets are elsewhere
		const flags = piece || bytes.length < start + TCP.octets ? 0 : controls(bytes, start);
		if (piece) {
			if (tcp.length > 0) watched.pop3?.torn(packet);
			return;
		}
		for (const moved of watched.tcp.take(tcp, flags, packet))
			this.#deed({ packet, conversation: watched.number, moved });
		const from = start + TCP.get.dataOffset(bytes, start) * 4;
		const text = tcp.length > 0 ? bytes.subarray(Math.min(from, bytes.length)) : NONE;
		this.#hear(watched, tcp, text, flags, packet);
	}

	judgement(): Judgement {
		for (const { pop3, last } of this.#watched) pop3?.closed(null, last, this.#at);
		return {
			conversations: this.#watched.map(({ ends, packets, octets, first, last, tcp, pop3 }) => ({
				ends,
				packets,
				octets,
				first,
				last,
				states: tcp.states,
				tcp: tcp.verdict(),
				pop3: pop3 && { user: pop3.user, verdict: pop3.verdict() }
			})),
			more: Math.max(0, this.#analysis.tcp.count - this.#watched.length),
			remarks: [...this.#marks].map(([mark, { count, packets }]) => ({ mark, count, packets })),
			deeds: this.#deeds
		};
	}

	#find(tcp: TcpRow, packet: number, bytes: Uint8Array, inPieces: boolean): Watched | null {
		const known = this.#watched[tcp.conversation];
		if (known || tcp.conversation >= MOST_CONVERSATIONS) return known ?? null;
		const start = IPV4.get.ihl(bytes, 0) * 4;
		const begins = !inPieces && bytes.length >= start + TCP.octets && (controls(bytes, start) & SYN) !== 0;
		const next = begins ? 1 : null;
		const watched: Watched = {
			number: tcp.conversation,
			ends: tcp.ends,
			packets: 0,
			octets: 0,
			first: packet,
			last: packet,
			tcp: new TcpJudge(),
			out: new Stream(next),
			back: new Stream(next),
			pop3: null,
			spoken: false
		};
		// what the capture did not see begin is not judged above TCP
		if (begins && tcp.ends.other.endsWith(`:${POP3_PORT}`)) watched.pop3 = this.#session(watched);
		watched.spoken = !begins;
		this.#watched[tcp.conversation] = watched;
		return watched;
	}

	#session({ ends, number }: Watched): Pop3Judge {
		return new Pop3Judge(ends.other, this.#boxes, (told, packet) =>
			this.#deed({ packet, conversation: number, told })
		);
	}

	#hear(watched: Watched, tcp: TcpRow, text: Uint8Array, flags: number, packet: number): void {
		const { outward, seq, length } = tcp;
		if (!watched.spoken && length > 0) {
			watched.spoken = true;
			// a server that speaks first, and so
			const greets = !outward && /^(\+OK|-ERR)[ \r]/.test(String.fromCharCode(...text.subarray(0, 5)));
			if (greets) watched.pop3 ??= this.#session(watched);
		}
		const { pop3 } = watched;
		if (!pop3) return;
		const stream = outward ? watched.out : watched.back;
		for (const run of stream.take(seq, text, length, packet)) {
			if (outward) pop3.client(run.octets, run.packet, this.#at);
			else pop3.server(run.octets, run.packet, this.#at);
		}
		if (stream.broken) pop3.torn(packet);
		if (flags & (FIN | RST)) {
			if (stream.waits) pop3.torn(packet);
			pop3.closed(outward ? 'client' : 'server', packet, this.#at);
		}
	}

	#mark(mark: Mark, packet: number): void {
		const known = this.#marks.get(mark) ?? { count: 0, packets: [] };
		known.count++;
		if (known.packets.length < MOST_PACKETS) known.packets.push(packet);
		this.#marks.set(mark, known);
	}
	#deed(deed: Deed): void {
		if (this.#deeds.length < MOST_DEEDS) this.#deeds.push(deed);
	}
}
