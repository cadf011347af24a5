/**
 * What a host may switch on or off in its TCP, one shared record for all its connections. Its law: `LESSON` is the
 * plainest TCP that RFC 9293 allows, so that every packet of a lesson follows from one rule at a time.
 */
import type { Micros } from './rto.ts';

export interface Tuning {
	/** Hold small segments back while anything is unacknowledged (RFC 9293 §3.7.4). */
	readonly nagle: boolean;
	/**
	 * How long an ACK may wait for company (RFC 9293 §3.8.6.3), less than 500 ms; Linux waits 40 ms. Every second full
	 * segment is still acknowledged at once. 0: every segment is.
	 */
	readonly delayedAck: Micros;
	/** `none`: after a first flight of ten segments (RFC 6928) the peer's window alone limits what is in flight. */
	readonly congestion: 'none' | 'newreno' | 'cubic';
	/** Shift count offered for our window (RFC 7323 §2.2), 0 to 14; null: the option is neither offered nor taken. */
	readonly windowScale: number | null;
	/** Offer and take timestamps: RTT of every ACK, and PAWS (RFC 7323 §3 to §5). */
	readonly timestamps: boolean;
	/** Offer and take selective acknowledgments (RFC 2018, 6675). */
	readonly sack: boolean;
	/** Find loss by time, and probe for a lost tail (RFC 8985): where SACK is agreed upon. */
	readonly rack: boolean;
	/** Offer and take explicit congestion notification (RFC 3168). */
	readonly ecn: boolean;
	/** Probe a connection idle for so long (RFC 9293 §3.8.4: two hours at least); 0: never. */
	readonly keepAlive: Micros;
	/** Wait between keep-alive probes that nobody answers. */
	readonly keepAliveInterval: Micros;
	/** Unanswered keep-alive probes after which the connection is given up. */
	readonly keepAliveProbes: number;
	/** Least retransmission time-out ever computed (RFC 6298 §2.4 recommends 1 s; Linux has 200 ms). */
	readonly minRto: Micros;
	/**
	 * Give a connection up when what it has to say has not been acknowledged for so long (RFC 9293 §3.8.3, MUST-21; §3.10.8);
	 * 0: by the count of repeats.
	 */
	readonly userTimeout: Micros;
	/** Challenge ACKs in one second of virtual time, per connection (RFC 5961 §7). */
	readonly challengeLimit: number;
}

export const LESSON: Tuning = {
	nagle: false,
	delayedAck: 0,
	congestion: 'none',
	windowScale: null,
	timestamps: false,
	sack: false,
	rack: false,
	ecn: false,
	keepAlive: 0,
	keepAliveInterval: 75_000_000,
	keepAliveProbes: 9,
	minRto: 1_000_000,
	userTimeout: 0,
	challengeLimit: 10
};
