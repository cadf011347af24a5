/**
 * What leaves the yard and comes back: a scene, a scene with its run, or a made level, as one JSON document. Law: whatever
 * comes in, from a file, a link or the device, is judged here; it is data of the expected shape or a sentence says why not.
 */
import * as v from 'valibot';
import { borderChecks, type Checked } from '#lib/engine/client.ts';
import {
	isRowKind,
	MADE_LIMITS,
	ROW_KINDS,
	type MadeLevel,
	type MadeRow,
	type RowKind
} from '#lib/levels/made.ts';
import { SCENE_LIMITS, type Scene } from '#lib/levels/scene.ts';
import { LETTERS, PROGRAMS, SERVERS } from '#lib/levels/servers.ts';
import type { TimedInput } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-documents.ts';
import { amiss } from '../amiss.ts';

export type Document =
	| {
			readonly version: 1;
			readonly kind: 'scene';
			readonly scene: Scene;
			/** The run, where it is sent along. */
			readonly inputs?: readonly TimedInput[];
	  }
	| { readonly version: 1; readonly kind: 'level'; readonly level: MadeLevel };

/** Characters of a document. */
export const MAX_DOCUMENT = 1_000_000;

const line = (most: number) =>
	v.pipe(
		v.string(),
		v.maxLength(most),
		v.check((text) => !/\p{Cc}/u.test(text), words.controlCharacter)
	);
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const scene = v.strictObject({
	version: v.literal(1),
	name: v.pipe(line(SCENE_LIMITS.name), v.nonEmpty(words.noLetters)),
	terminal: line(64),
	seed: v.pipe(v.number(), v.safeInteger()),
	scenario: v.unknown()
});
const row = v.strictObject({
	say: v.pipe(line(MADE_LIMITS.say), v.nonEmpty(words.noWords)),
	guard: v.optional(v.boolean()),
	kind: v.custom<RowKind>((kind) => typeof kind === 'string' && isRowKind(kind), words.noKind),
	fields: v.record(line(32), v.union([line(512), v.pipe(v.number(), v.finite()), v.boolean(), v.null()])),
	times: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(MADE_LIMITS.times))),
	by: v.optional(v.pipe(whole, v.maxValue(MADE_LIMITS.steps)))
});
const document = v.variant('kind', [
	v.strictObject({ version: v.literal(1), kind: v.literal('scene'), scene, inputs: v.optional(v.unknown()) }),
	v.strictObject({
		version: v.literal(1),
		kind: v.literal('level'),
		level: v.strictObject({
			version: v.literal(1),
			title: v.pipe(line(MADE_LIMITS.title), v.nonEmpty(words.noLetters)),
			mission: text(MADE_LIMITS.mission),
			hint: text(MADE_LIMITS.hint),
			debrief: text(MADE_LIMITS.debrief),
			scene,
			prelude: v.array(v.unknown()),
			rows: v.pipe(v.array(row), v.minLength(1), v.maxLength(MADE_LIMITS.rows)),
			solution: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(MADE_LIMITS.steps))
		})
	})
]);

export type Check = (value: unknown) => Checked<Document>;

/** The judgement, once its parts are loaded. */
export async function loadCheck(): Promise<Check> {
	const { plainProblem, checkRun } = await borderChecks();
	type Loose = v.InferOutput<typeof scene>;

	function checkScene(
		loose: Loose,
		inputs: unknown
	): Checked<{ scene: Scene; inputs: readonly TimedInput[] }> {
		const run = checkRun({ scenario: loose.scenario, seed: loose.seed, inputs }, amiss);
		if (!run.ok) return run;
		const { scenario } = run.value;
		const problem = senseProblem({ terminal: loose.terminal, scenario });
		if (problem !== null) return { ok: false, problem };
		return { ok: true, value: { scene: { ...loose, scenario }, inputs: run.value.inputs } };
	}

	return (value) => {
		const plain = plainProblem(value);
		if (plain !== null) return { ok: false, problem: plain };
		if (isNewer(value)) return { ok: false, problem: words.newer };
		const parsed = v.safeParse(document, value, { abortEarly: true, message: amiss });
		if (!parsed.success) {
			const [issue] = parsed.issues;
			const where = v.getDotPath(issue);
			return { ok: false, problem: where === null ? issue.message : `${where}: ${issue.message}` };
		}
		const { output } = parsed;
		if (output.kind === 'scene') {
			const checked = checkScene(output.scene, output.inputs ?? []);
			if (!checked.ok) return checked;
			const { scene, inputs } = checked.value;
			const kept = inputs.length > 0 && { inputs };
			return { ok: true, value: { version: 1, kind: 'scene', scene, ...kept } };
		}
		const { level } = output;
		const checked = checkScene(level.scene, [...level.prelude, ...level.solution]);
		if (!checked.ok) return checked;
		const problem = rowsProblem(level.rows);
		if (problem !== null) return { ok: false, problem };
		const { scene, inputs } = checked.value;
		const prelude = inputs.slice(0, level.prelude.length);
		const solution = inputs.slice(level.prelude.length);
		return {
			ok: true,
			value: {
				version: 1,
				kind: 'level',
				level: { ...level, scene, prelude, solution, rows: level.rows as MadeRow[] }
			}
		};
	};
}

function isNewer(value: unknown): boolean {
	if (typeof value !== 'object' || value === null || !('version' in value)) return false;
	return typeof value.version === 'number' && value.version > 1;
}

/** What no schema says of a scene: that its terminal is a client's, and that all it names is known. Null: nothing is wrong. */
export function senseProblem({
	terminal,
	scenario
}: {
	terminal: string;
	scenario: Scenario;
}): string | null {
	const { hosts, faults = [] } = scenario;
	if (hosts.length > SCENE_LIMITS.hosts) return `hosts: ${words.tooManyNodes(SCENE_LIMITS.hosts)}`;
	if (faults.length > SCENE_LIMITS.faults) return `faults: ${words.moreThan(SCENE_LIMITS.faults)}`;
	if (hosts.find(({ id }) => id === terminal)?.role !== 'client')
		return `terminal: ${words.noClient(terminal)}`;
	for (const [i, { pop3, account }] of hosts.entries()) {
		const at = `hosts[${i}]`;
		if (pop3 && !SERVERS.some(({ id }) => id === pop3.personality))
			return `${at}.pop3.personality: ${words.noServer(pop3.personality)}`;
		for (const [n, user] of (pop3?.users ?? []).entries())
			for (const letter of user.box)
				if (!LETTERS.some(({ id }) => id === letter))
					return `${at}.pop3.users[${n}].box: ${words.noLetter(letter)}`;
		if (account && !PROGRAMS.some(({ id }) => id === account.policy))
			return `${at}.account.policy: ${words.noProgram(account.policy)}`;
	}
	return null;
}

/** Null: every row asks for fields that its events have, and there is something to reach. */
function rowsProblem(rows: readonly Pick<MadeRow, 'kind' | 'fields' | 'guard'>[]): string | null {
	if (rows.every(({ guard }) => guard)) return `rows: ${words.guardsOnly}`;
	for (const [i, { kind, fields }] of rows.entries()) {
		const known: readonly string[] = ROW_KINDS[kind].fields;
		const strange = Object.keys(fields).find((name) => !known.includes(name));
		if (strange !== undefined) return `rows[${i}].fields: ${words.noField(kind, strange)}`;
	}
	return null;
}

/** Reads the text of a file or link. */
export async function readDocument(text: string): Promise<Checked<Document>> {
	if (text.length > MAX_DOCUMENT) return { ok: false, problem: words.tooLong(MAX_DOCUMENT) };
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { ok: false, problem: words.noJson };
	}
	if (typeof value !== 'object' || value === null || !('kind' in value))
		return { ok: false, problem: words.otherJson };
	return (await loadCheck())(value);
}

export const writeDocument = (document: Document): string => JSON.stringify(document);

/** `grand-hotel.json`. */
export function documentFile(document: Document): string {
	const title = document.kind === 'scene' ? document.scene.name : document.level.title;
	const plain = title
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '');
	return `${plain || document.kind}.json`;
}
