/**
 * The one small vocabulary over the log that goals, gates, hints, the coach and tests share.
 * Laws: everything here is pure; a predicate returns the event that met it (for a guard: that broke it), never a bare
 * yes; a matcher looks at one event and, if it must, at events before it, never after.
 */
import type { Event } from '#lib/sim/event.ts';

export type Log = readonly Event[];

/** Returns the event that made it true (for a guard: that broke it), or null. Pure: a function of the log up to the cursor. */
export type Predicate = (log: Log) => Event | null;

/** Says whether one event is the one meant. `log` may be longer than `event.seq`; only what is before it counts. */
export type Match = (event: Event, log: Log) => boolean;

// ---- combinators

/** How far a log was searched, and the event that ended the search. */
interface Search {
	readonly log: Log;
	readonly length: number;
	readonly found: Event | null;
}

/**
 * The first event that matches. A log that goes on, or is a beginning of the one searched before, is not searched again:
 * two logs with the same event at a place are the same before it.
 */
function firstThat(match: Match): Predicate {
	const searches = new WeakMap<Event, Search>();
	return (log) => {
		const [start] = log;
		if (!start) return null;
		const before = searches.get(start);
		const shared = Math.min(before?.length ?? 0, log.length) - 1;
		const same = before && before.log[shared] === log[shared];
		if (same && (before.found || log.length <= before.length))
			return log.length >= before.length ? before.found : null;
		let length = same ? before.length : 0;
		let found: Event | null = null;
		while (length < log.length && !found) {
			const event = log[length++]!;
			if (match(event, log)) found = event;
		}
		searches.set(start, { log, length, found });
		return found;
	};
}

/** The first event that matches. Once met it stays met until a rewind. */
export const seen = (match: Match): Predicate => firstThat(match);

/** For guard rows: the first event that matches broke it. With `until`, only what comes before the first such event counts. */
export function never(match: Match, until?: Match): Predicate {
	const end = firstThat((event, log) => match(event, log) || until?.(event, log) === true);
	return (log) => {
		const event = end(log);
		return event && match(event, log) ? event : null;
	};
}

/** The n-th event that matches. */
export function count(match: Match, n: number): Predicate {
	return (log) => {
		let left = n;
		for (const event of log) if (match(event, log) && --left === 0) return event;
		return null;
	};
}

/** The events match in this order, others between them allowed; returns the last. */
export function order(...matches: readonly Match[]): Predicate {
	return (log) => {
		let next = 0;
		for (const event of log) {
			if (matches[next]?.(event, log) && ++next === matches.length) return event;
		}
		return null;
	};
}

/** All are met; returns the latest of their events. */
export function all(...predicates: readonly Predicate[]): Predicate {
	return (log) => {
		let latest: Event | null = null;
		for (const predicate of predicates) {
			const event = predicate(log);
			if (!event) return null;
			if (!latest || event.seq > latest.seq) latest = event;
		}
		return latest;
	};
}

/** At least one is met; returns the earliest of their events. */
export function any(...predicates: readonly Predicate[]): Predicate {
	return (log) => {
		let earliest: Event | null = null;
		for (const predicate of predicates) {
			const event = predicate(log);
			if (event && (!earliest || event.seq < earliest.seq)) earliest = event;
		}
		return earliest;
	};
}

/** What holds now: of the events that match `of`, the last also matches `is`. Not monotone; for milestones, not for rows. */
export function latest(of: Match, is: Match): Predicate {
	return (log) => {
		const event = log.findLast((candidate) => of(candidate, log));
		return event && is(event, log) ? event : null;
	};
}

/**
 * The first event that matches after which something holds, as a projection of the log up to it tells: a state that
 * was reached once stays met.
 */
export function becomes(match: Match, holds: (log: Log) => boolean): Predicate {
	return (log) =>
		log.find(
			(event) => match(event, log) && holds(log.length > event.seq + 1 ? log.slice(0, event.seq + 1) : log)
		) ?? null;
}

/** Turns a predicate into a plain yes or no, for milestones. */
export function met(predicate: Predicate): (log: Log) => boolean {
	return (log) => predicate(log) !== null;
}

/** Both hold for the same event. */
export function both(a: Match, b: Match): Match {
	return (event, log) => a(event, log) && b(event, log);
}

/** One of them holds. */
export function either(...matches: readonly Match[]): Match {
	return (event, log) => matches.some((match) => match(event, log));
}

/** It matches, and so did `n` events or more before it. */
export function beyond(match: Match, n: number): Match {
	return (event, log) => {
		if (!match(event, log)) return false;
		let left = n;
		for (const earlier of log) {
			if (left === 0 || earlier.seq >= event.seq) break;
			if (match(earlier, log)) left--;
		}
		return left === 0;
	};
}

/** For guard rows: the reply with which those that match have more than `most` octets together. */
export function moreOctets(match: Match, most: number): Predicate {
	return (log) => {
		let octets = 0;
		for (const event of log) {
			if (event.kind !== 'pop3.reply' || !match(event, log)) continue;
			octets += event.octets;
			if (octets > most) return event;
		}
		return null;
	};
}
