/**
 * The connection's one timer: which of its kinds runs, and until when.
 * Law: while anything is unacknowledged or unsent a timer runs, so a transfer goes on or ends with an error, and never
 * stands still.
 */
import { gt } from '#lib/wire/seq.ts';
import type { Rack } from './rack.ts';
import { MAX_RTO, type Micros } from './rto.ts';
import type { TcpState } from './states.ts';
import { Timer, type Tcb, type TimerKind } from './tcb.ts';

/** RFC 9293 §3.8.6.2.1: 0.1 to 1 s. */
const OVERRIDE: Micros = 200_000;
/** RFC 8985 §7.2: the longest that a peer may wait with the ACK of a single segment (TLP.max_ack_delay). */
const ACK_DELAY: Micros = 200_000;
/** No probe is due earlier: a clock that ticks does not know that short a time. */
const LEAST_PROBE: Micros = 10_000;
/** What a round trip is taken for before any is measured (RFC 8985 §7.2). */
const UNKNOWN: Micros = 500_000;

const LASTING: ReadonlySet<TcpState> = new Set<TcpState>(['ESTABLISHED', 'CLOSE-WAIT', 'FIN-WAIT-2']);

export function startTimer(tcb: Tcb, kind: TimerKind, now: Micros): void {
	let at = now + duration(tcb, kind);
	if (kind !== '2msl' && kind !== 'keepalive') {
		tcb.waiting ??= now;
		at = Math.min(at, deadline(tcb));
	}
	tcb.timer = new Timer(kind, at);
}

/** When the user's patience ends (RFC 9293 §3.10.8); Infinity: nothing waits, or repeats are counted instead. */
export function deadline({ tuning, waiting }: Tcb): Micros {
	return tuning.userTimeout === 0 || waiting === null ? Infinity : waiting + tuning.userTimeout;
}

/** Let the right timer run for what is outstanding; one of that kind already running is left alone. */
export function schedule(tcb: Tcb, now: Micros): void {
	if (tcb.timer?.kind !== '2msl') {
		const kind = needed(tcb) ?? (keepsAlive(tcb) ? 'keepalive' : null);
		if (kind === null) tcb.timer = null;
		else if (tcb.timer?.kind !== kind) startTimer(tcb, kind, now);
	}
	if (tcb.rack !== null) tcb.rack.probeAt = probeTime(tcb, tcb.rack, now);
}

/**
 * When a probe for the tail is due (RFC 8985 §7.2): two round trips after the last word, and no later than the time-out;
 * null: none is, since nothing is out, loss is being repaired or expected, or the last probe has brought no measure yet.
 */
function probeTime({ timer, recovery, rto, snd, iss }: Tcb, rack: Rack, now: Micros): Micros | null {
	const { flight, tail, measured, active } = rack;
	const out = flight.segments.length;
	if (timer?.kind !== 'rto' || recovery !== null || snd.una === iss) return null;
	if (out === 0 || flight.reported > 0 || tail !== null || !measured) return null;
	const wait = Math.ceil(Math.max(LEAST_PROBE, 2 * (rto.srtt ?? UNKNOWN))) + (out === 1 ? ACK_DELAY : 0);
	return Math.max(now, Math.min(active + wait, timer.at));
}

/** Something the peer must answer was sent or waits: null when nothing is. */
function needed(tcb: Tcb): 'rto' | 'persist' | 'override' | null {
	const inFlight = tcb.snd.nxt !== tcb.snd.una;
	if (tcb.snd.una === tcb.iss) return inFlight ? 'rto' : null;
	const unsent = gt(tcb.queue.end, tcb.snd.nxt) || (tcb.finQueued && tcb.queue.end === tcb.snd.nxt);
	if (!inFlight && !unsent) return null;
	if (tcb.snd.wnd === 0) return 'persist';
	return inFlight ? 'rto' : 'override';
}

/** Only where it is switched on (RFC 9293 §3.8.4, MUST-24, MUST-25), and in the states that may last for ever. */
function keepsAlive({ tuning, state }: Tcb): boolean {
	return tuning.keepAlive > 0 && LASTING.has(state);
}

function duration(tcb: Tcb, kind: TimerKind): Micros {
	switch (kind) {
		case 'rto':
			return tcb.rto.value;
		case 'persist':
			return Math.min(MAX_RTO, tcb.rto.value * 2 ** Math.min(tcb.probes, 16));
		case 'keepalive':
			return tcb.unheard === 0 ? tcb.tuning.keepAlive : tcb.tuning.keepAliveInterval;
		case 'override':
			return OVERRIDE;
		case '2msl':
			return 2 * tcb.config.msl;
	}
}
