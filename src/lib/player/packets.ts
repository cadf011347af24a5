/**
 * The packets of a log as rows: one per packet number, taken from its `packet.sent`, with what its headers say, and each
 * row in words. A row keeps its identity from one fold to the next while nothing about it changes, so that a list redraws
 * only what is new; headers are read once per packet, and leniently, for a broken packet is a row too.
 */
import type { DropReason, Event, EventOf, Micros } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/packet-rows.ts';
import type { Notes } from './analysis.ts';
import type { Decoded } from './decode.ts';
import { foldOf } from './packet-fold.ts';

/** What is told in sequence numbers. */
export type Counted = Pick<Decoded, 'tcp' | 'info'>;

export interface PacketRow extends Decoded {
	/** Packet number, from 1. */
	readonly packet: number;
	/** Log position of its `packet.sent`. */
	readonly seq: number;
	/** When it entered its (first) link. */
	readonly at: Micros;
	/** Time since the row before it; 0 for the first. */
	readonly since: Micros;
	readonly from: string;
	readonly to: string;
	readonly link: string;
	/** Right or left in the scenario's order of hosts. */
	readonly direction: '>' | '<';
	readonly bytes: Uint8Array;
	/** When it reaches `to`; null: it never does. */
	readonly arrives: Micros | null;
	/** Why it was dropped, once it was. */
	readonly lost?: DropReason;
	/** In words, with the place: `lost on desk-post`. */
	readonly lostWhere?: string;
	/** Why the connection that it reached took nothing of it, in words: `not taken at post: old`. */
	readonly untaken?: string;
	/** Packet number of the original, on a retransmission. */
	readonly again?: number;
	/** What the packets before it make of this one. */
	readonly analysis?: Notes;
	/** The same with sequence numbers that count from the SYN of their side, which has 0. */
	readonly fromSyn: Counted;
	/** Text of the connection, the active opener first, as in the events; '' where there is none. */
	readonly connection: string;
}

/** `lost on desk-post`, `bad checksum at post`. */
export function dropText(drop: EventOf<'packet.dropped'>): string {
	const why = words.drops[drop.reason];
	return drop.host === null ? words.droppedOn(why, drop.link) : words.droppedAt(why, drop.host);
}

/** One row per packet number, in the order of sending. The same array while no event since concerns a packet. */
export function packetRows(log: readonly Event[], scenario: Scenario): readonly PacketRow[] {
	return foldOf(log, scenario)?.rowsOf(log) ?? NONE;
}

const NONE: readonly PacketRow[] = [];

/** The last row before `row` of the same connection and direction: what "unchanged" is measured against. */
export function previousOf(rows: readonly PacketRow[], row: PacketRow | null): PacketRow | null {
	if (!row) return null;
	for (let i = rows.length - 1; i >= 0; i--) {
		const other = rows[i];
		if (
			other &&
			other.packet < row.packet &&
			other.direction === row.direction &&
			other.connection === row.connection &&
			(other.protocol !== 'ICMP') === (row.protocol !== 'ICMP')
		)
			return other;
	}
	return null;
}

/** What is remarked on a packet: by the analysis, where the log does not call it the repetition of another, and by the log. */
export function remarksBeside({ again, analysis, untaken }: PacketRow): readonly string[] {
	const found = analysis?.remarks ?? [];
	const remarks =
		again === undefined ? found : found.filter((remark) => !remark.startsWith('retransmission'));
	return untaken === undefined ? remarks : [...remarks, untaken];
}

/** A row for a listener: "Packet 9, desk to post, POP3, push and ack, 15 bytes: PASS lovelace". */
export function describeRow(row: PacketRow, info = row.info): string {
	const names = [...row.flags].map((letter) => words.flags[letter] ?? letter);
	const flags = names.length ? `${words.flagsOf(names)}, ` : '';
	const text = row.tcp?.length ? `${words.bytes(row.tcp.length)}: ${info}` : info;
	const again = row.again === undefined ? '' : `, ${words.retransmission(row.again)}`;
	const remarks = remarksBeside(row)
		.map((remark) => `, ${remark.replaceAll('#', '')}`)
		.join('');
	const lost = row.lostWhere === undefined ? '' : `, ${row.lostWhere}`;
	return `${words.packet(row.packet, row.from, row.to)}, ${row.protocol}, ${flags}${text}${again}${remarks}${lost}`;
}
