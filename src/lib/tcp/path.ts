/**
 * What the network says about a connection by ICMP (RFC 9293 §3.9.2.2). Its law: only what quotes a segment in flight is
 * believed (RFC 5927 §4.1); a connection that stands is never ended by it (RFC 5461 §4); a path that has become narrower
 * lowers the segment size and nothing else (RFC 1191 §6.4).
 */
import { gte, lt, type Seq } from '#lib/wire/seq.ts';
import { move } from './move.ts';
import { sizeSegments } from './options.ts';
import { onNarrowing } from './recovery.ts';
import type { Micros } from './rto.ts';
import type { Tcb } from './tcb.ts';
import { startTimer } from './timer.ts';

/** The segment that an error quotes may be ours: its number is in flight, or the next, as that of a pure ACK is. */
export function inFlight({ snd, iss }: Tcb, seq: Seq): boolean {
	return gte(seq, snd.una) && (lt(seq, snd.nxt) || (seq === snd.nxt && snd.una !== iss));
}

/** The path is known to carry datagrams of `mtu` octets. If that is less than what is in flight was cut for, it is sent again. */
export function takePathMtu(tcb: Tcb, mtu: number, now: Micros): void {
	const { snd, congestion } = tcb;
	if (mtu === snd.pathMtu) return;
	const before = snd.mss;
	snd.pathMtu = mtu;
	sizeSegments(tcb);
	if (congestion) congestion.mss = snd.mss;
	// a SYN fits every path, and a closed window has its own timer
	if (snd.mss >= before || snd.una === tcb.iss || snd.una === snd.nxt || snd.wnd === 0) return;
	onNarrowing(tcb);
	startTimer(tcb, 'rto', now);
}

/** A hard error, protocol or port unreachable: it ends an attempt to connect, and nothing else (RFC 5461 §4.2). */
export function takeHardError(tcb: Tcb, now: Micros): void {
	if (tcb.state !== 'SYN-SENT') return;
	tcb.wants({ type: 'error', error: 'refused' });
	move(tcb, 'ABORT', now);
}
