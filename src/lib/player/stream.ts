/**
 * The octets of a TCP connection by direction and in order, as they passed on the wire: what was sent twice stands once,
 * what nobody saw is a gap. Pure, over the rows of a log. Law: runs and gaps of a direction follow each other without
 * holes from octet 0 on, and every run names the packet that it was read from.
 */
import type { Event } from '#lib/sim/event.ts';
import { diff } from '#lib/wire/seq.ts';
import type { PacketRow } from './packets.ts';

export interface Run {
	/** Octets of the stream, `[from, to)`. */
	readonly from: number;
	readonly to: number;
	/** Null: a gap. Else the first packet that arrived with them, or, where none did, the first sent. */
	readonly row: PacketRow | null;
	/** Octet of that packet with which the run begins. */
	readonly at: number;
	/** Numbers of the other packets that carried them. */
	readonly copies: readonly number[];
	/** None of the packets has come through, or will. */
	readonly lost: boolean;
	/** Number of the packet that carried them first; of a gap, of the one after it. */
	readonly first: number;
}

export interface Stream {
	/** Ids of the hosts. */
	readonly from: string;
	readonly to: string;
	readonly runs: readonly Run[];
	readonly length: number;
	/** The octets, gaps as zeros. */
	readonly octets: Uint8Array;
}

/** By the outside end of every translated connection its inside end (RFC 3022). */
function insides(log: readonly Event[]): ReadonlyMap<string, string> {
	return new Map(
		log.flatMap((event) => (event.kind === 'nat.mapped' ? [[event.outside, event.inside]] : []))
	);
}

/** One name for a connection on both sides of a translator: that with the inside ends. */
export function connectionNames(log: readonly Event[]): (connection: string) => string {
	const inside = insides(log);
	if (inside.size === 0) return (connection) => connection;
	return (connection) =>
		connection
			.split('>')
			.map((end) => inside.get(end) ?? end)
			.join('>');
}

/** The rows by conversation, in the order of their beginnings: between the same ends, from a SYN up to the next one's. */
export function conversationsOf(
	rows: readonly PacketRow[],
	nameOf: (connection: string) => string
): readonly (readonly PacketRow[])[] {
	const all: PacketRow[][] = [];
	const open = new Map<string, { readonly rows: PacketRow[]; readonly syn: number | null }>();
	for (const row of rows) {
		if (!row.tcp) continue;
		const name = nameOf(row.connection);
		const syn = row.flags === 'S' ? row.tcp.seq : null;
		let now = open.get(name);
		if (!now || (syn !== null && syn !== now.syn)) {
			now = { rows: [], syn };
			open.set(name, now);
			all.push(now.rows);
		}
		now.rows.push(row);
	}
	return all;
}

/** The rows of the conversation that `row` belongs to. */
export function conversationOf(
	rows: readonly PacketRow[],
	row: PacketRow,
	nameOf: (connection: string) => string
): readonly PacketRow[] {
	return conversationsOf(rows, nameOf).find((one) => one.includes(row)) ?? [];
}

/** Both directions of a conversation, the opener's first. */
export function streamsOf(rows: readonly PacketRow[]): readonly [Stream, Stream] | null {
	const opener = rows.find(({ flags }) => flags === 'S') ?? rows[0];
	if (!opener) return null;
	// a translator changes addresses on the way, and a router sends pieces of its own: then the way they go tells
	const isOut = ({ tcp, source, destination, direction }: PacketRow): boolean =>
		tcp?.srcPort === opener.tcp?.srcPort && source === opener.source
			? true
			: tcp?.dstPort === opener.tcp?.srcPort && destination === opener.source
				? false
				: direction === opener.direction;
	const out = rows.filter(isOut);
	const back = rows.filter((row) => !isOut(row));
	const other = back[0]?.from ?? opener.to;
	return [streamOf(out, opener.from, other), streamOf(back, other, opener.from)];
}

interface Piece {
	readonly row: PacketRow;
	readonly from: number;
	readonly to: number;
	readonly at: number;
}

const isLost = (row: PacketRow): boolean => row.lost !== undefined || row.arrives === null;

function piecesOf(rows: readonly PacketRow[]): Piece[] {
	const opening = rows.find(({ flags, tcp }) => tcp && flags.includes('S'));
	const first = opening ?? rows.find(({ tcp }) => tcp && tcp.length > 0);
	if (!first?.tcp) return [];
	const base = first.tcp.seq + (opening ? 1 : 0);
	return rows.flatMap((row): Piece[] => {
		const { tcp, flags, bytes } = row;
		if (!tcp || tcp.length === 0) return [];
		const offset = diff(tcp.seq, base >>> 0) + (flags.includes('S') ? 1 : 0);
		const skip = Math.max(0, -offset);
		if (skip >= tcp.length) return [];
		const end = Math.min(bytes.length, ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0));
		return [{ row, from: offset + skip, to: offset + tcp.length, at: end - tcp.length + skip }];
	});
}

function streamOf(rows: readonly PacketRow[], from: string, to: string): Stream {
	const pieces = piecesOf(rows);
	const order = [...pieces.filter(({ row }) => !isLost(row)), ...pieces.filter(({ row }) => isLost(row))];
	let runs: Run[] = [];
	for (const piece of order) {
		const { row } = piece;
		// as nearly all come: behind what there is
		if (piece.from >= (runs.at(-1)?.to ?? 0)) {
			const { from, to, at } = piece;
			runs.push({ from, to, row, at, copies: [], lost: isLost(row), first: row.packet });
			continue;
		}
		const news: Run[] = [];
		let next = piece.from;
		const fill = (upTo: number): void => {
			if (upTo > next)
				news.push({
					from: next,
					to: upTo,
					row,
					at: piece.at + next - piece.from,
					copies: [],
					lost: isLost(row),
					first: row.packet
				});
		};
		const kept = runs.map((run) => {
			if (run.to <= piece.from || run.from >= piece.to) return run;
			fill(run.from);
			next = Math.max(next, run.to);
			return { ...run, copies: [...run.copies, row.packet], first: Math.min(run.first, row.packet) };
		});
		fill(piece.to);
		runs = [...kept, ...news].sort((a, b) => a.from - b.from);
	}
	const whole = withGaps(runs);
	const length = whole.at(-1)?.to ?? 0;
	const octets = new Uint8Array(length);
	for (const { row, at, from: start, to: end } of whole)
		if (row) octets.set(row.bytes.subarray(at, at + end - start), start);
	return { from, to, runs: whole, length, octets };
}

function withGaps(runs: readonly Run[]): readonly Run[] {
	let next = 0;
	return runs.flatMap((run) => {
		const gap: Run = { ...run, from: next, to: run.from, row: null, at: 0, copies: [], lost: true };
		next = run.to;
		return gap.to > gap.from ? [gap, run] : [run];
	});
}

/** The run that holds an octet of the stream. */
export function runAt({ runs }: Stream, offset: number): Run | undefined {
	let low = 0;
	let high = runs.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((runs[middle]?.to ?? 0) <= offset) low = middle + 1;
		else high = middle;
	}
	return runs[low];
}
