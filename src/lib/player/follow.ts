/**
 * A connection to be read: both directions put in one order, as they passed on the wire or as a dialogue of commands and
 * their replies, and every octet with what is known of it. Pure. Law: the turns of either order hold every octet of both
 * streams once.
 */
import type { Event } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { PacketRow } from './packets.ts';
import { originAt, provenance, type Origin } from './provenance.ts';
import { conversationsOf, runAt, streamsOf, connectionNames, type Run, type Stream } from './stream.ts';

/** 0 the one that opened the connection, 1 the other. */
export type Side = 0 | 1;
export const ORDERS = ['wire', 'dialogue'] as const;
export type Order = (typeof ORDERS)[number];

export interface Followed {
	/** Number of its first packet, its name among the conversations of a run. */
	readonly first: number;
	readonly rows: readonly PacketRow[];
	readonly streams: readonly [Stream, Stream];
	readonly origins: readonly [readonly Origin[], readonly Origin[]];
}

/** A place in one of the streams. */
export interface Place {
	readonly side: Side;
	readonly octet: number;
}

/** Octets of one side that stand together, `[from, to)`. */
export interface Turn {
	readonly side: Side;
	readonly from: number;
	readonly to: number;
}

/** The conversations of a run, by their packets. */
export function conversations(
	rows: readonly PacketRow[],
	log: readonly Event[]
): readonly (readonly PacketRow[])[] {
	return conversationsOf(rows, connectionNames(log));
}

/** One of them, followed; null when it has no packet. */
export function follow(
	rows: readonly PacketRow[],
	log: readonly Event[],
	scenario: Scenario
): Followed | null {
	const [first] = rows;
	const streams = streamsOf(rows);
	if (!first || !streams) return null;
	const origins = provenance(streams[0], streams[1], first.connection, log, scenario);
	return { first: first.packet, rows, streams, origins };
}

interface Unit extends Turn {
	/** What the order goes by. */
	readonly key: number;
}

/** Units of both sides in the order of their keys; within a side they stay as they are. */
function merged(units: readonly [readonly Unit[], readonly Unit[]]): readonly Turn[] {
	const turns: Turn[] = [];
	const next: [number, number] = [0, 0];
	for (;;) {
		const [a, b] = [units[0][next[0]], units[1][next[1]]];
		const unit = a && b ? (b.key < a.key ? b : a) : (a ?? b);
		if (!unit) return turns;
		next[unit.side]++;
		const last = turns.at(-1);
		if (last?.side === unit.side && last.to === unit.from) turns[turns.length - 1] = { ...last, to: unit.to };
		else turns.push({ side: unit.side, from: unit.from, to: unit.to });
	}
}

const bothOf = <T>(make: (side: Side) => T): readonly [T, T] => [make(0), make(1)];

/** As they passed: each run where its first packet was. */
function onTheWire({ streams }: Followed): readonly Turn[] {
	return merged(
		bothOf((side) => {
			let key = 0;
			return streams[side].runs.map(({ from, to, first }): Unit => {
				key = Math.max(key, first);
				return { side, from, to, key };
			});
		})
	);
}

/** As they were meant: each reply behind its command. */
function inDialogue({ origins }: Followed): readonly Turn[] {
	return merged(
		bothOf((side) => {
			let key = -1;
			const known = origins[side].findLastIndex(({ event }) => event !== null);
			return origins[side].map(({ from, to, event }, i): Unit => {
				// what nobody has read yet comes last; what has no event of its own stays with what is before it
				key = i > known ? Infinity : Math.max(key, event ?? -1);
				return { side, from, to, key };
			});
		})
	);
}

/** The octets of both sides in an order. */
export function turnsOf(followed: Followed, order: Order): readonly Turn[] {
	return order === 'wire' ? onTheWire(followed) : inDialogue(followed);
}

export interface Told {
	readonly value: number;
	/** Null: no packet with it was seen. */
	readonly run: Run | null;
	/** Place in that packet. */
	readonly at: number;
	/** Its sequence number. */
	readonly sequence: number | null;
	/** Place in the text of the packet. */
	readonly nth: number;
	readonly origin: Origin | null;
	/** Packet that brought the command behind it; null where that is its own packet or not known. */
	readonly command: number | null;
}

/** What is known of an octet. */
export function tell({ streams, origins }: Followed, { side, octet }: Place): Told | null {
	const stream = streams[side];
	const run = runAt(stream, octet);
	if (!run || octet >= stream.length) return null;
	const origin = originAt(origins[side], octet) ?? null;
	const { row } = run;
	const at = run.at + octet - run.from;
	let nth = 0;
	let sequence: number | null = null;
	if (row?.tcp) {
		const end = Math.min(row.bytes.length, ((row.bytes[2] ?? 0) << 8) | (row.bytes[3] ?? 0));
		nth = at - (end - row.tcp.length);
		sequence = (row.tcp.seq + (row.flags.includes('S') ? 1 : 0) + nth) >>> 0;
	}
	return {
		value: stream.octets[octet] ?? 0,
		run: row ? run : null,
		at,
		sequence,
		nth,
		origin,
		command: commandOf()
	};

	function commandOf(): number | null {
		const event = origin?.event ?? null;
		if (side === 0 || event === null) return null;
		const asked = origins[0].findLast((one) => one.event !== null && one.event < event);
		return (asked && runAt(streams[0], asked.from)?.row?.packet) ?? null;
	}
}

/** Where the octets of a packet stand: the one with this bit of it, else the first; null when it has none here. */
export function placeOf({ streams }: Followed, packet: number | null, bit: number | null): Place | null {
	for (const side of [0, 1] as const) {
		const { runs } = streams[side];
		const own = runs.filter(({ row }) => row !== null && row.packet === packet);
		const run =
			own.find((one) => bit !== null && one.at * 8 <= bit && bit < (one.at + one.to - one.from) * 8) ??
			own[0] ??
			runs.find(({ copies }) => packet !== null && copies.includes(packet));
		if (!run) continue;
		const inside = bit === null ? 0 : (bit >> 3) - run.at;
		return { side, octet: run.from + (inside >= 0 && inside < run.to - run.from ? inside : 0) };
	}
	return null;
}
