/**
 * The retransmission time-out of RFC 6298: estimate from round trips, Karn's rule, back-off, and when to give up.
 * Plain arithmetic over a small record; whoever owns the record owns the timer.
 */
import { gte, type Seq } from '#lib/wire/seq.ts';

/** Integer microseconds of virtual time. */
export type Micros = number;

const SECOND: Micros = 1_000_000;

/** RFC 6298 §2.4: a computed RTO below one second is rounded up to it, unless the host has a shorter least. */
export const MIN_RTO: Micros = SECOND;
/** RFC 6298 §2.5: a ceiling is allowed if it is at least 60 seconds. */
export const MAX_RTO: Micros = 60 * SECOND;
/** RFC 6298 §5.7: the RTO for data after a SYN had to be repeated. */
export const RTO_AFTER_LOST_SYN: Micros = 3 * SECOND;
/** Clock granularity G of RFC 6298 §2. */
const GRANULARITY: Micros = 1;

/**
 * R2 of RFC 9293 §3.8.3 for a SYN, as a count: repeats at 1, 3, 7, 15, 31, 63 and 123 s, given up at 183 s (at least
 * three minutes are required, MUST-23).
 */
export const MAX_SYN_RETRIES = 7;
/** R2 for everything else, as a count: more than ten minutes from an RTO of 1 s (100 s are required, SHLD-11). */
export const MAX_RETRIES = 15;

export class Rto {
	/** Smoothed round-trip time; null before the first measurement. */
	srtt: Micros | null = null;
	rttvar: Micros = 0;
	/** The time-out in force, back-off included. */
	value: Micros;
	/** The one segment being timed: an ACK of `seq` or later ends the measurement. */
	timing: { readonly seq: Seq; readonly since: Micros } | null = null;
	/** When something was last sent again; null: nothing was. */
	again: Micros | null = null;
	/** No computed time-out is shorter. */
	readonly least: Micros;

	/** RFC 6298 §2.1: before any measurement the RTO is the configured one. */
	constructor(initial: Micros, least: Micros = MIN_RTO) {
		this.value = initial;
		this.least = least;
	}
}

/** Take one round-trip measurement (RFC 6298 §2.2 and §2.3). It ends any back-off. */
export function measure(rto: Rto, roundTrip: Micros): void {
	if (rto.srtt === null) {
		rto.srtt = roundTrip;
		rto.rttvar = roundTrip / 2;
	} else {
		rto.rttvar += (Math.abs(rto.srtt - roundTrip) - rto.rttvar) / 4;
		rto.srtt += (roundTrip - rto.srtt) / 8;
	}
	const computed = rto.srtt + Math.max(GRANULARITY, 4 * rto.rttvar);
	rto.value = Math.min(MAX_RTO, Math.max(rto.least, Math.ceil(computed)));
}

/** Time a segment whose last sequence number is `seq - 1`, unless another is being timed. */
export function startTiming(rto: Rto, seq: Seq, now: Micros): void {
	rto.timing ??= { seq, since: now };
}

/** An ACK arrived: finish the measurement it ends. */
export function endTiming(rto: Rto, ack: Seq, now: Micros): void {
	if (rto.timing === null || !gte(ack, rto.timing.seq)) return;
	measure(rto, now - rto.timing.since);
	rto.timing = null;
}

/** Karn's rule (RFC 6298 §3): something is sent again, so no ACK to come tells which copy it answers. */
export function forgetTiming(rto: Rto, now: Micros): void {
	rto.timing = null;
	rto.again = now;
}

/** RFC 6298 §5.5: double, up to the ceiling. */
export function backOff(rto: Rto): void {
	rto.value = Math.min(MAX_RTO, rto.value * 2);
}
