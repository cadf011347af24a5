/**
 * Where a run left the path: the last event that broke a guard, is a known stray, or undid a milestone, as long as it
 * has not been made good. Law: it names an event of the log, and the place to rewind to is just before the player's own
 * input that led there.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import { originOf, type Log } from './goals.ts';
import type { Level } from './level.ts';

export interface Away {
	readonly event: Event;
	readonly say: string;
	/** Show this many events to stand just before the input that led there. */
	readonly rewindTo: number;
}

/** The last event that moved away from the path; null: none, or all made good. */
export function lastAway(level: Level, log: Log): Away | null {
	const found = [...brokenGuards(level, log), ...strays(level, log)];
	const latest = found.reduce<Away | null>((a, b) => (a && a.event.seq >= b.event.seq ? a : b), null);
	const back = stepBack(level, log);
	return back && (!latest || back.event.seq > latest.event.seq) ? back : latest;
}

function away(log: Log, event: Event, say: string): Away {
	return { event, say, rewindTo: originOf(log, event)?.seq ?? event.seq };
}

function brokenGuards(level: Level, log: Log): Away[] {
	return level.goal.flatMap((row, i) => {
		const by = row.guard ? row.is(log) : null;
		return by ? [away(log, by, `${nameOf(log, by)} broke row ${i + 1}.`)] : [];
	});
}

function strays(level: Level, log: Log): Away[] {
	return (level.strays ?? []).flatMap(({ is, say, amended }) => {
		const event = amended(log) ? undefined : log.findLast((candidate) => is(candidate, log));
		return event ? [away(log, event, say)] : [];
	});
}

/** How many inputs back a step back is looked for: the coach is asked at every frame of a scrub. */
const LOOK_BACK = 12;

/** The last input after which a milestone that had been passed was open again, if it still is. */
function stepBack(level: Level, log: Log): Away | null {
	const inputs = log.filter((event) => event.kind === 'input').slice(level.prelude.length);
	let after = milestonesPassed(level, log);
	const now = after;
	for (const input of inputs.slice(-LOOK_BACK).reverse()) {
		const before = milestonesPassed(level, log.slice(0, input.seq));
		if (before > after && now < before) return away(log, input, `${nameOf(log, input)} was a step back.`);
		after = before;
	}
	return null;
}

/** How many milestones are met before the first that is not. */
export function milestonesPassed(level: Level, log: Log): number {
	const open = level.milestones.findIndex((milestone) => !milestone.is(log));
	return open < 0 ? level.milestones.length : open;
}

/** "Packet 14 (DELE 3)", or what was typed. */
function nameOf(log: Log, event: Event): string {
	const origin = originOf(log, event);
	const typed = origin ? lineOf(origin) : null;
	if (event.kind !== 'packet.sent') return typed === null ? 'This' : `“${typed}”`;
	return `Packet ${event.packet}${typed === null ? '' : ` (${typed})`}`;
}

function lineOf({ input }: EventOf<'input'>): string | null {
	if (input.kind === 'type') return input.line.length > 40 ? `${input.line.slice(0, 40)}…` : input.line;
	return null;
}
