/** The marks of segments by their names in a display filter, as Wireshark has them after `tcp.analysis.`. */
import type { Mark } from './marks.ts';

export const FILTER_NAMES: Readonly<Record<string, Mark>> = {
	fast_retransmission: 'fast retransmission',
	spurious_retransmission: 'spurious retransmission',
	out_of_order: 'out of order',
	lost_segment: 'previous segment not captured',
	ack_lost_segment: 'acknowledges unseen segment',
	duplicate_ack: 'duplicate ACK',
	zero_window: 'zero window',
	zero_window_probe: 'window probe',
	zero_window_probe_ack: 'answer to window probe',
	window_full: 'window full',
	window_update: 'window update',
	keep_alive: 'keep-alive',
	keep_alive_ack: 'answer to keep-alive',
	reused_ports: 'port reused'
};
