/**
 * Event pace: how long each gap between events is shown, and the two-way map between virtual time and shown time.
 * A hop of 20 ms takes 700 ms at 1×; short gaps are stretched, long waits become a jump. Pure: the picture is always a
 * function of virtual time, so pausing, slow motion and scrubbing cost nothing.
 */
import type { Event, Micros } from '#lib/sim/event.ts';
import { lastAtMost } from '#lib/wire/last-at-most.ts';

/** Shown time in milliseconds at 1× speed. */
export type Millis = number;

/** A virtual gap longer than this is shown as a labelled jump. */
export const JUMP: Micros = 1_500_000;

const HOP: Micros = 20_000;
const HOP_SHOWN: Millis = 700;
const LONGEST: Millis = 900;

/** How long a virtual gap is shown: concave, 700 ms for 20 ms, at most 900 ms. */
export function shownGap(gap: Micros): Millis {
	if (gap <= 0) return 0;
	return Math.min(LONGEST, HOP_SHOWN * (gap / HOP) ** 0.25);
}

/** The distinct instants of a log with the shown time of each. */
export interface Pace {
	readonly at: Float64Array;
	readonly shown: Float64Array;
}

/** Event by event, or true to the ratio of the waits: so many ms are shown for one of virtual time. */
export type Ratio = 'event' | 'real';
const REAL = 10;

/** Event by event, of logs that were asked for. */
const paces = new WeakMap<readonly Event[], Pace>();

export function paceOf(log: readonly Event[], ratio: Ratio = 'event'): Pace {
	if (ratio === 'real') {
		const end = Math.max(1, log[log.length - 1]?.at ?? 1);
		return { at: Float64Array.of(0, end), shown: Float64Array.of(0, (end / 1000) * REAL) };
	}
	const known = paces.get(log);
	if (known) return known;
	const at = new Float64Array(log.length + 1);
	const shown = new Float64Array(log.length + 1);
	let last = 0;
	for (const event of log) {
		const before = at[last]!;
		if (event.at <= before) continue;
		shown[last + 1] = shown[last]! + shownGap(event.at - before);
		at[++last] = event.at;
	}
	// nothing follows that could hurry what comes last: it is seen to happen
	const gap = (at[last] ?? 0) - (at[last - 1] ?? 0);
	if (last > 0) shown[last] = shown[last - 1]! + Math.max(HOP_SHOWN, shownGap(gap));
	const pace = { at: at.subarray(0, last + 1), shown: shown.subarray(0, last + 1) };
	paces.set(log, pace);
	return pace;
}

function interpolate(from: Float64Array, to: Float64Array, x: number): number {
	const last = from.length - 1;
	if (x >= (from[last] ?? 0)) return to[last] ?? 0;
	const i = lastAtMost(from, Math.max(0, x));
	const a = from[i] ?? 0;
	const b = from[i + 1] ?? a;
	const p = to[i] ?? 0;
	const q = to[i + 1] ?? p;
	return b > a ? p + ((q - p) * (x - a)) / (b - a) : p;
}

export const toShown = (pace: Pace, time: Micros): Millis => interpolate(pace.at, pace.shown, time);
export const toVirtual = (pace: Pace, shown: Millis): Micros => interpolate(pace.shown, pace.at, shown);

/** How many events of the log are at or before `time`. */
export function countUntil(log: readonly Event[], time: Micros): number {
	let low = 0;
	let high = log.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((log[middle]?.at ?? Infinity) <= time) low = middle + 1;
		else high = middle;
	}
	return low;
}
