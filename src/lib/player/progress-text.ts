/**
 * Progress as text, for a storage slot and for a file: an envelope with a version and a checksum, read with a strict
 * schema. Laws: reading never throws; a text that is not exactly right is refused with the reason and changes nothing;
 * a text of a newer edition is told apart from a damaged one.
 */
import * as v from 'valibot';
import type { Input } from '#lib/sim/event.ts';
import * as words from '#words/progress-kept.ts';
import { amiss } from './amiss.ts';
import { KINDS } from '#lib/levels/practice-task.ts';
import {
	bounded,
	later,
	merge,
	moreMissed,
	MOST_LEVELS,
	MOST_MISSED,
	MOST_SETTINGS,
	RUN_LIMIT,
	solvedSlugs,
	withoutRuns,
	type Progress
} from './progress.ts';

export const KIND = 'interactive-pop3 progress';
/** Of the envelope and what is in it. Raise it with a step in `STEPS`. */
export const VERSION = 2;
/** Characters of the longest text that is looked at. */
export const TEXT_LIMIT = 1_000_000;
const DEPTH_LIMIT = 16;

const slug = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/), v.maxLength(40));
const micros = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const hostName = v.pipe(v.string(), v.maxLength(40));
const short = v.pipe(v.string(), v.maxLength(200));
const line = v.pipe(v.string(), v.maxLength(RUN_LIMIT));

type Spoken = 'type' | 'octets' | 'answer';
type Other = Exclude<Input, { kind: Spoken }>;
/** What else a run may hold: looked at closely by the engine when it is played, here only that it is plain and short. */
const OTHERS: Readonly<Record<Other['kind'], true>> = {
	sync: true,
	settings: true,
	tidy: true,
	abort: true,
	set: true,
	wire: true,
	drill: true,
	packet: true,
	forge: true,
	link: true,
	ping: true,
	route: true,
	filter: true,
	app: true,
	stack: true
};
const isOther = (given: unknown): given is Other =>
	typeof given === 'object' &&
	given !== null &&
	'kind' in given &&
	typeof given.kind === 'string' &&
	Object.hasOwn(OTHERS, given.kind);
const other = v.custom<Other>((given) => isOther(given) && JSON.stringify(given).length <= RUN_LIMIT);
const spoken = v.variant('kind', [
	v.strictObject({ kind: v.literal('type'), host: hostName, line }),
	v.strictObject({ kind: v.literal('octets'), host: hostName, octets: line }),
	v.strictObject({
		kind: v.literal('answer'),
		question: short,
		value: v.union([line, v.number(), v.pipe(v.array(v.number()), v.maxLength(RUN_LIMIT))])
	})
]);
const input = v.lazy((given) => (isOther(given) ? other : spoken));
const inputs = v.pipe(v.array(v.strictObject({ at: micros, input })), v.maxLength(RUN_LIMIT));

const levelRecord = v.strictObject({
	solved: v.boolean(),
	stamps: v.strictObject({ delivered: v.boolean(), lightBag: v.boolean(), calledIt: v.boolean() }),
	best: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
	assisted: v.boolean(),
	inputs: v.optional(inputs)
});
const setting = v.union([short, v.number(), v.boolean()]);
const missed = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MOST_MISSED));
const schema = v.strictObject({
	saved: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	levels: v.pipe(v.record(slug, levelRecord), v.maxEntries(MOST_LEVELS)),
	settings: v.pipe(v.record(v.pipe(v.string(), v.maxLength(40)), setting), v.maxEntries(MOST_SETTINGS)),
	missed: v.record(v.picklist(KINDS), missed)
});

/** Why a text is no progress that can be read. `newer` is not damage: another edition can read it. */
export type Problem = 'too-large' | 'not-json' | 'wrong-kind' | 'newer' | 'checksum' | 'shape';

export type Opened =
	| { readonly ok: true; readonly progress: Progress }
	| { readonly ok: false; readonly problem: Problem; readonly say: string };

// ---- envelope

interface Envelope {
	readonly kind: typeof KIND;
	readonly version: number;
	/** Of `JSON.stringify(progress)`. */
	readonly checksum: string;
	readonly progress: unknown;
}

/** 32 bits, FNV-1a over UTF-16 units: finds damage, not malice. */
export function checksumOf(text: string): string {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return (hash >>> 0).toString(16).padStart(8, '0');
}

/** The text for a slot: one that `open` reads, though runs may have to stay out of it. */
export function seal(progress: Progress): string {
	const most = bounded(progress);
	const text = envelopeText(most);
	const over = text.length - TEXT_LIMIT;
	return over > 0 ? envelopeText(withoutRuns(most, over)) : text;
}

function envelopeText(progress: Progress, indent?: string): string {
	const checksum = checksumOf(JSON.stringify(progress));
	const envelope: Envelope = { kind: KIND, version: VERSION, checksum, progress };
	return JSON.stringify(envelope, null, indent);
}

/** A step from version n (the key) to n + 1. What it gets was parsed for it alone; the text stays as it was. */
export type Steps = Readonly<Record<number, (content: unknown) => unknown>>;
const STEPS: Steps = {
	// the first editions kept no misses
	1: (content) => (typeof content === 'object' ? { ...content, missed: {} } : content)
};

/** Reads a slot or a file. Never throws. */
export function open(text: string, steps: Steps = STEPS, version = VERSION): Opened {
	if (text.length > TEXT_LIMIT) return refuse('too-large', words.tooLarge(text.length, TEXT_LIMIT));
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return refuse('not-json', words.noJson);
	}
	const envelope = envelopeOf(value);
	if (!envelope) return refuse('wrong-kind', words.otherKind);
	if (envelope.version > version) return refuse('newer', words.newer(envelope.version, version));
	const path = forbidden(envelope.progress);
	if (path !== null) return refuse('shape', words.forbidden(path));
	if (checksumOf(JSON.stringify(envelope.progress)) !== envelope.checksum)
		return refuse('checksum', words.checksum);
	return migrate(envelope, steps, version);
}

function migrate(envelope: Envelope, steps: Steps, version: number): Opened {
	let content = envelope.progress;
	try {
		for (let from = envelope.version; from < version; from++) {
			const step = steps[from];
			if (!step) return refuse('shape', words.noStep(from, version));
			content = step(content);
		}
	} catch {
		return refuse('shape', words.noWay(version));
	}
	const parsed = v.safeParse(schema, content, { message: amiss });
	if (parsed.success) return { ok: true, progress: parsed.output };
	const issue = parsed.issues[0];
	return refuse('shape', words.shape(v.getDotPath(issue), issue.message));
}

function envelopeOf(value: unknown): Envelope | null {
	if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== KIND) return null;
	if (!('version' in value) || !('checksum' in value) || !('progress' in value)) return null;
	const { kind, version, checksum, progress } = value;
	if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return null;
	return typeof checksum === 'string' && kind === KIND ? { kind, version, checksum, progress } : null;
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Path of the first key that could reach a prototype, or of the first value nested too deep; null: none. */
function forbidden(value: unknown, path = 'progress', depth = 0): string | null {
	if (typeof value !== 'object' || value === null) return null;
	if (depth > DEPTH_LIMIT) return path;
	for (const [key, inner] of Object.entries(value)) {
		const here = `${path}.${key}`;
		const found = FORBIDDEN.has(key) ? here : forbidden(inner, here, depth + 1);
		if (found !== null) return found;
	}
	return null;
}

const refuse = (problem: Problem, say: string): Opened => ({ ok: false, problem, say });

// ---- files

/** Text for a file, readable by people too where there is room for it. */
export function exportProgress(progress: Progress): string {
	const text = `${envelopeText(bounded(progress), '\t')}\n`;
	return text.length <= TEXT_LIMIT ? text : seal(progress);
}

export type Imported =
	| { readonly ok: true; readonly progress: Progress; readonly say: string }
	| { readonly ok: false; readonly problem: Problem; readonly say: string };

/** Merges a file into what is there; a file that is refused changes nothing. `now` in milliseconds since 1970. */
export function importProgress(text: string, current: Progress, now: number): Imported {
	const opened = open(text);
	if (!opened.ok) return opened;
	const merged = merge(current, opened.progress);
	const gained = solvedSlugs(merged).size - solvedSlugs(current).size;
	return {
		ok: true,
		// what is here comes first where there is no room for all of both; and what a file says of its time is not believed
		progress: bounded({
			levels: { ...current.levels, ...merged.levels },
			settings: { ...current.settings, ...opened.progress.settings, ...current.settings },
			missed: moreMissed(opened.progress.missed, current.missed),
			saved: later(current.saved, now)
		}),
		say: words.read(gained)
	};
}
