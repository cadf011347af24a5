/**
 * Answers to segments that may be blind forgeries (RFC 5961): an ACK that makes the true peer say again what it meant,
 * and no more of them in a second of virtual time than the host allows. Its law: a segment without text or FIN, or
 * with a SYN, is answered within that budget only, so two ends that disagree cannot keep each other busy.
 */
import { SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { discard, type Discard } from './discard.ts';
import type { Micros } from './rto.ts';
import { lengthOf, type Tcb } from './tcb.ts';

const SECOND: Micros = 1_000_000;

/** Owe a challenge ACK, or nothing once the second's budget is spent (RFC 5961 §7). */
export function challenge(tcb: Tcb, now: Micros): void {
	if (tcb.ackOwed) return;
	const second = Math.floor(now / SECOND);
	if (second !== tcb.challengeSecond) {
		tcb.challengeSecond = second;
		tcb.challenges = 0;
	}
	if (tcb.challenges >= tcb.tuning.challengeLimit) return;
	tcb.challenges += 1;
	tcb.ackOwed = true;
}

/** Discard what the true peer may have meant otherwise, and make it say so again. */
export function dispute(tcb: Tcb, reason: Discard, now: Micros): void {
	discard(tcb, reason);
	challenge(tcb, now);
}

/**
 * Answer a segment that failed the first test (RFC 9293 §3.10.7.4). Text or a FIN sent again is always acknowledged:
 * its sender waits for that, and its timer bounds how often it comes.
 */
export function answerUnacceptable(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	if (lengthOf(segment) > 0 && !(segment.flags & SYN)) tcb.ackOwed = true;
	else challenge(tcb, now);
}
