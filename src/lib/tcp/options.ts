/**
 * What this connection says and reads in TCP options. Only the maximum segment size so far (RFC 9293 §3.7.1): it
 * travels on SYN segments alone. Window scale, timestamps and SACK get their own reader and writer here.
 */
import { SYN, type TcpOption, type TcpSegment } from '#lib/wire/tcp.ts';
import { DEFAULT_MSS } from './tcb.ts';

/** The options of an outgoing SYN or SYN,ACK. */
export function synOptions(mss: number): readonly TcpOption[] {
	return [{ kind: 'mss', value: mss }];
}

/**
 * The largest payload to send, octets: what the peer's SYN offers, and never more than our own `mss`.
 * An offer of 0 would stop the connection for ever: it counts as 1.
 */
export function sendMss(syn: TcpSegment, mss: number): number {
	let offered = DEFAULT_MSS;
	if (syn.flags & SYN) {
		for (const option of syn.options) if (option.kind === 'mss') offered = option.value;
	}
	return Math.max(1, Math.min(offered, mss));
}
