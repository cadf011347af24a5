/**
 * How the other packets of a list stand to one of them: what it acknowledges and what acknowledges it, what repeats it,
 * the pieces of one datagram, questions and replies. Only what a bystander can know: numbers and order. Law: no further
 * than so many packets are looked at, so that a choice in a long list costs what it costs in a short one.
 */
import type { TcpRow } from '#lib/capture/analysis/row.ts';
import { add, gt, lte } from '#lib/wire/seq.ts';
import * as words from '#words/relations.ts';
import type { PacketRow } from './packets.ts';

export type RelationKind = 'acknowledges' | 'acknowledged' | 'again' | 'piece' | 'reply';

export interface Relation {
	readonly kind: RelationKind;
	/** Of the packet that it stands beside: `acknowledged by #12`. */
	readonly text: string;
	/** The number of the other one. */
	readonly other: number;
}

/** By packet number, the chosen one among them. */
export type Relations = ReadonlyMap<number, readonly Relation[]>;

/** Packets that are looked at before and after the chosen one. */
const MOST_LOOKED = 4096;
/** Relations that are told of one packet. */
const MOST_TOLD = 4;

export function relationsOf(all: readonly PacketRow[], chosen: PacketRow | null): Relations {
	const found = new Map<number, Relation[]>();
	const middle = chosen ? all.indexOf(chosen) : -1;
	if (!chosen || middle < 0) return found;
	const before = all.slice(Math.max(0, middle - MOST_LOOKED), middle);
	const after = all.slice(middle + 1, middle + 1 + MOST_LOOKED);

	const put = (packet: number, other: number, kind: RelationKind, text: string): void => {
		const list = found.get(packet) ?? [];
		found.set(packet, list);
		if (list.length < MOST_TOLD && !list.some((one) => one.text === text)) list.push({ kind, text, other });
	};
	const acknowledges = (one: PacketRow, other: PacketRow): void => {
		put(one.packet, other.packet, 'acknowledges', words.acknowledges(other.packet));
		put(other.packet, one.packet, 'acknowledged', words.acknowledged(one.packet));
	};
	const repeats = (one: PacketRow, other: PacketRow): void => {
		put(one.packet, other.packet, 'again', words.retransmission(other.packet));
		put(other.packet, one.packet, 'again', words.sentAgain(one.packet));
	};
	const replies = (one: PacketRow, other: PacketRow): void => {
		put(one.packet, other.packet, 'reply', words.reply(other.packet));
		put(other.packet, one.packet, 'reply', words.answered(one.packet));
	};
	const reports = (one: PacketRow, other: PacketRow): void => {
		put(one.packet, other.packet, 'reply', words.about(other.packet));
		put(other.packet, one.packet, 'reply', words.reported(one.packet));
	};

	const [talked, follows] = [talkOf(before, chosen), talkOf(after, chosen)];
	for (const other of acknowledgedBy(talked, chosen)) acknowledges(chosen, other);
	const acknowledgment = acknowledgmentOf(follows, chosen);
	if (acknowledgment) acknowledges(acknowledgment, chosen);
	const request = requestOf(talked, chosen);
	if (request) replies(chosen, request);
	const reply = replyTo(talked, follows, chosen);
	if (reply) replies(reply, chosen);

	const own = chosen.analysis?.found;
	for (const row of [...before, ...after]) {
		if (originalOf(row) === chosen.packet) repeats(row, chosen);
		if (originalOf(chosen) === row.packet) repeats(chosen, row);
		const { piece, echo, about } = row.analysis?.found ?? {};
		if (own?.piece && piece?.first === own.piece.first) {
			put(row.packet, chosen.packet, 'piece', piecePart(row, chosen));
			put(chosen.packet, row.packet, 'piece', piecePart(chosen, row));
		}
		if (echo?.answers?.packet === chosen.packet) replies(row, chosen);
		if (own?.echo?.answers?.packet === row.packet) replies(chosen, row);
		if (about === chosen.packet) reports(row, chosen);
		if (own?.about === row.packet) reports(chosen, row);
	}
	return found;
}

const piecePart = ({ analysis }: PacketRow, other: PacketRow): string =>
	analysis?.found.piece?.whole ? words.makesWhole(other.packet) : words.fragment(other.packet);
const tcpOf = (row: PacketRow): TcpRow | undefined => row.analysis?.found.tcp;
const originalOf = (row: PacketRow): number | undefined => row.again ?? tcpOf(row)?.original;

/** Those of the same conversation. */
function talkOf(rows: readonly PacketRow[], chosen: PacketRow): readonly PacketRow[] {
	const conversation = tcpOf(chosen)?.conversation;
	return conversation === undefined ? [] : rows.filter((row) => tcpOf(row)?.conversation === conversation);
}

/** One after its last sequence number, when it takes any and was not lost: a SYN and a FIN count as an octet. */
function endOf(row: PacketRow): number | null {
	const tcp = tcpOf(row);
	const octets = (tcp?.length ?? 0) + (/[SF]/.test(row.flags) ? 1 : 0);
	return tcp && octets > 0 && row.lost === undefined ? add(tcp.seq, octets) : null;
}

/** Whether they went opposite ways. */
const faces = (one: PacketRow, other: PacketRow): boolean => tcpOf(one)?.outward !== tcpOf(other)?.outward;

/** What the chosen packet acknowledges that was not acknowledged before it. */
function acknowledgedBy(before: readonly PacketRow[], chosen: PacketRow): readonly PacketRow[] {
	const ack = tcpOf(chosen)?.ack ?? null;
	if (ack === null) return [];
	const last = before.findLast((row) => !faces(row, chosen) && tcpOf(row)?.ack != null);
	const earlier = last ? (tcpOf(last)?.ack ?? null) : null;
	return before.filter((row) => {
		const end = faces(row, chosen) ? endOf(row) : null;
		return end !== null && lte(end, ack) && (earlier === null || gt(end, earlier));
	});
}

/** The first packet after the chosen one that acknowledges all of it. */
function acknowledgmentOf(after: readonly PacketRow[], chosen: PacketRow): PacketRow | undefined {
	const end = endOf(chosen);
	if (end === null) return undefined;
	return after.find((row) => {
		const ack = faces(row, chosen) ? tcpOf(row)?.ack : null;
		return ack != null && lte(end, ack);
	});
}

const speaks = (row: PacketRow): boolean => row.protocol === 'POP3';

/** The request that a POP3 reply answers: the latest that its acknowledgment covers. */
function requestOf(before: readonly PacketRow[], reply: PacketRow): PacketRow | undefined {
	const tcp = tcpOf(reply);
	const ack = tcp?.ack ?? null;
	if (!tcp || tcp.outward || ack === null || !speaks(reply)) return undefined;
	return before.findLast((row) => {
		const end = faces(row, reply) && speaks(row) ? endOf(row) : null;
		return end !== null && lte(end, ack);
	});
}

/** The first packet of the reply to a POP3 request. */
function replyTo(
	before: readonly PacketRow[],
	after: readonly PacketRow[],
	request: PacketRow
): PacketRow | undefined {
	if (!tcpOf(request)?.outward || !speaks(request)) return undefined;
	const at = after.findIndex((row) => speaks(row) && faces(row, request));
	const reply = after[at];
	const said = [...before, request, ...after.slice(0, Math.max(0, at))];
	return reply && requestOf(said, reply) === request ? reply : undefined;
}
