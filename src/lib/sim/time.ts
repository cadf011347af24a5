/**
 * Virtual time: integer microseconds since the world began. It moves only when the world takes the next entry from its
 * queue or is told to advance; nothing here knows what a real clock says.
 */
import type { Micros } from './event.ts';

export const SECOND = 1_000_000;
export const DAY = 86_400 * SECOND;

/** An `advance` to this instant means "until the world is quiet": foreground entries only. */
export const UNTIL_QUIET: Micros = Number.MAX_SAFE_INTEGER;

/** True for a whole, non-negative number of microseconds that arithmetic keeps exact. */
export function isMicros(value: number): boolean {
	return Number.isSafeInteger(value) && value >= 0;
}

/** Time `octets` take at `rate` bits per second, rounded up to a whole microsecond. */
export function serialisation(octets: number, rate: number): Micros {
	return Math.ceil((octets * 8 * SECOND) / rate);
}
