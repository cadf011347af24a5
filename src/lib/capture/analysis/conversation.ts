/**
 * TCP conversations of a capture, each with its two flows, and the fold of one segment into its own. A SYN between ports
 * whose conversation began at another sequence number begins a new one (RFC 9293 §3.6.1).
 */
import { formatAddress } from '#lib/wire/address.ts';
import { ACK, FIN, SYN } from '#lib/wire/tcp.ts';
import { add, gt } from '#lib/wire/seq.ts';
import { createFlow, inFlight, settle, wait, type Flow } from './flow.ts';
import { endOf, marksOf, takesSpace, type Mark } from './marks.ts';
import type { Segment } from './read.ts';
import type { Ends, Micros, TcpRow } from './row.ts';

interface Conversation {
	readonly number: number;
	readonly ends: Ends;
	/** The end that `ends` calls the opener. */
	readonly address: number;
	readonly port: number;
	readonly out: Flow;
	readonly back: Flow;
	/** When the latest SYN was sent. */
	openedAt: Micros | null;
	initialRoundTrip: Micros | null;
}

export interface Conversations {
	count: number;
	/** The latest between two ends. */
	readonly latest: Map<string, Conversation>;
}

export function createConversations(): Conversations {
	return { count: 0, latest: new Map() };
}

/** The same text for both directions. */
export function pairKey(src: number, srcPort: number, dst: number, dstPort: number): string {
	return src < dst || (src === dst && srcPort < dstPort)
		? `${src}:${srcPort} ${dst}:${dstPort}`
		: `${dst}:${dstPort} ${src}:${srcPort}`;
}

export function endsOf(src: number, srcPort: number, dst: number, dstPort: number): Ends {
	return { opener: `${formatAddress(src)}:${srcPort}`, other: `${formatAddress(dst)}:${dstPort}` };
}

function begin(all: Conversations, key: string, src: number, dst: number, segment: Segment): Conversation {
	const { srcPort, dstPort } = segment;
	const answer = (segment.flags & (SYN | ACK)) === (SYN | ACK);
	const conversation: Conversation = {
		number: all.count++,
		ends: answer ? endsOf(dst, dstPort, src, srcPort) : endsOf(src, srcPort, dst, dstPort),
		address: answer ? dst : src,
		port: answer ? dstPort : srcPort,
		out: createFlow(),
		back: createFlow(),
		openedAt: null,
		initialRoundTrip: null
	};
	all.latest.set(key, conversation);
	return conversation;
}

/** Folds one segment in. */
export function converse(
	all: Conversations,
	src: number,
	dst: number,
	segment: Segment,
	packet: number,
	at: Micros
): TcpRow {
	const { srcPort, dstPort, seq, ack, flags, length, window } = segment;
	const key = pairKey(src, srcPort, dst, dstPort);
	const isOut = (one: Conversation): boolean => one.address === src && one.port === srcPort;
	let conversation = all.latest.get(key);
	let reused = false;
	if (conversation && (flags & (SYN | ACK)) === SYN) {
		const { base } = isOut(conversation) ? conversation.out : conversation.back;
		reused = base !== null && base !== seq;
	}
	if (!conversation || reused) conversation = begin(all, key, src, dst, segment);
	const outward = isOut(conversation);
	const mine = outward ? conversation.out : conversation.back;
	const theirs = outward ? conversation.back : conversation.out;

	greet(conversation, segment, mine, theirs, at);
	const marks = marksOf(segment, mine, theirs, at, conversation.initialRoundTrip);
	if (reused) marks.push('port reused');
	const duplicate = acknowledge(segment, mine, theirs, marks, packet);
	advance(segment, mine, marks, packet, at);
	mine.window = window;
	mine.at = at;
	mine.marks = marks;
	mine.sack = segment.sack;
	const settled = flags & ACK ? settle(theirs, ack) : null;
	const { initialRoundTrip } = conversation;
	const original = marks.some((mark) => mark.endsWith('retransmission')) ? mine.firsts.get(seq) : undefined;
	// its own SYN or FIN is no octet
	const flight =
		length > 0 && mine.flightKnown
			? inFlight(mine, theirs.ack, theirs.sack) - (flags & (SYN | FIN) ? 1 : 0)
			: 0;
	return {
		conversation: conversation.number,
		ends: conversation.ends,
		outward,
		seq: add(seq, -(mine.base ?? 0)),
		ack: flags & ACK ? add(ack, -(theirs.base ?? 0)) : null,
		length,
		marks,
		...(original !== undefined && original !== packet && { original }),
		...(duplicate && { duplicate }),
		...(settled && { acknowledges: { packet: settled.packet, after: at - settled.at } }),
		...(initialRoundTrip !== null && { initialRoundTrip }),
		...(flight > 0 && { inFlight: flight })
	};
}

/** Learns what relative numbers count from, the shift counts, and the time of the handshake. */
function greet(conversation: Conversation, segment: Segment, mine: Flow, theirs: Flow, at: Micros): void {
	const { seq, ack, flags, scale } = segment;
	mine.base ??= flags & SYN ? seq : add(seq, -1);
	if (flags & ACK) theirs.base ??= add(ack, -1);
	if (flags & SYN) {
		mine.scale = scale ?? 0;
		// both or none (RFC 7323 §2.2)
		if (flags & ACK && (scale === null || theirs.scale === 0)) mine.scale = theirs.scale = 0;
	}
	if ((flags & (SYN | ACK)) === SYN) conversation.openedAt = at;
	else if ((flags & (SYN | ACK)) === ACK && conversation.openedAt !== null)
		conversation.initialRoundTrip ||= at - conversation.openedAt;
}

/** Takes the segment's acknowledgment down; which duplicate it is, if it is one. */
function acknowledge(
	segment: Segment,
	mine: Flow,
	theirs: Flow,
	marks: Mark[],
	packet: number
): TcpRow['duplicate'] {
	const { ack, flags } = segment;
	if (!(flags & ACK)) return undefined;
	const duplicate = marks.includes('duplicate ACK')
		? { count: ++mine.duplicates, of: mine.ackPacket }
		: undefined;
	// the octet of the probe was taken in, whatever the window is now
	if (theirs.next !== null && theirs.probe === theirs.next && ack === add(theirs.next, 1))
		theirs.next = theirs.gapless = ack;
	if (ack !== mine.ack) {
		mine.ackPacket = packet;
		mine.duplicates = 0;
		mine.doubted = false;
	}
	if (theirs.gapless !== null && gt(ack, theirs.gapless)) {
		const behind = theirs.gapless !== theirs.next;
		if (behind || !theirs.doubted) marks.push('acknowledges unseen segment');
		if (!behind) theirs.doubted = true;
		theirs.gapless = theirs.next;
	}
	mine.ack = ack;
	theirs.flightKnown = true;
	return duplicate;
}

/** Takes down what the segment sent. */
function advance(segment: Segment, mine: Flow, marks: readonly Mark[], packet: number, at: Micros): void {
	const end = endOf(segment);
	if (marks.includes('previous segment not captured')) mine.flightKnown = false;
	if (takesSpace(segment)) wait(mine, segment.seq, end, packet, at);
	// the octet of a window probe does not count before it is acknowledged
	if (marks.includes('window probe')) {
		mine.probe = segment.seq;
		return;
	}
	const before = mine.next;
	if (before === null || gt(end, before)) {
		mine.next = end;
		mine.nextAt = at;
	}
	if (mine.gapless === null || segment.seq === mine.gapless) mine.gapless = mine.next;
}
