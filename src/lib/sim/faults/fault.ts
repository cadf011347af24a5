/**
 * The seam at which a network misbehaves. A fault wraps one direction of a link; what it wraps is again a line, so faults
 * stack in any order, and neither the hosts nor TCP can know that one is there.
 */
import type { DropReason, Micros } from '../event.ts';
import type { Stream } from '../random.ts';
import type { LinkSpec } from '../scenario.ts';

/** What was done to a datagram's octets, in one word and in many. */
export interface Change {
	readonly what: string;
	readonly detail: string;
}

export interface Arriving {
	/** Looked at when it arrives: until then what comes after it may still be joined to it, with its changes. */
	bytes: Uint8Array;
	readonly arrives: Micros;
	readonly lostAt?: undefined;
	changes?: readonly Change[];
	/** Somebody has it in hand or has taken it off the link: nothing more may be joined to it. */
	settled?: true;
	/** It is a piece that the line has cut off, a datagram of its own. */
	readonly piece?: true;
}

export interface Lost {
	readonly bytes: Uint8Array;
	readonly arrives: null;
	readonly lostAt: Micros;
	readonly detail: string;
	/** `loss` if absent. */
	readonly reason?: DropReason;
}

/** What becomes of one datagram put on a line: these octets arrive then, or the line loses them then. */
export type Fate = Arriving | Lost;

/** One direction of a link. */
export interface Line {
	/** Decides, at `now`, what becomes of `bytes`: one fate as a rule, two for a duplicate. */
	carry(bytes: Uint8Array, now: Micros): readonly Fate[];
}

export interface Fault {
	/** Its file's name; also names its seeded stream. */
	readonly id: string;
	/** The line with this fault in it, or `inner` itself where the link does not ask for it. */
	wrap(inner: Line, spec: LinkSpec, chance: Stream): Line;
}

/** Vanishes half-way, which is as good a place as any to show it. */
export function lose(fate: Fate, now: Micros, detail: string, reason: DropReason = 'loss'): Fate {
	if (fate.arrives === null) return fate;
	const lostAt = now + Math.floor((fate.arrives - now) / 2);
	return { bytes: fate.bytes, arrives: null, lostAt, detail, reason };
}

/** The same, later. */
export function later(fate: Fate, by: Micros): Fate {
	return fate.arrives === null
		? { ...fate, lostAt: fate.lostAt + by }
		: { ...fate, arrives: fate.arrives + by };
}

/** The same with other octets, and what was done to them. */
export function altered(fate: Fate, bytes: Uint8Array, change: Change): Fate {
	if (fate.arrives === null) return fate;
	return { ...fate, bytes, changes: [...(fate.changes ?? []), change] };
}
