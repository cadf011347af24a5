/**
 * Congestion control (RFC 5681): how many octets may be in flight whatever the peer's window says. One record, one set
 * of rules for slow start, recovery and time-outs, and two algorithms for what differs: NewReno here, CUBIC in
 * cubic.ts. Its law: only basic arithmetic, so that every machine computes the same window.
 */
import { CUBIC } from './cubic.ts';
import type { Micros } from './rto.ts';

/** What one algorithm decides for itself. */
export interface Algorithm {
	/** Congestion avoidance: `acked` octets were newly acknowledged; `srtt` is the smoothed round trip. */
	avoid(state: Congestion, acked: number, now: Micros, srtt: Micros): void;
	/** A loss was found with `flight` octets outstanding: the new slow-start threshold, octets. */
	reduce(state: Congestion, flight: number): number;
	/** A time-out, or a pause of the application: what was known of the path is old. */
	forget(state: Congestion, timedOut: boolean): void;
}

export interface Congestion {
	readonly algorithm: Algorithm;
	/** SMSS, octets; another one when the path is. */
	mss: number;
	/** Congestion window and slow-start threshold, octets; the window may hold a fraction. */
	cwnd: number;
	ssthresh: number;
	/** NewReno: octets acknowledged since the window last grew. */
	counted: number;
	/** CUBIC, in segments and µs: RFC 9438 §4.1 has the names. */
	wMax: number;
	wEst: number;
	cwndPrior: number;
	k: number;
	/** Start of the current congestion-avoidance stage; null: the next ACK starts one. */
	epoch: Micros | null;
	/** The stage follows a time-out (RFC 9438 §4.8). */
	afterTimeout: boolean;
}

/** Segments of the initial window (RFC 6928 §2). */
const INITIAL_SEGMENTS = 10;
const INITIAL_OCTETS = 14_600;

/** RFC 5681 §3.1 (2) and (3): slow start by one segment an ACK at most, then one a window; RFC 6582 is in recovery.ts. */
const NEWRENO: Algorithm = {
	avoid(state, acked) {
		state.counted += acked;
		if (state.counted < state.cwnd) return;
		state.counted -= state.cwnd;
		state.cwnd += state.mss;
	},
	reduce: (state, flight) => Math.max(Math.floor(flight / 2), 2 * state.mss),
	forget(state) {
		state.counted = 0;
	}
};

const ALGORITHMS = { newreno: NEWRENO, cubic: CUBIC } as const;

/** RFC 6928 §2, octets. */
export function initialWindow(mss: number): number {
	return Math.min(INITIAL_SEGMENTS * mss, Math.max(2 * mss, INITIAL_OCTETS));
}

/** For a connection whose segments carry up to `mss` octets. */
export function startCongestion(name: keyof typeof ALGORITHMS, mss: number): Congestion {
	return {
		algorithm: ALGORITHMS[name],
		mss,
		cwnd: initialWindow(mss),
		ssthresh: Infinity,
		counted: 0,
		wMax: 0,
		wEst: 0,
		cwndPrior: 0,
		k: 0,
		epoch: null,
		afterTimeout: false
	};
}

/**
 * `acked` octets were newly acknowledged, of `flight` that were outstanding. The window does not grow while the
 * application leaves it unused (RFC 7661 §3).
 */
export function grow(state: Congestion, acked: number, flight: number, now: Micros, srtt: Micros): void {
	if (state.cwnd < state.ssthresh) {
		if (2 * flight >= state.cwnd) state.cwnd += Math.min(acked, state.mss);
	} else if (flight + state.mss > state.cwnd) {
		state.algorithm.avoid(state, acked, now, srtt);
	}
}

/** Fast recovery begins. `left`: octets known to have left the network beside the lost ones (RFC 5681 §3.2 step 3). */
export function shrink(state: Congestion, flight: number, left: number): void {
	state.ssthresh = state.algorithm.reduce(state, flight);
	state.cwnd = state.ssthresh + left;
	state.counted = 0;
}

/** A partial ACK: what it took out of the network goes out of the window, less one segment (RFC 6582 §3.2 step 3). */
export function deflate(state: Congestion, acked: number): void {
	state.cwnd = Math.max(state.mss, state.cwnd - acked);
	if (acked >= state.mss) state.cwnd += state.mss;
}

/** Fast recovery is over (RFC 6582 §3.2 step 3, the first choice: no burst follows). */
export function settle(state: Congestion, flight: number): void {
	state.cwnd = Math.min(state.ssthresh, Math.max(flight, state.mss) + state.mss);
}

/** The timer ran out (RFC 5681 §3.1): one segment. `again`: on the same octets, which lowers no threshold twice. */
export function collapse(state: Congestion, flight: number, again: boolean): void {
	if (!again) state.ssthresh = state.algorithm.reduce(state, flight);
	state.cwnd = state.mss;
	state.algorithm.forget(state, true);
}

/** Nothing was sent for longer than the RTO (RFC 5681 §4.1): start again from the restart window. */
export function restart(state: Congestion): void {
	state.cwnd = Math.min(state.cwnd, initialWindow(state.mss));
	state.algorithm.forget(state, false);
}
