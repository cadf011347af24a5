/**
 * Where a run left the path: the first event that broke a guard, is a known stray, or undid a milestone, of those that
 * have not been made good. Law: it names an event of the log, and the place to rewind to is just before the player's own
 * input that led there; from there the run is on the path again.
 */
import type { Event, EventOf } from '#lib/sim/event.ts';
import { type Log } from './goals.ts';
import { originOf } from './matches.ts';
import type { Level, Milestone, Stray } from './level.ts';

export interface Away {
	readonly event: Event;
	readonly say: string;
	/** Show this many events to stand just before the input that led there. */
	readonly rewindTo: number;
}

/** The first event that left the path; null: none has, or all is made good. */
export function leftPath(level: Level, log: Log): Away | null {
	const inputs = log.filter((event) => event.kind === 'input').slice(level.prelude.length);
	const broken = brokenGuards(level, log, inputs);
	const found = [...broken, ...strays(level, log, inputs, broken.length > 0)];
	const back = broken.length > 0 ? null : stepBack(level, log, inputs);
	const all = back ? [...found, back] : found;
	return all.reduce<Away | null>((a, b) => (a && a.rewindTo <= b.rewindTo ? a : b), null);
}

/** What the prelude led to, as a timer that it set, came of what the player did or left undone since. */
function away(log: Log, event: Event, say: string, inputs: Inputs): Away {
	const origin = originOf(log, event);
	const own = origin && inputs.some(({ seq }) => seq === origin.seq);
	const last = own ? origin : (inputs.findLast(({ seq }) => seq < event.seq) ?? origin);
	return { event, say, rewindTo: last?.seq ?? event.seq };
}

function brokenGuards(level: Level, log: Log, inputs: Inputs): Away[] {
	return level.goal.flatMap((row, i) => {
		const by = row.guard ? row.is(log) : null;
		return by ? [away(log, by, `${nameOf(log, by)} broke row ${i + 1}.`, inputs)] : [];
	});
}

type Inputs = readonly EventOf<'input'>[];

/** With a guard broken only those that led to it: a rewind takes the others back as well. */
function strays(level: Level, log: Log, inputs: Inputs, broken: boolean): Away[] {
	return (level.strays ?? []).flatMap((stray) => {
		if ((broken && !stray.breaks) || stray.amended(log)) return [];
		const event = firstSince(stray, log, inputs);
		return event ? [away(log, event, stray.say, inputs)] : [];
	});
}

/** How many inputs back it is looked for what made good an earlier stray: the coach is asked at every frame of a scrub. */
const LOOK_BACK = 12;

/** The first of a stray's events since it was last made good. */
function firstSince({ is, amended }: Stray, log: Log, inputs: Inputs): Event | null {
	const found = log.filter((event) => is(event, log));
	const [first, ...later] = found;
	if (!first || later.length === 0) return first ?? null;
	const good = inputs
		.filter(({ seq }) => seq > first.seq)
		.slice(-LOOK_BACK)
		.findLast(({ seq }) => amended(log.slice(0, seq)));
	return found.find(({ seq }) => seq > (good?.seq ?? -1)) ?? first;
}

/** The first input that undid a milestone which is still open: what was met just before it, and has not been since. */
function stepBack(level: Level, log: Log, inputs: Inputs): Away | null {
	const open = level.milestones.filter((milestone) => !milestone.is(log));
	if (open.length === 0) return null;
	// from the last input back: of each milestone the latest that undid it counts, and the earliest of those is named
	let left: EventOf<'input'> | null = null;
	let still = open;
	for (const input of inputs.slice(-LOOK_BACK).reverse()) {
		const before = log.slice(0, input.seq);
		const rest = still.filter((milestone) => !wasMet(milestone, before));
		if (rest.length < still.length && !isStep(level, before, input)) left = input;
		still = rest;
	}
	return left && away(log, left, `${nameOf(log, left)} was a step back.`, inputs);
}

const known = new WeakMap<Event, Map<Milestone, boolean>>();

/** Whether it was met before an input; worked out once, for a log is the same before the same event. */
function wasMet(milestone: Milestone, before: Log): boolean {
	const last = before.at(-1);
	if (!last) return milestone.is(before);
	let those = known.get(last);
	if (!those) known.set(last, (those = new Map()));
	let met = those.get(milestone);
	if (met === undefined) those.set(milestone, (met = milestone.is(before)));
	return met;
}

/** It is what the coach would have said just then: what it undoes has had its time. */
function isStep(level: Level, before: Log, { input }: EventOf<'input'>): boolean {
	const step = level.milestones[milestonesPassed(level, before)]?.step;
	return step != null && JSON.stringify(step) === JSON.stringify(input);
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
