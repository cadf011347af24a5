/**
 * The seam at which a network misbehaves. A fault wraps one direction of a link; what it wraps is again a line, so faults
 * stack in any order, and neither the hosts nor TCP can know that one is there.
 */
import type { Micros } from '../event.ts';
import type { Stream } from '../random.ts';
import type { LinkSpec } from '../scenario.ts';

/** What becomes of one datagram put on a line: these octets arrive then, or the line loses them then. */
export type Fate =
	| { readonly bytes: Uint8Array; readonly arrives: Micros; readonly lostAt?: undefined }
	| { readonly bytes: Uint8Array; readonly arrives: null; readonly lostAt: Micros; readonly detail: string };

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
