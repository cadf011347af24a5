/**
 * CUBIC (RFC 9438): in congestion avoidance the window follows a cubic of the time since the last loss, flat around the
 * window at which that loss came, and never slower than Reno would. Its law: windows in segments, times in seconds, and
 * no function whose last bit depends on the machine.
 */
import type { Algorithm, Congestion } from './congestion.ts';
import type { Micros } from './rto.ts';

/** RFC 9438 §5.1, §4.6. */
const C = 0.4;
const BETA = 0.7;
/** RFC 9438 §4.3: what makes Reno's average rate equal with a decrease to BETA. */
const ALPHA = (3 * (1 - BETA)) / (1 + BETA);
const SECOND: Micros = 1_000_000;

/** Newton's method from above, until it falls no further: the same bits everywhere, which Math.cbrt does not promise. */
export function cubeRoot(value: number): number {
	if (value <= 0) return 0;
	let root = Math.max(1, value);
	for (;;) {
		const next = (2 * root + value / (root * root)) / 3;
		if (next >= root) return root;
		root = next;
	}
}

/** W_cubic(t), segments (RFC 9438 §4.2, equation 1). */
function windowAt(state: Congestion, seconds: number): number {
	const past = seconds - state.k;
	return C * past * past * past + state.wMax;
}

/** Begin a stage of congestion avoidance with a window of `cwnd` segments. */
function begin(state: Congestion, cwnd: number, now: Micros): void {
	state.epoch = now;
	state.wEst = cwnd;
	if (state.afterTimeout || cwnd >= state.wMax) {
		state.wMax = cwnd;
		state.k = 0;
	} else {
		state.k = cubeRoot((state.wMax - cwnd) / C);
	}
	state.afterTimeout = false;
}

export const CUBIC: Algorithm = {
	avoid(state, acked, now, srtt) {
		const cwnd = state.cwnd / state.mss;
		const segments = acked / state.mss;
		if (state.epoch === null) begin(state, cwnd, now);
		const elapsed = (now - (state.epoch ?? now)) / SECOND;
		state.wEst += ((state.wEst >= state.cwndPrior ? 1 : ALPHA) * segments) / cwnd;
		if (windowAt(state, elapsed) < state.wEst) {
			// Reno would be ahead (§4.3)
			state.cwnd = Math.max(state.cwnd, state.wEst * state.mss);
			return;
		}
		const aim = windowAt(state, elapsed + srtt / SECOND);
		const target = Math.min(Math.max(aim, cwnd), 1.5 * cwnd);
		state.cwnd += ((target - cwnd) / cwnd) * segments * state.mss;
	},
	reduce(state, flight) {
		const cwnd = state.cwnd / state.mss;
		// fast convergence (§4.7): a window smaller than last time makes room for others
		state.wMax = cwnd < state.wMax ? (cwnd * (1 + BETA)) / 2 : cwnd;
		state.cwndPrior = cwnd;
		state.epoch = null;
		return Math.max(Math.floor(flight * BETA), 2 * state.mss);
	},
	forget(state, timedOut) {
		state.epoch = null;
		if (timedOut) state.afterTimeout = true;
	}
};
