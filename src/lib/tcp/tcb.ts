/**
 * The transmission control block (RFC 9293 §3.3.1): every variable of one connection, under the RFC's names, and the
 * effects that its procedures leave behind. Data only; move.ts, send.ts and segment.ts are what changes it.
 */
import type { Seq } from '#lib/wire/seq.ts';
import type { TcpSegment } from '#lib/wire/tcp.ts';
import type { Congestion } from './congestion.ts';
import type { Discard } from './discard.ts';
import type { SackReport } from './options.ts';
import type { Ecn } from './ecn.ts';
import { ReceiveQueue } from './receive.ts';
import { Rto, type Micros } from './rto.ts';
import { SendQueue } from './send-queue.ts';
import type { Rack } from './rack.ts';
import type { Scoreboard } from './scoreboard.ts';
import type { Stamps } from './stamps.ts';
import type { TcpEvent, TcpState } from './states.ts';
import { LESSON, type Tuning } from './tuning.ts';

export interface Endpoint {
	/** IPv4 address, unsigned 32 bits. */
	readonly address: number;
	readonly port: number;
}

export interface ConnectionConfig {
	readonly local: Endpoint;
	readonly remote: Endpoint;
	/** Initial send sequence number, unsigned 32 bits (RFC 9293 §3.4.1). */
	readonly iss: Seq;
	/** Maximum segment size offered in our SYN, and the most we send whatever the peer offers; octets. */
	readonly mss: number;
	/** Octets. The window offered is this minus what the user has not read, and never over 65,535. */
	readonly receiveBuffer: number;
	/** Initial retransmission time-out (RFC 6298 §2.1). */
	readonly rto: Micros;
	/** Maximum segment lifetime; TIME-WAIT lasts twice as long. */
	readonly msl: Micros;
	/** What the host has switched on; absent: `LESSON`. */
	readonly tuning?: Tuning;
	/** Octets of the largest datagram known to reach the peer in one piece (RFC 1191); absent: nothing is known. */
	readonly pathMtu?: number;
}

/**
 * Why something is sent again: the timer, an ACK that tells of a loss, a path that did not carry it (RFC 1191), or the
 * tail's silence (RFC 8985).
 */
export type Repetition = 'rto' | 'fast' | 'mtu' | 'probe';

/** What the connection wants of the world, in the order in which it came about. */
export type Effect =
	| {
			readonly type: 'transmit';
			readonly segment: TcpSegment;
			/** Sent before; what made us send it again. Absent on a window probe. */
			readonly retransmission?: Repetition;
			/** A congested router may mark it instead of dropping it: ECT(0) (RFC 3168 §5). */
			readonly markable?: true;
	  }
	| { readonly type: 'state'; readonly from: TcpState; readonly to: TcpState; readonly on: TcpEvent }
	/** There are octets to `receive`. */
	| { readonly type: 'readable' }
	/** The peer has announced urgent text: so many octets from the next one to be received on (RFC 9293 §3.8.5). */
	| { readonly type: 'urgent'; readonly octets: number }
	/** Nothing was taken of the segment that has just come. */
	| { readonly type: 'discard'; readonly reason: Discard }
	/** The peer's FIN was reached in order: nothing follows what has been made readable. */
	| { readonly type: 'end' }
	| { readonly type: 'error'; readonly error: 'refused' | 'reset' | 'timeout' }
	/** The connection is over and may be forgotten. Always the last effect. */
	| { readonly type: 'closed' };

export type TimerKind = 'rto' | 'persist' | 'override' | 'keepalive' | '2msl';

/** What to assume when the peer's SYN carries no MSS option (RFC 9293 §3.7.1, MUST-15), octets. */
export const DEFAULT_MSS = 536;

/** The one timer: what it is for and when it runs out. */
export class Timer {
	readonly kind: TimerKind;
	readonly at: Micros;
	/** Nothing but TIME-WAIT is left to end, or the peer to be asked whether it is there. */
	readonly background: boolean;

	constructor(kind: TimerKind, at: Micros) {
		this.kind = kind;
		this.at = at;
		this.background = kind === '2msl' || kind === 'keepalive';
	}
}

/** Send sequence variables (RFC 9293 §3.3.1), and what limits a segment. */
class SendVariables {
	una: Seq;
	nxt: Seq;
	wnd = 0;
	wl1: Seq = 0;
	wl2: Seq = 0;
	/** Largest payload to send, octets: ours, cut to the peer's offer once its SYN is here, and to the path. */
	mss: number;
	/** What the peer's MSS option said. */
	offered: number;
	/** Octets of the largest datagram known to reach the peer. */
	pathMtu: number;
	/** MAX.SND.WND: the largest window the peer has offered (RFC 5961 §5.2), octets. */
	maxWnd = 0;
	/** SND.UP: end of the urgent text that is not acknowledged (RFC 9293 §3.8.5); null: there is none. */
	up: Seq | null = null;
	/** Snd.Wind.Shift (RFC 7323 §2.3). */
	shift = 0;

	constructor(iss: Seq, mss: number, pathMtu: number) {
		this.una = iss;
		this.nxt = iss;
		this.mss = mss;
		this.offered = mss;
		this.pathMtu = pathMtu;
	}
}

/** No effects: nobody adds to it. */
export const NO_EFFECTS: Effect[] = [];

/** A class, and so are its parts: where literals live long an engine makes later ones old from birth, and keeps what they hold. */
export class Tcb {
	readonly config: ConnectionConfig;
	readonly tuning: Tuning;
	/** The connection came from LISTEN. */
	passive: boolean;
	state: TcpState;
	/** The TCB is deleted: there is no connection any more. */
	over = false;

	readonly iss: Seq;
	irs: Seq = 0;
	readonly snd: SendVariables;
	readonly rcv: ReceiveQueue;
	readonly queue: SendQueue;

	/** The user has called CLOSE. */
	closing = false;
	/** A FIN follows the last octet of the queue. */
	finQueued = false;
	/** The peer is to be told RCV.NXT and RCV.WND by the next segment. */
	ackOwed = false;
	/** A delayed ACK is due then; null: none waits. */
	ackAt: Micros | null = null;
	/** Octets of text taken since the peer was last told RCV.NXT. */
	unanswered = 0;
	/** Largest text the peer has sent: what a full segment is when ACKs are delayed, octets. */
	rcvMss: number;
	/** Right edge of the window the peer was last told of. */
	advertised: Seq = 0;
	/** Challenge ACKs sent in second number `challengeSecond` of virtual time. */
	challengeSecond = -1;
	challenges = 0;

	readonly rto: Rto;
	/** There is one timer beside the delayed ACK's, since its kinds exclude each other. */
	timer: Timer | null = null;
	/** Times the timer ran out since the peer last answered. */
	retries = 0;
	/** Since when something waits for its acknowledgement, and none has come; null: nothing does. */
	waiting: Micros | null = null;
	/** The window was too small to use for so long that what fits is sent all the same (RFC 9293 §3.8.6.2.1). */
	override = false;
	/** Keep-alive probes that nobody has answered. */
	unheard = 0;
	/** RCV.UP: end of the urgent text (RFC 9293 §3.8.5); null: there is none. */
	urgent: Seq | null = null;
	/** Window probes sent since the window last opened; the wait before the next one doubles with each. */
	probes = 0;
	/** A SYN had to be sent again (RFC 6298 §5.7). */
	synRepeated = false;

	/** ACKs in a row that asked for SND.UNA again (RFC 5681 §2). */
	duplicates = 0;
	/**
	 * Loss recovery lasts until this is acknowledged; null: there is none. Why it began names its resends. `timed`: a
	 * partial ACK has started the timer anew already; `rescued`: the rescue retransmission of RFC 6675 §4 was made.
	 */
	recovery: {
		readonly until: Seq;
		readonly cause: Exclude<Repetition, 'probe'>;
		timed: boolean;
		rescued: boolean;
	} | null = null;
	/** SND.NXT when recovery last began (`recover`, RFC 6582 §3.2). */
	recover: Seq;
	/** What lies before it was sent again in this recovery (HighRxt, RFC 6675 §2). */
	rexmit: Seq;
	/** New octets sent on duplicate ACKs (RFC 3042); no part of FlightSize when the window is halved. */
	limited = 0;
	/** When text was last sent. */
	lastSent: Micros = 0;
	/** Null: the peer's window alone limits what is in flight. */
	congestion: Congestion | null = null;
	/** What the peer reports by SACK; null: not agreed upon. */
	board: Scoreboard | null = null;
	/** When each segment in flight was sent; null: loss is not found by time. */
	rack: Rack | null = null;
	/** What we report by SACK; null: not agreed upon. */
	report: SackReport | null = null;
	/** Both SYNs carried a window scale; ours is `rcvShift` (RFC 7323 §2.2). */
	scaled = false;
	rcvShift = 0;
	/** Null: not agreed upon. */
	ecn: Ecn | null = null;
	/** Null: timestamps are not agreed upon. */
	stamps: Stamps | null = null;
	/** The segment at SND.UNA is to be sent again at the next flush. */
	resend: 'rto' | 'fast' | null = null;

	#effects: Effect[] = NO_EFFECTS;

	constructor(config: ConnectionConfig, state: 'CLOSED' | 'LISTEN') {
		const iss = config.iss >>> 0;
		this.config = config;
		this.tuning = config.tuning ?? LESSON;
		this.passive = state === 'LISTEN';
		this.state = state;
		this.iss = iss;
		this.snd = new SendVariables(iss, config.mss, config.pathMtu ?? Infinity);
		this.rcv = new ReceiveQueue(config.receiveBuffer);
		this.queue = new SendQueue((iss + 1) >>> 0);
		this.rcvMss = Math.min(DEFAULT_MSS, config.mss);
		this.rto = new Rto(config.rto, config.tuning?.minRto);
		this.recover = iss;
		this.rexmit = iss;
	}

	/** Adds to what the connection wants of the world. */
	wants(effect: Effect): void {
		if (this.#effects === NO_EFFECTS) this.#effects = [effect];
		else this.#effects.push(effect);
	}

	/** Takes what it wants. */
	taken(): Effect[] {
		const effects = this.#effects;
		this.#effects = NO_EFFECTS;
		return effects;
	}
}

/** Octets of sequence space a segment takes: its payload, and one each for SYN and FIN (RFC 9293 §3.4). */
export function lengthOf(segment: TcpSegment): number {
	return segment.payload.length + ((segment.flags >> 1) & 1) + (segment.flags & 1);
}
