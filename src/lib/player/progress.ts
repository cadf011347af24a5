/**
 * What a person has reached, as plain data and pure functions. Laws: nothing that was reached is ever taken away by a
 * change or lost in a merge; time is an argument. How it is kept as text is in progress-text.ts.
 */
import type { TimedInput } from '#lib/sim/event.ts';
import type { Stamps } from '#lib/levels/level.ts';
import type { Missed } from '#lib/levels/practice.ts';
import { KINDS, type Kind } from '#lib/levels/practice-task.ts';

export interface LevelRecord {
	readonly solved: boolean;
	readonly stamps: Stamps;
	/** Lowest cost of a run that solved it without "Show me", in the unit of its par. */
	readonly best: number | null;
	/** Solved, but so far only with "Show me". */
	readonly assisted: boolean;
	/** The run that is `best`, or the first that solved it. */
	readonly inputs?: readonly TimedInput[];
}

/** Characters of JSON. A run longer than this is solved all the same, but not kept: a slot holds a whole campaign. */
export const RUN_LIMIT = 10_000;

/** Levels and settings that a text may name at most: those of the campaign, and as many made in the yard as fit beside them. */
export const MOST_LEVELS = 200;
export const MOST_SETTINGS = 100;

export type Setting = string | number | boolean;

export interface Progress {
	/** Milliseconds since 1970 of the last change; always grows. */
	readonly saved: number;
	readonly levels: Readonly<Record<string, LevelRecord>>;
	readonly settings: Readonly<Record<string, Setting>>;
	/** How much each kind of question of the morning round is to come again, up to `MOST_MISSED`; kinds not named: no more than others. */
	readonly missed: Missed;
}

/** A kind is not weighted by more misses than these. */
export const MOST_MISSED = 9;

export const NOTHING: Progress = { saved: 0, levels: {}, settings: {}, missed: {} };
export const NO_RECORD: LevelRecord = {
	solved: false,
	stamps: { delivered: false, lightBag: false, calledIt: false },
	best: null,
	assisted: false
};

// ---- changing

/** What a finished run adds. */
export interface Result {
	readonly slug: string;
	readonly stamps: Stamps;
	/** In the unit of the level's par. */
	readonly cost: number;
	/** "Show me" was used. */
	readonly shown: boolean;
	readonly inputs: readonly TimedInput[];
}

/** Adds a solved run; nothing that was reached before is taken away. `now` in milliseconds since 1970. */
export function withResult(progress: Progress, result: Result, now: number): Progress {
	const { stamps, cost, shown, inputs } = result;
	const record: LevelRecord = {
		solved: true,
		stamps,
		best: shown ? null : cost,
		assisted: shown,
		...(JSON.stringify(inputs).length <= RUN_LIMIT ? { inputs } : {})
	};
	const levels = { ...progress.levels, [result.slug]: mergeRecords(progress.levels[result.slug], record) };
	return { ...progress, levels, saved: later(progress.saved, now) };
}

export function withSetting(progress: Progress, name: string, value: Setting, now: number): Progress {
	return {
		...progress,
		settings: { ...progress.settings, [name]: value },
		saved: later(progress.saved, now)
	};
}

/** A question of the morning round was answered: a miss weighs twice what an answer takes away. */
export function withPractice(progress: Progress, kind: Kind, right: boolean, now: number): Progress {
	const n = Math.max(0, Math.min(MOST_MISSED, (progress.missed[kind] ?? 0) + (right ? -1 : 2)));
	return { ...progress, missed: { ...progress.missed, [kind]: n }, saved: later(progress.saved, now) };
}

/** Of two people's misses, or of one person's on two devices: of each kind the more. */
export function moreMissed(a: Missed, b: Missed): Missed {
	const kinds = KINDS.filter((kind) => a[kind] !== undefined || b[kind] !== undefined);
	return Object.fromEntries(kinds.map((kind) => [kind, Math.max(a[kind] ?? 0, b[kind] ?? 0)]));
}

/** A clock that was set back must not make the newest look old. */
export function later(saved: number, now: number): number {
	return Math.min(Number.MAX_SAFE_INTEGER, Math.max(saved + 1, Math.floor(now)));
}

// ---- merging

/** Best of both. Settings and misses are those of the one saved last. */
export function merge(a: Progress, b: Progress): Progress {
	const [older, newer] = a.saved <= b.saved ? [a, b] : [b, a];
	const levels: Record<string, LevelRecord> = { ...older.levels };
	for (const [name, record] of Object.entries(newer.levels))
		levels[name] = mergeRecords(levels[name], record);
	return {
		saved: newer.saved,
		levels,
		settings: { ...older.settings, ...newer.settings },
		missed: { ...older.missed, ...newer.missed }
	};
}

function mergeRecords(a: LevelRecord = NO_RECORD, b: LevelRecord): LevelRecord {
	const best = a.best === null ? b.best : b.best === null ? a.best : Math.min(a.best, b.best);
	const [first, second] = a.best === best ? [a, b] : [b, a];
	const kept = first.inputs ?? (first.best === second.best ? second.inputs : undefined);
	return {
		solved: a.solved || b.solved,
		stamps: {
			delivered: a.stamps.delivered || b.stamps.delivered,
			lightBag: a.stamps.lightBag || b.stamps.lightBag,
			calledIt: a.stamps.calledIt || b.stamps.calledIt
		},
		best,
		assisted: (a.assisted || b.assisted) && !solvedAlone(a) && !solvedAlone(b),
		...(kept ? { inputs: kept } : {})
	};
}

const solvedAlone = (record: LevelRecord): boolean => record.solved && !record.assisted;

// ---- what is of the campaign, and what is not

/** A level that somebody made in the yard: it has stamps of its own and counts nowhere. */
const isMade = (slug: string): boolean => slug.startsWith('made-');

/** Slugs of the solved levels of the campaign. */
export function solvedSlugs(progress: Progress): ReadonlySet<string> {
	return new Set(
		Object.keys(progress.levels).filter((slug) => progress.levels[slug]?.solved && !isMade(slug))
	);
}

/** As much of it as a text may hold: of what is too much, made levels go first, and of these the oldest. */
export function bounded(progress: Progress): Progress {
	const levels = Object.entries(progress.levels);
	const settings = Object.entries(progress.settings);
	if (levels.length <= MOST_LEVELS && settings.length <= MOST_SETTINGS) return progress;
	const own = levels.filter(([slug]) => !isMade(slug)).slice(0, MOST_LEVELS);
	const made = levels.filter(([slug]) => isMade(slug)).slice(own.length - MOST_LEVELS);
	return {
		...progress,
		levels: Object.fromEntries(own.length < MOST_LEVELS ? [...own, ...made] : own),
		settings: Object.fromEntries(settings.slice(0, MOST_SETTINGS))
	};
}

/** The same without the runs that make it longer by `over` characters, made levels' before the campaign's. */
export function withoutRuns(progress: Progress, over: number): Progress {
	const levels = { ...progress.levels };
	let left = over;
	for (const slug of Object.keys(levels).sort((a, b) => Number(isMade(b)) - Number(isMade(a)))) {
		const { inputs, ...bare } = levels[slug] ?? NO_RECORD;
		if (left <= 0) break;
		if (!inputs) continue;
		left -= JSON.stringify(inputs).length;
		levels[slug] = bare;
	}
	return { ...progress, levels };
}
