/** The one small predicate vocabulary shared by goals, hints, the coach and tests. */
import type { Event } from '#lib/sim/event.ts';

export type Log = readonly Event[];

/** Returns the event that made it true (for a guard: that broke it), or null. Pure: a function of the log up to the cursor. */
export type Predicate = (log: Log) => Event | null;
