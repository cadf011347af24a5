/** Random sessions at every level: no exception, no dead end, and what was met stays met. */
import { isSolved, rowStatuses } from '#lib/levels/coach.ts';
import { ALL_LEVELS } from '../levels/all.ts';
import { wander, wayHome } from '../levels/wander.ts';
import { Failure, type Tally } from './dice.ts';

/** `sessions` of each level, from `seed` on. */
export function fuzzLevels(
	{ seed, sessions }: { readonly seed: number; readonly sessions: number },
	progress: (tally: Tally) => void = () => undefined
): Tally {
	let done = 0;
	let solved = 0;
	for (let n = 0; n < sessions; n++) {
		for (const level of ALL_LEVELS) {
			const fail = (problem: string, inputs: readonly unknown[] = []) =>
				new Failure(
					`levels ${level.slug}`,
					seed + n,
					problem,
					inputs.map((one) => JSON.stringify(one))
				);
			try {
				const world = wander(level, seed + n);
				const log = [...world.log];
				const inputs = log.flatMap((event) => (event.kind === 'input' ? [event.input] : []));
				const half = log.slice(0, log.length >> 1);
				const before = rowStatuses(level, half);
				const now = rowStatuses(level, log);
				const lost = before.findIndex(({ by }, i) => by !== null && now[i]?.by === null);
				if (lost >= 0) throw fail(`row ${lost + 1} was met and is not any more`, inputs);
				if (isSolved(level, log)) solved++;
				const stuck = wayHome(level, world);
				if (stuck !== null) throw fail(`no way home: ${stuck}`, inputs);
			} catch (error) {
				throw error instanceof Failure ? error : fail(String(error));
			}
			done++;
		}
		progress({ sessions: done, 'solved by chance': solved });
	}
	return { sessions: done, 'solved by chance': solved };
}
