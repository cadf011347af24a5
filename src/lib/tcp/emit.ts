/**
 * Builds this connection's outgoing segments and adds them to the effects. Every segment with ACK set tells the peer
 * RCV.NXT and the window, and so settles an ACK that was owed.
 */
import { add, type Seq } from '#lib/wire/seq.ts';
import { ACK, RST, SYN, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { acknowledged, windowToOffer } from './acknowledge.ts';
import { synOptions } from './options.ts';
import { lengthOf, type Tcb } from './tcb.ts';

const NO_PAYLOAD = new Uint8Array(0);
const NO_OPTIONS: readonly TcpOption[] = [];

interface Extra {
	readonly payload?: Uint8Array;
	readonly options?: readonly TcpOption[];
	readonly retransmission?: 'rto' | 'fast' | null;
}

/** Send one segment at `seq`. Nothing of the send variables is changed. */
export function emit(tcb: Tcb, seq: Seq, flags: number, extra: Extra = {}): void {
	const acknowledging = (flags & ACK) !== 0;
	const window = flags & RST ? 0 : flags & SYN ? tcb.rcv.wnd : windowToOffer(tcb);
	const segment: TcpSegment = {
		srcPort: tcb.config.local.port,
		dstPort: tcb.config.remote.port,
		seq,
		ack: acknowledging ? tcb.rcv.nxt : 0,
		flags,
		window,
		urgent: 0,
		options: extra.options ?? NO_OPTIONS,
		payload: extra.payload ?? NO_PAYLOAD
	};
	if (acknowledging) {
		acknowledged(tcb);
		tcb.advertised = add(tcb.rcv.nxt, window);
	}
	if (extra.retransmission) {
		tcb.effects.push({ type: 'transmit', segment, retransmission: extra.retransmission });
	} else {
		tcb.effects.push({ type: 'transmit', segment });
	}
}

/** Our SYN: with ACK once the peer's SYN is known. It carries the options, and is the only segment that does. */
export function emitSyn(tcb: Tcb, retransmission: 'rto' | 'fast' | null = null): void {
	const flags = tcb.state === 'SYN-SENT' ? SYN : SYN | ACK;
	emit(tcb, tcb.iss, flags, { options: synOptions(tcb.config.mss), retransmission });
}

/** The peer acknowledged what was never sent: RST at the number it believes in (RFC 9293 §3.5.2, group 2). */
export function emitRstFor(tcb: Tcb, segment: TcpSegment): void {
	emit(tcb, segment.ack, RST);
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
