/**
 * Builds this connection's outgoing segments and adds them to the effects. Every segment with ACK set tells the peer
 * RCV.NXT and the window, and so settles an ACK that was owed.
 */
import { add, diff, gt, type Seq } from '#lib/wire/seq.ts';
import { ACK, RST, SYN, URG, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { acknowledged, windowToOffer } from './acknowledge.ts';
import { echoBits, setupBits } from './ecn.ts';
import { options, synOptions } from './options.ts';
import type { Micros } from './rto.ts';
import { lengthOf, type Repetition, type Tcb } from './tcb.ts';

/** The window field has 16 bits. */
const MAX_WINDOW = 0xffff;
const NO_PAYLOAD = new Uint8Array(0);
const NO_OPTIONS: readonly TcpOption[] = [];
const NOTHING: Extra = {};

interface Extra {
	readonly payload?: Uint8Array;
	readonly options?: readonly TcpOption[];
	readonly retransmission?: Repetition | null;
	/** Its text goes for the first time. */
	readonly fresh?: boolean;
}

/** Send one segment at `seq`. Nothing of the send variables is changed. */
export function emit(tcb: Tcb, seq: Seq, flags: number, now: Micros, extra: Extra = NOTHING): void {
	const acknowledging = (flags & ACK) !== 0;
	const payload = extra.payload ?? NO_PAYLOAD;
	const window = windowField(tcb, flags);
	const { fresh = false } = extra;
	const urgent = urgentPointer(tcb, seq, flags);
	const echo = tcb.ecn === null ? 0 : echoBits(tcb.ecn, flags, fresh);
	const segment: TcpSegment = {
		srcPort: tcb.config.local.port,
		dstPort: tcb.config.remote.port,
		seq,
		ack: acknowledging ? tcb.rcv.nxt : 0,
		flags: flags | echo | (urgent > 0 ? URG : 0),
		window,
		urgent,
		options: extra.options ?? options(tcb, payload.length, now),
		payload
	};
	if (acknowledging) {
		acknowledged(tcb);
		tcb.advertised = add(tcb.rcv.nxt, flags & SYN ? window : window * 2 ** tcb.rcvShift);
		if (tcb.stamps !== null) tcb.stamps.lastAck = tcb.rcv.nxt;
	}
	if (extra.retransmission) {
		tcb.wants({ type: 'transmit', segment, retransmission: extra.retransmission });
	} else if (fresh && tcb.ecn !== null) {
		tcb.wants({ type: 'transmit', segment, markable: true });
	} else {
		tcb.wants({ type: 'transmit', segment });
	}
}

/** How far the urgent text reaches beyond `seq`, octets; 0: it does not. The field has 16 bits. */
function urgentPointer({ snd }: Tcb, seq: Seq, flags: number): number {
	if (snd.up === null || flags & (SYN | RST) || !gt(snd.up, seq)) return 0;
	return Math.min(0xffff, diff(snd.up, seq));
}

/**
 * The window as carried: in a SYN never scaled (RFC 7323 §2.2), else in units of 2^shift, rounded so that its right edge
 * does not move back (§2.4).
 */
function windowField(tcb: Tcb, flags: number): number {
	if (flags & RST) return 0;
	if (flags & SYN) return Math.min(MAX_WINDOW, tcb.rcv.wnd);
	const window = windowToOffer(tcb);
	if (tcb.rcvShift === 0) return window;
	const unit = 2 ** tcb.rcvShift;
	const told = diff(tcb.advertised, tcb.rcv.nxt);
	return Math.max(Math.floor(window / unit), Math.ceil(Math.min(told, window + unit) / unit));
}

/** Our SYN: with ACK once the peer's SYN is known. It carries the options, and is the only segment that does. */
export function emitSyn(tcb: Tcb, now: Micros, retransmission: Repetition | null = null): void {
	const flags = (tcb.state === 'SYN-SENT' ? SYN : SYN | ACK) | setupBits(tcb);
	emit(tcb, tcb.iss, flags, now, { options: synOptions(tcb, now), retransmission });
}

/** The peer acknowledged what was never sent: RST at the number it believes in (RFC 9293 §3.5.2, group 2). */
export function emitRstFor(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	emit(tcb, segment.ack, RST, now);
}

/**
 * The answer to a segment for a port that nobody has open (RFC 9293 §3.10.7.1); null for an RST, which is never
 * answered.
 */
export function resetFor(segment: TcpSegment): TcpSegment | null {
	if (segment.flags & RST) return null;
	const acknowledged = (segment.flags & ACK) !== 0;
	return {
		srcPort: segment.dstPort,
		dstPort: segment.srcPort,
		seq: acknowledged ? segment.ack : 0,
		ack: acknowledged ? 0 : add(segment.seq, lengthOf(segment)),
		flags: acknowledged ? RST : RST | ACK,
		window: 0,
		urgent: 0,
		options: NO_OPTIONS,
		payload: NO_PAYLOAD
	};
}
