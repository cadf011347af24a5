/**
 * One TCP connection as its user and its host see it (RFC 9293 §3.9.1): OPEN, SEND, RECEIVE, CLOSE, ABORT from above,
 * segments from below, and one timer. It never acts by itself: every call takes the time and returns effects, in order.
 * Law for the host: after each event, when the application has had its say, call `flush` once and ask `nextTimeout`.
 * The states are those of states.ts and nothing else moves them.
 */
import { add, diff, gt, type Seq } from '#lib/wire/seq.ts';
import { ACK, RST, SYN, type TcpSegment } from '#lib/wire/tcp.ts';
import { newsworthy } from './acknowledge.ts';
import { objection, type Call, type Objection } from './calls.ts';
import { move } from './move.ts';
import type { Micros } from './rto.ts';
import { segmentArrives } from './segment.ts';
import { stampOf } from './options.ts';
import { inFlight, takeHardError, takePathMtu } from './path.ts';
import { flush } from './send.ts';
import type { TcpState } from './states.ts';
import { NO_EFFECTS, Tcb, type ConnectionConfig, type Effect, type Endpoint } from './tcb.ts';
import { timeout } from './timeout.ts';

export { resetFor } from './emit.ts';
export type { Micros } from './rto.ts';
export type { ConnectionConfig, Effect, Repetition } from './tcb.ts';
export { LESSON, type Tuning } from './tuning.ts';

export interface Opened {
	readonly connection: Connection;
	readonly effects: Effect[];
}

/** What STATUS tells of a connection; times in µs. */
export interface Status {
	readonly local: Endpoint;
	readonly remote: Endpoint;
	readonly state: TcpState;
	readonly sendWindow: number;
	readonly receiveWindow: number;
	/** Octets of sequence space in flight. */
	readonly unacknowledged: number;
	readonly unsent: number;
	readonly unread: number;
	/** Octets held after a gap. */
	readonly early: number;
	/** Largest text of a segment to the peer. */
	readonly mss: number;
	readonly congestionWindow: number;
	readonly threshold: number;
	/** Smoothed; null before the first measurement. */
	readonly roundTrip: Micros | null;
	readonly timeout: Micros;
	/** Repeats and probes in a row that nobody has answered. */
	readonly repeats: number;
	/** Octets of urgent text to be received, and to be acknowledged (§3.8.5). */
	readonly urgentUnread: number;
	readonly urgentUnacknowledged: number;
	/** D-SACK reports of the peer (RFC 2883). */
	readonly duplicatesReported: number;
}

/** When the connection wants to be woken. */
export interface Timeout {
	readonly at: Micros;
	/** Nothing but TIME-WAIT is left to end, or the peer to be asked whether it is there. */
	readonly background: boolean;
}

export class Connection {
	#tcb: Tcb;
	/** It waits in LISTEN by itself, and goes back to that; otherwise a listener stands behind it that goes on waiting. */
	readonly #listens: boolean;

	private constructor(tcb: Tcb, listens = false) {
		this.#tcb = tcb;
		this.#listens = listens;
	}

	/** Active OPEN (§3.10.1): the SYN is in the effects. */
	static open(config: ConnectionConfig, now: Micros): Opened {
		const tcb = new Tcb(config, 'CLOSED');
		move(tcb, 'active OPEN', now);
		return Connection.#opened(tcb);
	}

	/** Passive OPEN for the one remote end that `config` names (§3.9.1.1): waits in LISTEN for its SYN. */
	static listen(config: ConnectionConfig, now: Micros): Opened {
		const tcb = new Tcb(config, 'CLOSED');
		move(tcb, 'passive OPEN', now);
		return Connection.#opened(tcb, true);
	}

	/**
	 * A SYN came to a port in LISTEN (RFC 9293 §3.10.7.2): the SYN,ACK is in the effects. The caller has checked that it
	 * is a SYN with neither ACK nor RST.
	 */
	static accept(config: ConnectionConfig, syn: TcpSegment, now: Micros): Opened {
		const tcb = new Tcb(config, 'LISTEN');
		segmentArrives(tcb, syn, now, false);
		return Connection.#opened(tcb);
	}

	static #opened(tcb: Tcb, listens = false): Opened {
		const connection = new Connection(tcb, listens);
		return { connection, effects: connection.#effects() };
	}

	/** Active OPEN of what waits in LISTEN (§3.10.1); a connection that is open already stays as it is. */
	open(now: Micros): Effect[] {
		if (this.objection('OPEN') === null) move(this.#tcb, 'active OPEN', now);
		return this.#effects();
	}

	get state(): TcpState {
		return this.#tcb.state;
	}

	/** Octets that `receive` would hand over. */
	get unread(): number {
		return this.#tcb.rcv.unread;
	}

	/** Octets written and not yet acknowledged. */
	get outstanding(): number {
		return this.#tcb.queue.length;
	}

	/** STATUS (§3.10.6): windows and queues in octets; `congestionWindow` is Infinity where congestion control is off. */
	status(): Status {
		const { config, state, snd, rcv, queue, congestion, rto, board, retries, urgent } = this.#tcb;
		return {
			local: config.local,
			remote: config.remote,
			state,
			sendWindow: snd.wnd,
			receiveWindow: rcv.wnd,
			unacknowledged: diff(snd.nxt, snd.una),
			unsent: Math.max(0, diff(queue.end, snd.nxt)),
			unread: rcv.unread,
			early: rcv.held,
			mss: snd.mss,
			congestionWindow: congestion?.cwnd ?? Infinity,
			threshold: congestion?.ssthresh ?? Infinity,
			roundTrip: rto.srtt,
			timeout: rto.value,
			repeats: retries,
			urgentUnread: urgent === null ? 0 : Math.max(0, diff(urgent, add(rcv.nxt, -rcv.unread))),
			urgentUnacknowledged: snd.up === null ? 0 : diff(snd.up, snd.una),
			duplicatesReported: board?.duplicates ?? 0
		};
	}

	/** What the RFC answers to a call that the state does not allow (§3.10); null: it is allowed. */
	objection(call: Call): Objection | null {
		return objection(this.#tcb, call);
	}

	/** SEND is possible: the connection is or will be open, and CLOSE has not been called. */
	get writable(): boolean {
		return this.objection('SEND') === null;
	}

	/**
	 * SEND (§3.10.2). The octets are copied and leave at the next flush; the segment with the last of them carries PSH.
	 * When not `writable` they are not taken; in LISTEN the call is an active OPEN as well. `urgent`: the URGENT flag (§3.8.5).
	 */
	send(octets: Uint8Array, now: Micros, urgent = false): Effect[] {
		if (!this.writable) return NO_EFFECTS;
		const { queue, snd } = this.#tcb;
		queue.write(octets);
		if (urgent) snd.up = queue.end;
		move(this.#tcb, 'SEND', now);
		return this.#effects();
	}

	/** RECEIVE (§3.10.3): up to `max` octets, in order; empty when there are none. Read octets open the window again. */
	receive(max?: number): Uint8Array {
		const { rcv } = this.#tcb;
		const octets = rcv.read(max);
		// tell the peer once it is worth it (§3.8.6.2.2): by a segment, or by half the buffer
		const opened = diff(add(rcv.nxt, rcv.wnd), this.#tcb.advertised);
		if (opened > 0 && opened >= newsworthy(this.#tcb)) {
			if (RECEIVERS.has(this.#tcb.state)) this.#tcb.ackOwed = true;
		}
		return octets;
	}

	/** CLOSE (§3.10.4): no more SENDs. The FIN follows the last octet written; what the peer sends is still received. */
	close(now: Micros): Effect[] {
		const tcb = this.#tcb;
		if (this.objection('CLOSE') !== null) return NO_EFFECTS;
		tcb.closing = true;
		const queued = tcb.queue.end !== tcb.snd.nxt;
		const waits = queued && (tcb.state === 'SYN-RECEIVED' || tcb.state === 'CLOSE-WAIT');
		if (!waits) move(tcb, 'CLOSE', now);
		return this.#effects();
	}

	/** ABORT (§3.10.5): everything is dropped, and the peer told by RST unless it has closed too. */
	abort(now: Micros): Effect[] {
		if (this.objection('ABORT') === null) move(this.#tcb, 'ABORT', now);
		return this.#effects();
	}

	/**
	 * Whether `segment` is a SYN that may begin the next connection between the same ends although this one is still in
	 * TIME-WAIT (§3.6.1, §3.10.7.4): its sequence number, or its timestamp (RFC 6191), is after every one the peer used. Returns the least ISS that the
	 * next connection may have, after all of ours; null: the SYN is treated as any other segment.
	 */
	successor(segment: TcpSegment): Seq | null {
		const { state, rcv, snd, stamps } = this.#tcb;
		if (state !== 'TIME-WAIT' || (segment.flags & (SYN | ACK | RST)) !== SYN) return null;
		const stamp = stamps && stampOf(segment)?.value;
		const later = stamps && stamp ? gt(stamp, stamps.recent) : false;
		return later || gt(segment.seq, rcv.nxt) ? add(snd.nxt, ISS_STEP) : null;
	}

	/**
	 * SEGMENT ARRIVES (§3.10.7): a segment addressed to this connection, its checksum already found right. `marked`: its
	 * datagram carries CE (RFC 3168 §5).
	 */
	segment(segment: TcpSegment, now: Micros, marked = false): Effect[] {
		segmentArrives(this.#tcb, segment, now, marked);
		return this.#effects();
	}

	/** Whether an ICMP error that quotes a segment of this sequence number may be true (RFC 5927 §4.1). */
	expects(seq: Seq): boolean {
		return inFlight(this.#tcb, seq);
	}

	/** Datagrams of `mtu` octets reach the peer in one piece, and none larger is known to (RFC 1191). */
	path(mtu: number, now: Micros): Effect[] {
		takePathMtu(this.#tcb, mtu, now);
		return this.#effects();
	}

	/** ICMP says "protocol unreachable" or "port unreachable": a refusal, if the peer has not answered yet. */
	hardError(now: Micros): Effect[] {
		takeHardError(this.#tcb, now);
		return this.#effects();
	}

	/** The time named by `nextTimeout` has come. Does nothing before it. */
	timeout(now: Micros): Effect[] {
		timeout(this.#tcb, now);
		return this.#effects();
	}

	/** Send what the windows allow, and a pure ACK if one is owed that no data segment carried. */
	flush(now: Micros): Effect[] {
		flush(this.#tcb, now);
		return this.#effects();
	}

	/** When `timeout` is due next; `background`: nothing but TIME-WAIT is left to end, or the peer to be asked whether it is there. */
	nextTimeout(): Timeout | null {
		const { timer, ackAt, rack } = this.#tcb;
		if (rack !== null) {
			const next = Math.min(ackAt ?? Infinity, rack.reorderAt ?? Infinity, rack.probeAt ?? Infinity);
			if (next < (timer?.at ?? Infinity) || next === rack.probeAt) return { at: next, background: false };
		}
		if (ackAt !== null && (timer === null || ackAt < timer.at)) return { at: ackAt, background: false };
		return timer?.background && ackAt !== null ? { at: timer.at, background: false } : timer;
	}

	#effects(): Effect[] {
		const tcb = this.#tcb;
		const effects = tcb.taken();
		if (tcb.over && this.#listens && tcb.state === 'LISTEN' && !tcb.closing && effects.length > 0) {
			// nothing is left of the attempt, and nobody need be told (§3.10.7.4)
			this.#tcb = new Tcb(tcb.config, 'LISTEN');
			effects.pop();
		}
		return effects;
	}
}

/** How far beyond the last connection's numbers the next one starts: no window of it reaches back. */
const ISS_STEP = 0x10000;

/** The peer may still send data. */
const RECEIVERS: ReadonlySet<TcpState> = new Set<TcpState>(['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2']);
