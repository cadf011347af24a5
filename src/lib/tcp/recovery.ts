/**
 * Finding and repairing loss: duplicate ACKs, fast retransmit and recovery (RFC 5681 §3.2, 6582), limited transmit
 * (RFC 3042), recovery by SACK (RFC 6675), and the slow start after a time-out. Its law: with congestion control and
 * SACK switched off, one segment is sent again for each reason to do so, and no more.
 */
import { add, diff, gt, lt, max, type Seq } from '#lib/wire/seq.ts';
import { collapse, deflate, grow, settle, shrink } from './congestion.ts';
import { slowedDown } from './ecn.ts';
import type { Micros } from './rto.ts';
import type { Rack } from './rack.ts';
import { resend } from './resend.ts';
import type { Scoreboard } from './scoreboard.ts';
import type { Tcb } from './tcb.ts';
import { startTimer } from './timer.ts';

/** RFC 5681 §3.2: this many duplicate ACKs are taken as a loss. */
const DUPLICATE_THRESHOLD = 3;
/** RFC 3042: segments that may go out on the duplicate ACKs before that. */
const LIMITED_SEGMENTS = 2;

/** SND.UNA has just moved on by `acked` octets, of `flight` that were outstanding. */
export function onProgress(tcb: Tcb, acked: number, flight: number, now: Micros): void {
	const { congestion, recovery, snd } = tcb;
	tcb.duplicates = 0;
	tcb.limited = 0;
	tcb.board?.acknowledge(snd.una);
	const srtt = tcb.rto.srtt ?? 0;
	if (recovery === null) {
		if (congestion && !tcb.ecn?.echoed) grow(congestion, acked, flight, now, srtt);
	} else if (!lt(snd.una, recovery.until)) {
		tcb.recovery = null;
		tcb.rack?.recovered();
		if (congestion && recovery.cause !== 'fast') grow(congestion, acked, flight, now, srtt);
		else if (congestion) settle(congestion, tcb.board ? Infinity : diff(snd.nxt, snd.una));
	} else if (recovery.cause === 'mtu') {
		// what was too large has all been sent again, as far as the window let
		if (congestion) grow(congestion, acked, flight, now, srtt);
	} else if (recovery.cause === 'rto') {
		// the next hole is filled at once; under congestion control as many as slow start lets
		if (congestion) grow(congestion, acked, Infinity, now, srtt);
		else if (tcb.rack === null) tcb.resend = 'rto';
	} else if (tcb.rack === null) {
		// a partial ACK names the next hole (RFC 6582 §3.2), which may be on its way again already
		if (tcb.board === null || !lt(snd.una, tcb.rexmit)) tcb.resend = 'fast';
		if (congestion && tcb.board === null) deflate(congestion, acked);
	}
}

/** The same ACK again, or one that reports by SACK what is new. */
export function onDuplicate(tcb: Tcb): void {
	const { board, congestion, snd } = tcb;
	tcb.duplicates += 1;
	if (tcb.recovery !== null) {
		if (congestion && board === null && tcb.recovery.cause === 'fast') congestion.cwnd += congestion.mss;
		return;
	}
	const lost = board !== null && gt(board.lostEdge(snd.una, snd.mss), snd.una);
	if (tcb.duplicates < DUPLICATE_THRESHOLD && !lost) return;
	// echoes of what a time-out sent again are no news (RFC 6582 §4.1)
	if (congestion && !gt(snd.una, tcb.recover)) return;
	if (tcb.duplicates > DUPLICATE_THRESHOLD && !lost) return;
	if (congestion) {
		const flight = diff(snd.nxt, snd.una) - tcb.limited;
		shrink(congestion, flight, board ? 0 : DUPLICATE_THRESHOLD * congestion.mss);
		slowedDown(tcb);
	}
	begin(tcb, 'fast');
	tcb.resend = 'fast';
}

/** Loss was found by time (RFC 8985 §6.2). */
export function onLoss(tcb: Tcb): void {
	const { congestion, snd } = tcb;
	if (congestion) {
		shrink(congestion, diff(snd.nxt, snd.una), 0);
		slowedDown(tcb);
	}
	begin(tcb, 'fast');
	tcb.resend = 'fast';
}

/** The retransmission timer ran out with text or a FIN outstanding. */
export function onTimeout(tcb: Tcb, now: Micros): void {
	const { congestion, snd } = tcb;
	if (congestion) {
		collapse(congestion, diff(snd.nxt, snd.una), tcb.retries > 1);
		slowedDown(tcb);
	}
	if (tcb.rack === null || tcb.rack.timedOut(now)) tcb.board?.clear();
	begin(tcb, 'rto');
}

/**
 * The path carries less than what is in flight: all of it is sent again in smaller segments. Nothing was lost to congestion,
 * so no window is cut (RFC 1191 §6.4).
 */
export function onNarrowing(tcb: Tcb): void {
	const { congestion, recovery, snd } = tcb;
	if (congestion && recovery?.cause === 'fast') settle(congestion, diff(snd.nxt, snd.una));
	tcb.rack?.loseAll();
	begin(tcb, 'mtu');
}

function begin(tcb: Tcb, cause: NonNullable<Tcb['recovery']>['cause']): void {
	if (tcb.rack !== null) tcb.rack.tail = null;
	tcb.recovery = { until: tcb.snd.nxt, cause, timed: false, rescued: false };
	tcb.recover = tcb.snd.nxt;
	tcb.rexmit = tcb.snd.una;
}

/** Octets that congestion control lets follow now; may be negative, and is Infinity where it is off. */
export function allowance(tcb: Tcb): number {
	if (tcb.congestion === null) return Infinity;
	const early = tcb.recovery === null && tcb.board === null ? Math.min(tcb.duplicates, LIMITED_SEGMENTS) : 0;
	return Math.floor(tcb.congestion.cwnd) + early * tcb.congestion.mss - pipe(tcb);
}

/** Octets thought to be in the network: FlightSize, less what is reported and what is lost and not sent again yet. */
function pipe(tcb: Tcb): number {
	const { board, rack, snd } = tcb;
	if (rack !== null) return rack.flight.pipe;
	const flight = diff(snd.nxt, snd.una);
	if (board === null && !presumesLost(tcb)) return flight;
	const from = tcb.recovery ? max(tcb.rexmit, snd.una) : snd.una;
	const edge = lostEdge(tcb);
	const gone = gt(edge, from) ? diff(edge, from) - (board?.within(from, edge) ?? 0) : 0;
	return flight - (board?.sacked ?? 0) - gone;
}

/** Everything in flight when recovery began is taken as lost, unless it is reported. */
function presumesLost({ recovery }: Tcb): boolean {
	return recovery !== null && recovery.cause !== 'fast';
}

/** What is not reported before it counts as lost. */
function lostEdge(tcb: Tcb): Seq {
	if (tcb.recovery && presumesLost(tcb)) return tcb.recovery.until;
	return tcb.board?.lostEdge(tcb.snd.una, tcb.snd.mss) ?? tcb.snd.una;
}

/** Send again what recovery asks for, as far as the congestion window lets. */
export function repair(tcb: Tcb, now: Micros): void {
	if (tcb.rack !== null && tcb.snd.una !== tcb.iss) {
		repairLost(tcb, tcb.rack, now);
		return;
	}
	if (tcb.resend !== null) {
		const cause = tcb.resend;
		tcb.resend = null;
		tcb.rexmit = resend(tcb, tcb.snd.una, Infinity, cause, now);
	}
	const { board, congestion, recovery } = tcb;
	if (recovery === null) return;
	if (recovery.cause === 'rto' ? congestion === null : recovery.cause === 'fast' && board === null) return;
	for (;;) {
		const { at, length } = board?.hole(max(tcb.rexmit, tcb.snd.una)) ?? {
			at: max(tcb.rexmit, tcb.snd.una),
			length: Infinity
		};
		// with nothing new to send, holes not yet lost are next (RFC 6675 §4, NextSeg rule 3)
		const { queue, snd } = tcb;
		const idle = !gt(queue.end, snd.nxt) || !gt(add(snd.una, snd.wnd), snd.nxt);
		const edge = idle && board !== null ? max(lostEdge(tcb), board.highest(tcb.snd.una)) : lostEdge(tcb);
		if (allowance(tcb) < tcb.snd.mss) return;
		if (!lt(at, edge)) {
			if (idle && board !== null && recovery.cause === 'fast') rescue(tcb, board, recovery, now);
			return;
		}
		tcb.rexmit = resend(tcb, at, length, recovery.cause, now);
	}
}

/**
 * NextSeg rule 4 (RFC 6675 §4): nothing else is left to send, so once in a recovery the last segment that is not reported
 * goes again; its report shows whether what lies before it was lost too. HighRxt stays.
 */
function rescue(tcb: Tcb, board: Scoreboard, recovery: NonNullable<Tcb['recovery']>, now: Micros): void {
	const { from, to } = board.lastGap(tcb.snd.una, tcb.snd.nxt);
	// what was sent again already has its answer on the way
	if (recovery.rescued || !gt(to, max(tcb.rexmit, tcb.snd.una))) return;
	recovery.rescued = true;
	// a FIN is a segment of its own
	const seq = gt(to, tcb.queue.end) ? tcb.queue.end : max(from, add(to, -tcb.snd.mss));
	resend(tcb, seq, diff(to, seq), 'fast', now);
}

/** Sends again what was found lost by time; the first segment of a recovery whatever the window says (RFC 6675 §5 (4.3)). */
function repairLost(tcb: Tcb, rack: Rack, now: Micros): void {
	const { snd } = tcb;
	let due = tcb.resend !== null;
	tcb.resend = null;
	for (let sent = rack.flight.firstLost(); sent !== null; sent = rack.flight.firstLost()) {
		if (!due && (snd.wnd === 0 || allowance(tcb) < snd.mss)) return;
		due = false;
		const end = resend(tcb, sent.seq, diff(sent.end, sent.seq), tcb.recovery?.cause ?? 'fast', now);
		rack.flight.repeat(sent, end, now);
		// the time-out is that of what was sent last (RFC 6298 §5.1)
		if (sent.seq === snd.una) startTimer(tcb, 'rto', now);
	}
}
