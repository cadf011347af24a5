/**
 * The border's one check: whatever comes in from outside (a message, a saved game) is data of exactly the expected
 * shape, bounded in size and depth, or it is refused with a sentence that says what is wrong and where.
 */
import { checkScenario, ScenarioError } from '#lib/sim/check.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as v from 'valibot';
import type { SavedGame, ToEngine } from './protocol.ts';
import { name, whole } from './schemas.ts';
import { inputs, timed } from './validate-input.ts';
import { scenario } from './validate-scenario.ts';

export type Checked<T> =
	{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** Bounds on what one message may hold, checked before anything else is looked at. */
const MAX_DEPTH = 12;
const MAX_VALUES = 500_000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Plain objects, arrays and scalars only, no deeper and no more than allowed, and no key that reaches a prototype. */
export function plainProblem(value: unknown): string | null {
	let values = 0;
	function walk(item: unknown, where: string, depth: number): string | null {
		if (++values > MAX_VALUES) return `more than ${MAX_VALUES} values`;
		if (typeof item !== 'object' || item === null) return null;
		if (depth > MAX_DEPTH) return `${where}: nested deeper than ${MAX_DEPTH}`;
		const at = where === '' ? '' : `${where}: `;
		const prototype: unknown = Object.getPrototypeOf(item);
		if (!Array.isArray(item) && prototype !== null && Object.getPrototypeOf(prototype) !== null)
			return `${at}not a plain object`;
		for (const key of Object.getOwnPropertyNames(item)) {
			if (Array.isArray(item) && key === 'length') continue;
			if (FORBIDDEN.has(key)) return `${at}the key ${key} is refused`;
			const inner = Array.isArray(item) ? `${where}[${key}]` : where === '' ? key : `${where}.${key}`;
			const problem = walk(Object.getOwnPropertyDescriptor(item, key)?.value, inner, depth + 1);
			if (problem) return problem;
		}
		return null;
	}
	return walk(value, '', 0);
}

const seed = v.pipe(v.number(), v.safeInteger());

const message: v.GenericSchema<unknown, ToEngine> = v.variant('type', [
	v.strictObject({ type: v.literal('load'), epoch: whole, scenario, seed, inputs }),
	v.strictObject({ type: v.literal('input'), epoch: whole, timed, have: v.optional(whole) }),
	v.strictObject({ type: v.literal('advance'), epoch: whole, to: whole })
]);
const game: v.GenericSchema<unknown, SavedGame> = v.strictObject({
	version: v.literal(1),
	level: name,
	seed,
	inputs
});

/** A world and what was done in it: what a scene or a level that somebody has made holds. */
export interface Run {
	readonly scenario: Scenario;
	readonly seed: number;
	readonly inputs: readonly TimedInput[];
}
const run: v.GenericSchema<unknown, Run> = v.strictObject({ scenario, seed, inputs });

/** Words for what a check wanted and what it found, both in the notation of data: `number`, `"text"`, `>=0`. */
export type Say = (issue: {
	/** Of the check, `max_length`. */
	readonly type: string;
	readonly expected: string | null;
	readonly received: string;
}) => string;

/** `say` absent: the words of the library, for programmers. */
function check<T>(schema: v.GenericSchema<unknown, T>, value: unknown, say?: Say): Checked<T> {
	const plain = plainProblem(value);
	if (plain) return { ok: false, problem: plain };
	const parsed = v.safeParse(schema, value, { abortEarly: true, ...(say && { message: say }) });
	if (parsed.success) return { ok: true, value: parsed.output };
	const [issue] = parsed.issues;
	const where = v.getDotPath(issue);
	return { ok: false, problem: where === null ? issue.message : `${where}: ${issue.message}` };
}

export function checkMessage(value: unknown): Checked<ToEngine> {
	return check(message, value);
}

/** A version that this program does not know is told apart from damage. */
export function checkSavedGame(value: unknown, say?: Say): Checked<SavedGame> {
	if (typeof value === 'object' && value !== null && 'version' in value) {
		const { version } = value;
		if (typeof version === 'number' && version > 1)
			return { ok: false, problem: `version ${version}: made by a newer version of this program` };
	}
	return check(game, value, say);
}

/** Shape and sense, so that a world can be built from it. */
export function checkRun(value: unknown, say?: Say): Checked<Run> {
	const checked = check(run, value, say);
	if (!checked.ok) return checked;
	try {
		checkScenario(checked.value.scenario);
	} catch (error) {
		if (!(error instanceof ScenarioError)) throw error;
		return { ok: false, problem: `scenario.${error.message}` };
	}
	return checked;
}
