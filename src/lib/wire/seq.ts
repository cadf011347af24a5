/**
 * Sequence numbers: unsigned 32-bit integers that wrap (RFC 9293 §3.4). "Before" and "after" only have a meaning for
 * two numbers less than 2^31 apart, which a window can never exceed (RFC 7323 §2.3). Every result is again in
 * [0, 2^32) except `diff`, which is signed.
 */

/** A sequence number: an integer in [0, 2^32). */
export type Seq = number;

/** `seq` moved on by `octets` (may be negative). */
export function add(seq: Seq, octets: number): Seq {
	return (seq + octets) >>> 0;
}

/** The signed distance from `b` to `a`, in [-2^31, 2^31): positive when `a` is after `b`. */
export function diff(a: Seq, b: Seq): number {
	return (a - b) | 0;
}

export function lt(a: Seq, b: Seq): boolean {
	return ((a - b) | 0) < 0;
}

export function lte(a: Seq, b: Seq): boolean {
	return ((a - b) | 0) <= 0;
}

export function gt(a: Seq, b: Seq): boolean {
	return ((a - b) | 0) > 0;
}

export function gte(a: Seq, b: Seq): boolean {
	return ((a - b) | 0) >= 0;
}

/** The later of two numbers. */
export function max(a: Seq, b: Seq): Seq {
	return gte(a, b) ? a : b;
}

/** The earlier of two numbers. */
export function min(a: Seq, b: Seq): Seq {
	return lte(a, b) ? a : b;
}

/** low =< x < high on the circle; false for every x when low = high. */
export function between(low: Seq, x: Seq, high: Seq): boolean {
	return (x - low) >>> 0 < (high - low) >>> 0;
}

/** x is one of the `size` numbers from `left` on: RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND (RFC 9293 §3.4). */
export function inWindow(left: Seq, x: Seq, size: number): boolean {
	return (x - left) >>> 0 < size;
}

/** low < x =< high: the test of an acceptable acknowledgment, SND.UNA < SEG.ACK =< SND.NXT (RFC 9293 §3.4). */
export function acknowledges(low: Seq, x: Seq, high: Seq): boolean {
	const advance = (x - low) >>> 0;
	return advance > 0 && advance <= (high - low) >>> 0;
}
