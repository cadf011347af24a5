/**
 * Timestamps (RFC 7323): protection against wrapped sequence numbers (§5), the value to echo (§4.3), and a round trip
 * from every ACK of something new (§4.1). Its law: a stamp is compared modulo 2^32, like a sequence number.
 */
import { add, gt, gte, lt, lte, type Seq } from '#lib/wire/seq.ts';
import { RST, type TcpSegment } from '#lib/wire/tcp.ts';
import { stampOf, timestamp } from './options.ts';
import { measure, type Micros } from './rto.ts';
import type { Tcb } from './tcb.ts';

export interface Stamps {
	/** TS.Recent: the peer's stamp to echo, and when it was taken. */
	recent: number;
	since: Micros;
	/** Last.ACK.sent. */
	lastAck: Seq;
}

/** After so long without a word TS.Recent says nothing any more (RFC 7323 §5.5). */
const OUTDATED: Micros = 24 * 24 * 3600 * 1_000_000;

/**
 * PAWS (§5.3 R1): false for a segment that is an old duplicate by its stamp. A segment that should have a stamp and has
 * none is dropped without an answer (§3.2), which is what `missing` is for; an RST passes in any case.
 */
export function stampJudgement(tcb: Tcb, segment: TcpSegment, now: Micros): 'good' | 'old' | 'missing' {
	const { stamps } = tcb;
	if (stamps === null || segment.flags & RST) return 'good';
	const stamp = stampOf(segment);
	if (stamp === null) return 'missing';
	return lt(stamp.value, stamps.recent) && now - stamps.since < OUTDATED ? 'old' : 'good';
}

/** §4.3 (2): take the stamp of an acceptable segment that covers what was last acknowledged. */
export function takeStamp(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	const { stamps } = tcb;
	const stamp = stamps && stampOf(segment);
	if (!stamps || !stamp || !gte(stamp.value, stamps.recent) || !lte(segment.seq, stamps.lastAck)) return;
	stamps.recent = stamp.value;
	stamps.since = now;
}

/**
 * §4.1: an ACK of something new tells when the segment it answers was sent. No later than now, not before the start, and
 * not before anything was last sent again: the first ACK may have been lost, and the wait for the time-out is no round
 * trip (Karn's rule, RFC 6298 §3).
 */
export function measureByStamp(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	const echo = stampOf(segment)?.echo ?? 0;
	const ticks = add(timestamp(now), -echo);
	if (echo === 0 || gt(echo, timestamp(now))) return;
	if (tcb.rto.again !== null && lt(echo, timestamp(tcb.rto.again))) return;
	// an echo of this very tick took less than one
	measure(tcb.rto, Math.max(1, ticks) * 1_000);
}
