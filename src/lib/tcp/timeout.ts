/**
 * What happens when the connection's timer runs out (RFC 9293 §3.10.8, RFC 6298 §5.4 to §5.7): send again and back
 * off, probe the closed window, give up, or leave TIME-WAIT.
 */
import { add } from '#lib/wire/seq.ts';
import { ACK } from '#lib/wire/tcp.ts';
import { onAlarm } from './detection.ts';
import { emit } from './emit.ts';
import { move } from './move.ts';
import { onTimeout } from './recovery.ts';
import { backOff, MAX_RETRIES, MAX_SYN_RETRIES, type Micros } from './rto.ts';
import { probe, retransmit } from './resend.ts';
import type { Tcb } from './tcb.ts';
import { deadline, startTimer } from './timer.ts';

/** Does nothing before a timer is due. */
export function timeout(tcb: Tcb, now: Micros): void {
	if (tcb.ackAt !== null && now >= tcb.ackAt) {
		tcb.ackAt = null;
		tcb.ackOwed = true;
	}
	if (tcb.rack !== null) onAlarm(tcb, tcb.rack, now);
	const { timer } = tcb;
	if (timer === null || now < timer.at) return;
	if (timer.kind === '2msl') {
		move(tcb, '2MSL timeout', now);
		return;
	}
	if (timer.kind === 'keepalive') {
		if (tcb.unheard >= tcb.tuning.keepAliveProbes) {
			move(tcb, 'user timeout', now);
			return;
		}
		tcb.unheard += 1;
		// an old number, and no text: whoever still has the connection answers with an ACK (RFC 9293 §3.8.4)
		emit(tcb, add(tcb.snd.nxt, -1), ACK, now);
		startTimer(tcb, 'keepalive', now);
		return;
	}
	if (spent(tcb, now)) {
		move(tcb, 'user timeout', now);
		return;
	}
	if (timer.kind === 'override') {
		tcb.override = true;
		tcb.timer = null;
		return;
	}
	const handshake = tcb.snd.una === tcb.iss;
	tcb.retries += 1;
	if (timer.kind === 'persist') {
		tcb.probes += 1;
		probe(tcb, now);
	} else {
		if (handshake) tcb.synRepeated = true;
		else onTimeout(tcb, now);
		backOff(tcb.rto);
		retransmit(tcb, now);
	}
	startTimer(tcb, timer.kind, now);
}

/** R2 (RFC 9293 §3.8.3) is reached: the time that the user gives, or so many repeats in vain. */
function spent(tcb: Tcb, now: Micros): boolean {
	if (tcb.tuning.userTimeout > 0) return now >= deadline(tcb);
	return tcb.retries >= (tcb.snd.una === tcb.iss ? MAX_SYN_RETRIES : MAX_RETRIES);
}
