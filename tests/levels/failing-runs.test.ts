/**
 * A hundred recorded runs that fail, at every level where one wrong input can spoil the reference, and the input at
 * which each left the path. The rule that says which it is knows nothing of the coach: the run does not solve its level,
 * and without that one input it does. Recorded by seeded choice among such insertions, and a few by hand.
 */
import { describe, expect, it } from 'vitest';
import { coach, isSolved } from '#lib/levels/coach.ts';
import type { Level } from '#lib/levels/level.ts';
import type { Input } from '#lib/sim/event.ts';
import runs from '../fixtures/failing-runs.json' with { type: 'json' };
import { ALL_LEVELS } from './all.ts';
import { play, timed } from './play.ts';

interface Failing {
	readonly level: string;
	/** Place of the input that left the path. */
	readonly left: number;
	readonly inputs: readonly Input[];
}
const RUNS = runs as readonly Failing[];

const levelOf = (slug: string): Level => {
	const found = ALL_LEVELS.find((level) => level.slug === slug);
	if (!found) throw new Error(`no level ${slug}`);
	return found;
};

describe('a hundred failing runs', () => {
	it('are a hundred, of nearly all levels, each spoilt by the input that it names', () => {
		expect(RUNS).toHaveLength(100);
		expect(new Set(RUNS.map(({ level }) => level)).size).toBeGreaterThanOrEqual(14);
		expect(new Set(RUNS.map((run) => JSON.stringify(run))).size).toBe(100);
		for (const { level: slug, left, inputs } of RUNS) {
			const level = levelOf(slug);
			const what = `${slug}: ${JSON.stringify(inputs[left])} at ${left}`;
			expect(isSolved(level, play(level, inputs).log), what).toBe(false);
			expect(isSolved(level, play(level, inputs.toSpliced(left, 1)).log), what).toBe(true);
		}
	});

	it('are led back to the right place by the coach in at least ninety', () => {
		const missed: string[] = [];
		for (const { level: slug, left, inputs } of RUNS) {
			const level = levelOf(slug);
			const { log } = play(level, inputs);
			const { away } = coach(level, log);
			// where the coach rewinds to, so many of the player's own inputs are left
			const kept = away ? timed(log.slice(0, away.rewindTo)).length - level.prelude.length : null;
			if (kept !== left) missed.push(`${slug}, input ${left}: coach says ${kept}, ${away?.say ?? 'nothing'}`);
		}
		expect(100 - missed.length, missed.join('\n')).toBeGreaterThanOrEqual(90);
	});
});
