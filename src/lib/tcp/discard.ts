/** Why a connection takes nothing of a segment that has reached it (RFC 9293 §3.10.7), for the log: what is sent in answer is no part of it. */
import { lt } from '#lib/wire/seq.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import type { Tcb } from './tcb.ts';

export type Discard =
	/** It ends before RCV.NXT: all of it was here before (§3.4, table 6). */
	| 'old'
	/** It begins after the window (§3.4, table 6). */
	| 'beyond the window'
	/** An old duplicate by its timestamp (RFC 7323 §5.3), or one without a timestamp where they are agreed upon (§3.2). */
	| 'old timestamp'
	| 'no timestamp'
	/** An RST that is not at RCV.NXT (RFC 5961 §3.2). */
	| 'RST not at RCV.NXT'
	/** A SYN in a synchronized state (RFC 5961 §4.2). */
	| 'SYN'
	/** It acknowledges what was never sent, or what is long past (RFC 5961 §5.2). */
	| 'wrong ACK'
	| 'no ACK'
	/** In SYN-SENT or LISTEN. */
	| 'no SYN'
	| 'RST without a connection';

export function discard(tcb: Tcb, reason: Discard): void {
	tcb.wants({ type: 'discard', reason });
}

/** The segment has failed the first test. */
export function discardUnacceptable(tcb: Tcb, { seq }: TcpSegment): void {
	discard(tcb, lt(seq, tcb.rcv.nxt) ? 'old' : 'beyond the window');
}
