/**
 * Explicit congestion notification (RFC 3168): agreed upon in the SYNs, a mark on our text is echoed by the peer until we
 * say that we have slowed down, and the other way round. Its law: text sent for the first time may be marked and nothing
 * else; one window of data slows down once.
 */
import { diff, gt, type Seq } from '#lib/wire/seq.ts';
import { ACK, CWR, ECE, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { shrink } from './congestion.ts';
import type { Tcb } from './tcb.ts';

export interface Ecn {
	/** Marked text has come: every ACK says so until the peer answers with CWR (§6.1.3). */
	echo: boolean;
	/** The ACK at hand echoes a mark: the congestion window does not grow by it (§6.1.2). */
	echoed: boolean;
	/** We have slowed down: the next new text says so (§6.1.2). */
	slowed: boolean;
	/** SND.NXT when we last did, for an echo or a loss: an echo is news once more than that is acknowledged. */
	since: Seq;
}

/** The bits of our SYN: an offer, or the answer to one. A SYN that had to be repeated offers nothing (§6.1.1.1). */
export function setupBits(tcb: Tcb): number {
	if (tcb.state !== 'SYN-SENT') return tcb.ecn === null ? 0 : ECE;
	return tcb.tuning.ecn && !tcb.synRepeated ? ECE | CWR : 0;
}

/** Take the bits of the peer's SYN: with ACK an answer, without it an offer (§6.1.1). */
export function takeSetup(tcb: Tcb, syn: TcpSegment): void {
	const wanted = syn.flags & ACK ? ECE : ECE | CWR;
	const agreed = tcb.tuning.ecn && !tcb.synRepeated && (syn.flags & (ECE | CWR)) === wanted;
	tcb.ecn = agreed ? { echo: false, echoed: false, slowed: false, since: tcb.iss } : null;
}

/** The bits of an outgoing segment other than a SYN or RST. `fresh`: it has text that goes for the first time. */
export function echoBits(ecn: Ecn, flags: number, fresh: boolean): number {
	if (flags & (SYN | RST)) return 0;
	const slowed = fresh && ecn.slowed;
	if (slowed) ecn.slowed = false;
	return (ecn.echo && flags & ACK ? ECE : 0) | (slowed ? CWR : 0);
}

/** Text has come. `marked`: a router on its way was congested. */
export function takeMark(tcb: Tcb, segment: TcpSegment, marked: boolean): void {
	if (tcb.ecn === null || segment.payload.length === 0) return;
	if (segment.flags & CWR) tcb.ecn.echo = false;
	if (marked) tcb.ecn.echo = true;
}

/**
 * The congestion window was cut, whatever for: the next new text says so by CWR, and what was marked before asks for nothing
 * more (§6.1.2).
 */
export function slowedDown({ ecn, snd }: Tcb): void {
	if (ecn === null) return;
	ecn.since = snd.nxt;
	ecn.slowed = true;
}

/** An ACK that echoes a mark asks to slow down as a loss does, but nothing has to be sent again (§6.1.2). */
export function takeEcho(tcb: Tcb, segment: TcpSegment): void {
	const { ecn, congestion, recovery, snd } = tcb;
	if (ecn === null || segment.flags & SYN) return;
	ecn.echoed = (segment.flags & ECE) !== 0;
	if (!ecn.echoed || !gt(segment.ack, ecn.since)) return;
	// whoever repairs a loss has slowed down already; a narrower path is none
	if (congestion && (recovery === null || recovery.cause === 'mtu')) {
		const before = congestion.cwnd;
		shrink(congestion, diff(snd.nxt, snd.una), 0);
		// never wider than it was: the least threshold is two segments
		congestion.cwnd = Math.min(before, congestion.cwnd);
	}
	slowedDown(tcb);
}
