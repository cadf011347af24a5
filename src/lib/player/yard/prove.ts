/**
 * The proof that a made level must pass before it is given away, run in the page: not solved when it opens, solved by its
 * recording, not without the recording's last step, and the same log twice. Law: worlds run behind the engine's border.
 */
import { isSolved, rowStatuses } from '#lib/levels/coach.ts';
import { levelOfMade, type MadeLevel } from '#lib/levels/made.ts';
import type { Event, TimedInput } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-proof.ts';
import { rehearse, type Connect } from '../rehearsal.ts';

/** The log of a run, to the quiet moment after its last input. @throws Error when the world stops */
export function logOf(
	connect: Connect,
	scenario: Scenario,
	seed: number,
	inputs: readonly TimedInput[]
): Promise<readonly Event[]> {
	return rehearse({ scenario, seed }, connect, inputs, []).then(({ log }) => log);
}

export interface Finding {
	readonly what: string;
	readonly ok: boolean;
	/** What to do about it; '' where nothing. */
	readonly say: string;
}

/** Whether two logs are the same, octet for octet. */
export function sameLog(a: readonly Event[], b: readonly Event[]): boolean {
	return a.length === b.length && a.every((event, i) => same(event, b[i]));
}
function same(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
	const keys = Object.entries(a);
	const others = new Map(Object.entries(b));
	return (
		keys.length === others.size &&
		keys.every(([key, value]) => others.has(key) && same(value, others.get(key)))
	);
}

/** All findings, in the order in which they are shown. */
export async function prove(made: MadeLevel, connect: Connect): Promise<readonly Finding[]> {
	const level = levelOfMade(made);
	const { scenario, seed } = made.scene;
	const { prelude, solution } = made;
	const run = (inputs: readonly TimedInput[]) => logOf(connect, scenario, seed, [...prelude, ...inputs]);
	try {
		const [empty, whole, again, short] = [
			await run([]),
			await run(solution),
			await run(solution),
			await run(solution.slice(0, -1))
		];
		const met = rowStatuses(level, empty).flatMap(({ state }, i) => (state === 'met' ? [i + 1] : []));
		const open = rowStatuses(level, whole).flatMap(({ state }, i) =>
			state === 'open' || state === 'broken' ? [i + 1] : []
		);
		return [
			{
				what: words.unsolved,
				ok: !isSolved(level, empty),
				say: isSolved(level, empty) ? words.allMet : met.length > 0 ? words.metFromStart(met) : ''
			},
			{
				what: words.solved,
				ok: isSolved(level, whole),
				say: open.length > 0 ? words.notSo(open) : ''
			},
			{
				what: words.withoutLast,
				ok: !isSolved(level, short),
				say: isSolved(level, short) ? words.lastIsIdle : ''
			},
			{
				what: words.sameLog,
				ok: sameLog(whole, again),
				say: ''
			}
		];
	} catch (error) {
		const say = error instanceof Error ? error.message : String(error);
		return [{ what: words.ends, ok: false, say }];
	}
}
