/**
 * The sending half: cuts the queue into segments within the peer's window and adds the FIN; what was lost goes first
 * (recovery.ts). How much may be in flight is asked of `room` alone: congestion control narrows it there, Nagle's and the
 * silly-window rules join `output`.
 */
import { add, diff } from '#lib/wire/seq.ts';
import { ACK, FIN, PSH } from '#lib/wire/tcp.ts';
import { initialWindow, restart } from './congestion.ts';
import { emit } from './emit.ts';
import { move } from './move.ts';
import { allowance, repair } from './recovery.ts';
import { startTiming, type Micros } from './rto.ts';
import type { TcpState } from './states.ts';
import type { Tcb } from './tcb.ts';
import { schedule } from './timer.ts';

/** Data and the FIN may be sent; in the last three only what was queued before CLOSE. */
const SENDING: ReadonlySet<TcpState> = new Set<TcpState>([
	'ESTABLISHED',
	'CLOSE-WAIT',
	'FIN-WAIT-1',
	'CLOSING',
	'LAST-ACK'
]);

/** Send what the windows allow, then a pure ACK if one is still owed. */
export function flush(tcb: Tcb, now: Micros): void {
	if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return;
	repair(tcb, now);
	if (SENDING.has(tcb.state)) output(tcb, now);
	if (tcb.ackOwed) emit(tcb, tcb.snd.nxt, ACK, now);
	schedule(tcb, now);
}

/** Octets that may follow SND.NXT now. Without congestion control the first flight still keeps to RFC 6928. */
function room(tcb: Tcb): number {
	const { snd, iss, congestion } = tcb;
	const window = diff(add(snd.una, snd.wnd), snd.nxt);
	if (congestion !== null) return Math.min(window, allowance(tcb));
	const first = snd.una === add(iss, 1);
	return first ? Math.min(window, initialWindow(snd.mss) - diff(snd.nxt, snd.una)) : window;
}

function output(tcb: Tcb, now: Micros): void {
	const idle = tcb.snd.nxt === tcb.snd.una && now - tcb.lastSent > tcb.rto.value;
	if (tcb.congestion && idle) restart(tcb.congestion);
	for (;;) {
		const unsent = diff(tcb.queue.end, tcb.snd.nxt);
		if (unsent === 0 && tcb.state === 'CLOSE-WAIT' && tcb.closing) move(tcb, 'CLOSE', now);
		const length = Math.min(unsent, room(tcb), tcb.snd.mss);
		if (length > 0 && worthSending(tcb, length, unsent)) sendData(tcb, length, now);
		else if (unsent === 0 && tcb.finQueued && room(tcb) > 0) sendFin(tcb, now);
		else return;
	}
}

/**
 * Nagle's rule (RFC 9293 §3.7.4) and the sender's half of silly-window avoidance (§3.8.6.2.1, MUST-38): a segment goes
 * if it is full, if it takes all there is, or if it fills half of the largest window ever offered. Nagle lets the last
 * two go only when nothing is in flight, or when nothing can follow.
 */
function worthSending(tcb: Tcb, length: number, unsent: number): boolean {
	const { snd, tuning } = tcb;
	if (length === snd.mss || tcb.override) return true;
	if (tuning.nagle && snd.nxt !== snd.una && !tcb.closing) return false;
	return length === unsent || 2 * length >= snd.maxWnd;
}

/** The next `length` octets of the queue, whatever congestion control says of it. */
export function sendData(tcb: Tcb, length: number, now: Micros): void {
	const { payload, push } = tcb.queue.cut(tcb.snd.nxt, length);
	const seq = tcb.snd.nxt;
	tcb.snd.nxt = add(seq, payload.length);
	tcb.rack?.sent(seq, tcb.snd.nxt, now);
	tcb.override = false;
	tcb.lastSent = now;
	if (tcb.duplicates > 0 && tcb.recovery === null) tcb.limited += payload.length;
	startTiming(tcb.rto, tcb.snd.nxt, now);
	emit(tcb, seq, push ? ACK | PSH : ACK, now, { payload, fresh: true });
}

function sendFin(tcb: Tcb, now: Micros): void {
	const seq = tcb.snd.nxt;
	tcb.snd.nxt = add(seq, 1);
	tcb.rack?.sent(seq, tcb.snd.nxt, now);
	startTiming(tcb.rto, tcb.snd.nxt, now);
	emit(tcb, seq, ACK | FIN, now);
}
