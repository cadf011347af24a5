/**
 * One direction of a TCP conversation as somebody sees it who stands beside the line: how far its numbers have come,
 * what it last acknowledged, and which of its segments wait for an acknowledgment. Its law: a fixed bound on what is
 * remembered, whatever comes.
 */
import { diff, gt, gte, lt, lte, max, type Seq } from '#lib/wire/seq.ts';
import { Recent } from './recent.ts';
import type { Micros } from './row.ts';
import type { Mark } from './marks.ts';

/** Segments of one direction that may wait for their acknowledgment; more are seen and not remembered. */
export const MOST_WAITING = 4096;
/** Sequence numbers whose first packet is remembered, per direction. */
export const MOST_FIRSTS = 1024;

interface Waiting {
	/** First sequence number that is not acknowledged yet. */
	seq: Seq;
	readonly end: Seq;
	readonly packet: number;
	readonly at: Micros;
}

export interface Flow {
	/** What relative sequence numbers count from; null: nothing was seen. */
	base: Seq | null;
	/** Shift count of its windows; null: its SYN was not seen, so nobody knows. */
	scale: number | null;
	/** One after the highest sequence number seen, and when. */
	next: Seq | null;
	nextAt: Micros;
	/** How far its octets were seen without a gap. */
	gapless: Seq | null;
	/** Unseen octets of it were acknowledged, which is said once, until it acknowledges something new itself. */
	doubted: boolean;
	/** Its last segment: window as carried, acknowledgment, time, marks, selective acknowledgment. */
	window: number | null;
	ack: Seq | null;
	at: Micros;
	marks: readonly Mark[];
	sack: readonly (readonly [Seq, Seq])[];
	/** The packet that first carried `ack`, and how many duplicates of it followed. */
	ackPacket: number;
	duplicates: number;
	/** Whether what is in flight is known: not between a gap and the next acknowledgment. */
	flightKnown: boolean;
	/** By `end`, earliest first. */
	readonly waiting: Waiting[];
	/** The lowest `seq` among them. */
	low: Seq;
	/** Some of them repeat others: until this is acknowledged they need not begin in the order in which they end. */
	mixedUntil: Seq | null;
	/** Where its latest window probe began. */
	probe: Seq | null;
	/** The packet that first began at a sequence number. */
	readonly firsts: Recent<Seq, number>;
}

export function createFlow(): Flow {
	return {
		base: null,
		scale: null,
		next: null,
		nextAt: 0,
		gapless: null,
		doubted: false,
		window: null,
		ack: null,
		at: 0,
		marks: [],
		sack: [],
		ackPacket: 0,
		duplicates: 0,
		flightKnown: true,
		waiting: [],
		low: 0,
		mixedUntil: null,
		probe: null,
		firsts: new Recent(MOST_FIRSTS)
	};
}

/** Position of the first that ends at `end` or later. */
function placeOf(waiting: readonly Waiting[], end: Seq): number {
	let low = 0;
	let high = waiting.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (lt(waiting[middle]!.end, end)) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Remembers a segment until it is acknowledged. */
export function wait(flow: Flow, seq: Seq, end: Seq, packet: number, at: Micros): void {
	const { waiting, firsts } = flow;
	if (firsts.get(seq) === undefined) firsts.set(seq, packet);
	if (waiting.length >= MOST_WAITING) return;
	const one: Waiting = { seq, end, packet, at };
	const last = waiting[waiting.length - 1];
	if (!last || lt(seq, flow.low)) flow.low = seq;
	if (!last || lte(last.end, seq)) waiting.push(one);
	else {
		flow.mixedUntil = max(last.end, end);
		waiting.splice(placeOf(waiting, end), 0, one);
	}
}

/** Whether a segment that waits holds all of `[seq, end)`. */
export function holds(flow: Flow, seq: Seq, end: Seq): boolean {
	for (let i = placeOf(flow.waiting, end); i < flow.waiting.length; i++)
		if (lte(flow.waiting[i]!.seq, seq)) return true;
	return false;
}

/** Takes `ack` from the other side: what it covers waits no more. The segment that ends right there, if there is one. */
export function settle(flow: Flow, ack: Seq): { readonly packet: number; readonly at: Micros } | null {
	const { waiting } = flow;
	let past = 0;
	let exact: Waiting | null = null;
	for (; past < waiting.length; past++) {
		const one = waiting[past]!;
		if (gt(one.end, ack)) break;
		if (one.end === ack) exact = one;
	}
	if (past > 0) waiting.splice(0, past);
	if (flow.mixedUntil !== null && gte(ack, flow.mixedUntil)) flow.mixedUntil = null;
	if (!lt(flow.low, ack)) return exact;
	let low = ack;
	for (const [i, one] of waiting.entries()) {
		if (lt(one.seq, ack)) one.seq = ack;
		if (i === 0 || lt(one.seq, low)) low = one.seq;
		if (flow.mixedUntil === null) break;
	}
	flow.low = low;
	return exact;
}

/** Octets of sequence space from the first that waits to the last, without those that `sack` reports as received. */
export function inFlight({ waiting, low }: Flow, ack: Seq | null, sack: Flow['sack']): number {
	const last = waiting[waiting.length - 1];
	if (!last) return 0;
	let octets = diff(last.end, low);
	sack.forEach(([left, right], i) => {
		const next = sack[i + 1];
		// the first block may tell of octets that came twice (RFC 2883 §4)
		const twice =
			i === 0 && ((ack !== null && lt(left, ack)) || (next && gte(left, next[0]) && lte(right, next[1])));
		if (!twice) octets -= diff(right, left);
	});
	return octets;
}
