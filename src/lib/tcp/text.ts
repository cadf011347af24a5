/**
 * The last three steps of SEGMENT ARRIVES (RFC 9293 §3.10.7.4): urgent pointer, text and FIN of a segment that has passed all
 * the others. Its law: what is taken is taken in order, once, and within the window.
 */
import { add, diff, gt } from '#lib/wire/seq.ts';
import { FIN, URG, type TcpSegment } from '#lib/wire/tcp.ts';
import { oweAck } from './acknowledge.ts';
import { move } from './move.ts';
import { noteArrival } from './options.ts';
import type { Micros } from './rto.ts';
import type { Effect, Tcb } from './tcb.ts';

const READABLE: Effect = { type: 'readable' };
const END: Effect = { type: 'end' };

/** Where the window is closed the pointer is taken as it is (§3.10.7.4, first step): 16 bits bound it. */
const FARTHEST = 0xffff;

/**
 * Sixth step (§3.8.5): RCV.UP moves on to the pointer, cut to the window. The text stays in its place in the stream; the
 * pointer is never used to reach into the segment.
 */
function takeUrgent(tcb: Tcb, segment: TcpSegment): void {
	const { nxt, wnd } = tcb.rcv;
	const octets = Math.min(diff(add(segment.seq, segment.urgent), nxt), wnd === 0 ? FARTHEST : wnd);
	const up = add(nxt, octets);
	if (octets <= 0 || (tcb.urgent !== null && !gt(up, tcb.urgent))) return;
	tcb.urgent = up;
	tcb.wants({ type: 'urgent', octets });
}

/** Seventh and eighth step. After the peer's FIN there is no text to come, and none is taken. */
export function takeText(tcb: Tcb, segment: TcpSegment, now: Micros): void {
	const fin = (segment.flags & FIN) !== 0;
	const receiving = tcb.state === 'ESTABLISHED' || tcb.state === 'FIN-WAIT-1' || tcb.state === 'FIN-WAIT-2';
	if (receiving && segment.flags & URG) takeUrgent(tcb, segment);
	if (segment.payload.length === 0 && !fin) return;
	if (!receiving) {
		tcb.ackOwed = true;
		return;
	}
	const gapped = tcb.rcv.gapped;
	noteArrival(tcb, segment.seq, segment.payload.length);
	const { readable, ended } = tcb.rcv.insert(segment.seq, segment.payload, fin);
	// old, early or gap-filling text is acknowledged at once (RFC 5681 §4.2)
	if (fin || readable === 0 || gapped) tcb.ackOwed = true;
	else oweAck(tcb, readable, now);
	if (readable > 0) tcb.wants(READABLE);
	if (ended) {
		move(tcb, 'rcv FIN', now);
		tcb.wants(END);
	}
}
