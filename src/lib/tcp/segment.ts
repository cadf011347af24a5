/**
 * SEGMENT ARRIVES (RFC 9293 §3.10.7) as plain functions, in the order of the text: sequence number, RST, SYN, ACK; text
 * and FIN are in text.ts. A segment never throws. Nothing is sent from here but SYN,ACK and RST: the rest is owed to the next flush,
 * so that an answer written while the segment is handled carries the ACK.
 */
import { add, diff, gt, inWindow, lt, lte, acknowledges } from '#lib/wire/seq.ts';
import { ACK, FIN, RST, SYN, URG, type TcpSegment } from '#lib/wire/tcp.ts';
import { answerUnacceptable, dispute } from './challenge.ts';
import { startCongestion } from './congestion.ts';
import { detectLoss, takeDelivery } from './detection.ts';
import { discard, discardUnacceptable } from './discard.ts';
import { takeEcho, takeMark, takeSetup } from './ecn.ts';
import { emitRstFor, resetFor } from './emit.ts';
import { move } from './move.ts';
import { noteArrival, takeSynOptions } from './options.ts';
import { Rack } from './rack.ts';
import { onDuplicate, onProgress } from './recovery.ts';
import { endTiming, RTO_AFTER_LOST_SYN, type Micros } from './rto.ts';
import { measureByStamp, stampJudgement, takeStamp } from './stamps.ts';
import { lengthOf, type Tcb } from './tcb.ts';
import { takeText } from './text.ts';
import { startTimer } from './timer.ts';

/** `marked`: the datagram said that a router on its way is congested (RFC 3168). */
export function segmentArrives(tcb: Tcb, segment: TcpSegment, now: Micros, marked: boolean): void {
	if (tcb.over) {
		refuse(tcb, segment);
		return;
	}
	switch (tcb.state) {
		case 'LISTEN':
			inListen(tcb, segment, now);
			return;
		case 'SYN-SENT':
			inSynSent(tcb, segment, now);
			return;
		default:
			otherwise(tcb, segment, now, marked);
	}
}

/** §3.10.7.1. */
function refuse(tcb: Tcb, segment: TcpSegment): void {
	const answer = resetFor(segment);
	if (answer !== null) tcb.wants({ type: 'transmit', segment: answer });
}

/** §3.10.7.2: RST means nothing yet, an ACK answers nothing, a SYN is what is waited for, and the rest is dropped. */
function inListen(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	if (segment.flags & RST) {
		discard(tcb, 'RST without a connection');
		return;
	}
	if (segment.flags & ACK) {
		refuse(tcb, segment);
		return;
	}
	if (!(segment.flags & SYN)) {
		discard(tcb, 'no SYN');
		return;
	}
	takeSyn(tcb, segment, now);
	move(tcb, 'rcv SYN', now);
}

/**
 * Take the peer's SYN. Octets and a FIN that ride on one without ACK are not taken, and so not acknowledged: the peer sends
 * them again.
 */
function takeSyn(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	tcb.irs = segment.seq;
	tcb.rcv.start(segment.seq);
	// the window of our own SYN, which is never scaled
	tcb.advertised = add(tcb.rcv.nxt, Math.min(0xffff, tcb.rcv.wnd));
	takeSynOptions(tcb, segment, now);
	tcb.rack = tcb.tuning.rack && tcb.board !== null ? new Rack(tcb.iss) : null;
	takeSetup(tcb, segment);
	const { congestion } = tcb.tuning;
	tcb.congestion = congestion === 'none' ? null : startCongestion(congestion, tcb.snd.mss);
	takeWindow(tcb, segment);
}

/** §3.10.7.3. */
function inSynSent(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	const acknowledging = (segment.flags & ACK) !== 0;
	if (acknowledging && !acknowledges(tcb.iss, segment.ack, tcb.snd.nxt)) {
		discard(tcb, 'wrong ACK');
		if (!(segment.flags & RST)) emitRstFor(tcb, segment, now);
		return;
	}
	if (segment.flags & RST) {
		if (acknowledging) move(tcb, 'rcv RST', now);
		else discard(tcb, 'no ACK');
		return;
	}
	if (!(segment.flags & SYN)) {
		discard(tcb, 'no SYN');
		return;
	}
	takeSyn(tcb, segment, now);
	if (!acknowledging) {
		move(tcb, 'rcv SYN', now);
		return;
	}
	advance(tcb, segment, now);
	move(tcb, 'rcv SYN,ACK', now);
	// other controls and text go on at the sixth step
	if (segment.payload.length > 0 || segment.flags & (FIN | URG))
		takeText(tcb, { ...segment, seq: add(segment.seq, 1), flags: segment.flags & ~SYN }, now);
}

/** §3.10.7.4: the eight steps (the third, security, is of no use here). */
function otherwise(tcb: Tcb, arrived: TcpSegment, now: Micros, marked: boolean): void {
	const segment = withoutKnownSyn(tcb, arrived);
	const judgement = stampJudgement(tcb, segment, now);
	if (judgement === 'missing') {
		discard(tcb, 'no timestamp');
		return;
	}
	if (judgement === 'old' || !acceptable(tcb, segment)) {
		if (judgement === 'old') discard(tcb, 'old timestamp');
		else discardUnacceptable(tcb, segment);
		if (segment.flags & RST) return;
		if (lt(segment.seq, tcb.rcv.nxt)) noteArrival(tcb, segment.seq, segment.payload.length);
		answerUnacceptable(tcb, segment, now);
		// the peer has not seen our ACK of its FIN, which ended where RCV.NXT is
		const again = judgement !== 'old' && add(segment.seq, lengthOf(segment)) === tcb.rcv.nxt;
		if (again && (segment.flags & (SYN | FIN)) === FIN && tcb.state === 'TIME-WAIT')
			move(tcb, 'rcv FIN', now);
		return;
	}
	if (segment.flags & RST) {
		if (segment.seq === tcb.rcv.nxt) takeReset(tcb, now);
		else dispute(tcb, 'RST not at RCV.NXT', now);
		return;
	}
	if (segment.flags & SYN) {
		if (tcb.state !== 'SYN-RECEIVED' || !move(tcb, 'rcv SYN', now)) dispute(tcb, 'SYN', now);
		return;
	}
	takeStamp(tcb, segment, now);
	tcb.unheard = 0;
	if (tcb.timer?.kind === 'keepalive') startTimer(tcb, 'keepalive', now);
	if (!(segment.flags & ACK)) {
		discard(tcb, 'no ACK');
		return;
	}
	if (!takeAck(tcb, segment, now)) return;
	takeMark(tcb, segment, marked);
	takeText(tcb, segment, now);
}

/**
 * Second step. After the peer's FIN the text lets an RST pass in silence, for nothing is at stake; where text of our user is
 * not acknowledged, it is, and the user is told: a CLOSE promised to deliver it (§3.6).
 */
function takeReset(tcb: Tcb, now: Micros): void {
	const cutOff = tcb.queue.length > 0 && (tcb.state === 'CLOSING' || tcb.state === 'LAST-ACK');
	if (cutOff) tcb.wants({ type: 'error', error: 'reset' });
	move(tcb, 'rcv RST', now);
}

/**
 * In a simultaneous open the peer's SYN comes a second time, now with the ACK (figure 8): the SYN is old, the ACK is not.
 */
function withoutKnownSyn(tcb: Tcb, segment: TcpSegment): TcpSegment {
	const known =
		tcb.state === 'SYN-RECEIVED' &&
		(segment.flags & (SYN | ACK | RST)) === (SYN | ACK) &&
		segment.seq === tcb.irs;
	return known ? { ...segment, seq: add(segment.seq, 1), flags: segment.flags & ~SYN } : segment;
}

/**
 * First step, table 6 of §3.4. Into a closed window a segment at RCV.NXT is let through for its ACK and RST; its text
 * is cut off later, since there is no room for it.
 */
function acceptable(tcb: Tcb, segment: TcpSegment): boolean {
	const { nxt, wnd } = tcb.rcv;
	if (wnd === 0) return segment.seq === nxt;
	const length = lengthOf(segment);
	return inWindow(nxt, segment.seq, wnd) || (length > 1 && inWindow(nxt, add(segment.seq, length - 1), wnd));
}

/** Fifth step. Returns false when the segment is to be dropped or the connection is gone. */
function takeAck(tcb: Tcb, segment: TcpSegment, now: Micros): boolean {
	const { snd } = tcb;
	if (tcb.state === 'SYN-RECEIVED') {
		if (!acknowledges(snd.una, segment.ack, snd.nxt)) {
			discard(tcb, 'wrong ACK');
			emitRstFor(tcb, segment, now);
			return false;
		}
		takeWindow(tcb, segment);
		advance(tcb, segment, now);
		move(tcb, 'rcv ACK of SYN', now);
		if (tcb.closing) move(tcb, 'CLOSE', now);
		return true;
	}
	if (gt(segment.ack, snd.nxt)) {
		// a window probe lies beyond SND.NXT until the peer takes it
		if (tcb.probes === 0 || snd.una !== snd.nxt || segment.ack !== add(snd.nxt, 1)) {
			dispute(tcb, 'wrong ACK', now);
			return false;
		}
		snd.nxt = segment.ack;
	} else if (lt(segment.ack, add(snd.una, -snd.maxWnd))) {
		// older than anything still on its way: forged (RFC 5961 §5.2)
		dispute(tcb, 'wrong ACK', now);
		return false;
	}
	if (tcb.timer?.kind === 'persist') tcb.retries = 0;
	takeEcho(tcb, segment);
	const news = gt(segment.ack, snd.una);
	if (news) advance(tcb, segment, now);
	else countDuplicate(tcb, segment, now);
	if (tcb.rack !== null) detectLoss(tcb, tcb.rack, segment, news, now);
	const newer = lt(snd.wl1, segment.seq) || (snd.wl1 === segment.seq && lte(snd.wl2, segment.ack));
	if (newer && segment.ack === snd.una) takeWindow(tcb, segment);
	if (tcb.finQueued && snd.una === snd.nxt && diff(snd.una, tcb.queue.end) > 0) {
		move(tcb, 'rcv ACK of FIN', now);
	}
	return tcb.state !== 'CLOSED';
}

/** SEG.ACK is after SND.UNA: something new is acknowledged. */
function advance(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	const { snd } = tcb;
	if (snd.una === tcb.iss && tcb.synRepeated) {
		tcb.rto.value = Math.max(tcb.config.rto, RTO_AFTER_LOST_SYN);
	}
	const opening = snd.una === tcb.iss;
	if (tcb.rack === null || opening) {
		if (tcb.stamps === null) endTiming(tcb.rto, segment.ack, now);
		else measureByStamp(tcb, segment, now);
		if (tcb.rto.srtt !== null) tcb.rack?.took(tcb.rto.srtt, now);
	}
	if (opening && tcb.congestion && tcb.synRepeated) tcb.congestion.cwnd = tcb.congestion.mss;
	const flight = diff(snd.nxt, snd.una);
	const acked = diff(segment.ack, snd.una);
	snd.una = segment.ack;
	tcb.queue.acknowledge(segment.ack);
	if (snd.up !== null && !lt(snd.una, snd.up)) snd.up = null;
	tcb.retries = 0;
	tcb.waiting = null;
	takeSack(tcb, segment, now);
	if (!opening) onProgress(tcb, acked, flight, now);
	if (snd.una === snd.nxt) tcb.timer = null;
	else if (restartsTimer(tcb)) startTimer(tcb, 'rto', now);
}

/**
 * Every ACK of something new starts the timer anew (RFC 6298 §5.3), but of the partial ones in NewReno's fast recovery
 * only the first (RFC 6582 §3.2): with many holes a time-out is faster than a round trip for each.
 */
function restartsTimer({ recovery, congestion, board }: Tcb): boolean {
	if (recovery?.cause !== 'fast' || congestion === null || board !== null) return true;
	if (recovery.timed) return false;
	recovery.timed = true;
	return true;
}

/**
 * RFC 5681 §2: the same ACK and window again, with nothing else in it, while data is outstanding. At a closed window
 * it answers a probe instead.
 */
function countDuplicate(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	const { snd } = tcb;
	const news = takeSack(tcb, segment, now);
	const duplicate =
		segment.ack === snd.una &&
		snd.una !== snd.nxt &&
		snd.wnd > 0 &&
		lengthOf(segment) === 0 &&
		windowOf(tcb, segment) === snd.wnd;
	if (tcb.rack !== null) return;
	// with SACK it is one that reports something new (RFC 6675 §2)
	if (tcb.board === null ? duplicate : news > 0 && segment.ack === snd.una) onDuplicate(tcb);
}

/** Put the segment's SACK blocks on the scoreboard; returns the octets that are new in them (RFC 6675 §5 (A)). */
function takeSack(tcb: Tcb, segment: TcpSegment, now: Micros): number {
	const { board, rack, snd } = tcb;
	if (board === null) return 0;
	let news = 0;
	for (const option of segment.options) {
		if (option.kind === 'sack') news = board.update(option.blocks, snd.una, snd.nxt);
	}
	if (rack !== null) takeDelivery(tcb, rack, segment, now);
	return news;
}

/** SEG.WND in octets (RFC 7323 §2.3). */
function windowOf(tcb: Tcb, segment: TcpSegment): number {
	return segment.flags & SYN ? segment.window : segment.window * 2 ** tcb.snd.shift;
}

function takeWindow(tcb: Tcb, segment: TcpSegment): void {
	const { snd } = tcb;
	if (segment.window > 0) tcb.probes = 0;
	snd.wnd = windowOf(tcb, segment);
	snd.maxWnd = Math.max(snd.maxWnd, snd.wnd);
	snd.wl1 = segment.seq;
	snd.wl2 = segment.ack;
}
