/**
 * Sending again what was sent before: SYN, text or FIN. Its law: every repetition is cut anew from the queue by what the
 * segment size is now, and ends the round-trip measurement (Karn's rule).
 */
import { add, diff, gt, lt, type Seq } from '#lib/wire/seq.ts';
import { ACK, FIN, PSH } from '#lib/wire/tcp.ts';
import { emit, emitSyn } from './emit.ts';
import { forgetTiming, type Micros } from './rto.ts';
import type { Repetition, Tcb } from './tcb.ts';

/** The timer ran out: send the earliest segment not acknowledged again (RFC 6298 §5.4): SYN, data or FIN. */
export function retransmit(tcb: Tcb, now: Micros): void {
	if (tcb.rack !== null && tcb.snd.una !== tcb.iss) tcb.resend = 'rto';
	else if (tcb.snd.una !== tcb.iss) tcb.rexmit = resend(tcb, tcb.snd.una, Infinity, 'rto', now);
	else if (tcb.snd.nxt !== tcb.iss) {
		forgetTiming(tcb.rto, now);
		emitSyn(tcb, now, 'rto');
	}
}

/**
 * Send what was sent from `seq` on again: a segment of up to `limit` octets, or the FIN. Returns the sequence number
 * after it.
 */
export function resend(tcb: Tcb, seq: Seq, limit: number, cause: Repetition, now: Micros): Seq {
	const { nxt } = tcb.snd;
	if (!lt(seq, nxt)) return nxt;
	forgetTiming(tcb.rto, now);
	const data = Math.min(diff(lt(tcb.queue.end, nxt) ? tcb.queue.end : nxt, seq), tcb.snd.mss, limit);
	if (data <= 0) {
		emit(tcb, seq, ACK | FIN, now, { retransmission: cause });
		return nxt;
	}
	const { payload, push } = tcb.queue.cut(seq, data);
	emit(tcb, seq, push ? ACK | PSH : ACK, now, { payload, retransmission: cause });
	return add(seq, data);
}

/**
 * One octet, or the FIN, at a closed window (RFC 9293 §3.8.6.1): its ACK tells whether the window has opened. SND.NXT
 * stays, so that a pure ACK sent meanwhile is still acceptable to a peer that has not taken the octet.
 */
export function probe(tcb: Tcb, now: Micros): void {
	const { una } = tcb.snd;
	forgetTiming(tcb.rto, now);
	if (gt(tcb.queue.end, una)) emit(tcb, una, ACK, now, { payload: tcb.queue.cut(una, 1).payload });
	else emit(tcb, una, ACK | FIN, now);
}
