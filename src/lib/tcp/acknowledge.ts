/**
 * When text is acknowledged, and which window the ACK tells: delayed ACKs (RFC 9293 §3.8.6.3) and the receiver's half
 * of silly-window avoidance (§3.8.6.2.2). Its law: the window's right edge never moves back, and moves on only to leave
 * room that is worth a segment.
 */
import { add, diff, gt } from '#lib/wire/seq.ts';
import type { Micros } from './rto.ts';
import type { Tcb } from './tcb.ts';

/** Text of `length` octets was taken in order: owe its ACK now, or let it wait for company. */
export function oweAck(tcb: Tcb, length: number, now: Micros): void {
	tcb.rcvMss = Math.max(tcb.rcvMss, length);
	tcb.unanswered += length;
	const { delayedAck } = tcb.tuning;
	// an ACK for every second full segment (SHLD-19)
	if (delayedAck === 0 || tcb.unanswered >= 2 * tcb.rcvMss) tcb.ackOwed = true;
	else tcb.ackAt ??= now + delayedAck;
}

/** The peer has been told RCV.NXT: nothing waits any more. */
export function acknowledged(tcb: Tcb): void {
	tcb.ackOwed = false;
	tcb.ackAt = null;
	tcb.unanswered = 0;
}

/** Room worth telling of: a segment, or half of a smaller buffer, octets. */
function worthwhile(tcb: Tcb): number {
	return Math.min(tcb.config.mss, Math.ceil(tcb.config.receiveBuffer / 2));
}

/**
 * By how much reading must open the window for the peer to be told at once, octets: by what is worthwhile; where ACKs
 * are delayed, and the peer has room for a segment still, by two segments, whose ACK would not wait either.
 */
export function newsworthy(tcb: Tcb): number {
	const { mss, receiveBuffer } = tcb.config;
	if (tcb.tuning.delayedAck === 0 || diff(tcb.advertised, tcb.rcv.nxt) < mss) return worthwhile(tcb);
	return Math.min(2 * mss, Math.ceil(receiveBuffer / 2));
}

/** RCV.WND to offer now, octets: all free room, or what the peer was told before while there is too little of it. */
export function windowToOffer(tcb: Tcb): number {
	const { wnd, nxt } = tcb.rcv;
	if (wnd >= worthwhile(tcb) || !gt(add(nxt, wnd), tcb.advertised)) return wnd;
	return Math.max(0, diff(tcb.advertised, nxt));
}
