/** Whatever was reached, and whatever a stranger's file adds to it: the text that is written of it can be read again. */
import { describe, expect, it } from 'vitest';
import {
	MOST_LEVELS,
	MOST_SETTINGS,
	NO_RECORD,
	NOTHING,
	RUN_LIMIT,
	solvedSlugs,
	withResult,
	withSetting
} from '#lib/player/progress.ts';
import { exportProgress, importProgress, open, seal, TEXT_LIMIT } from '#lib/player/progress-text.ts';
import { reached, result, run } from './progress-made.ts';

describe('a file', () => {
	it('that says it is of the far future is read, and what follows is kept all the same', () => {
		const far = { ...reached('shake'), saved: Number.MAX_SAFE_INTEGER };
		const imported = importProgress(exportProgress(far), reached('knock'), 5000);
		if (!imported.ok) throw new Error(imported.say);
		expect(imported.progress.saved).toBe(5000);
		// where it stands in a slot already, later saves are still sound
		const after = withResult(far, result('knock'), 6000);
		expect(open(seal(after))).toEqual({ ok: true, progress: after });
	});

	it('full of levels and settings that nobody knows takes the place of none that is known', () => {
		const many = <T>(n: number, name: string, value: T) =>
			Object.fromEntries(Array.from({ length: n }, (_, i) => [`${name}${i}`, value]));
		const record = reached('knock').levels['knock'];
		const file = exportProgress({
			...NOTHING,
			levels: many(MOST_LEVELS, 'junk', record ?? NO_RECORD),
			settings: many(MOST_SETTINGS, 'junk', true)
		});
		const mine = withSetting(reached('knock', 'shake', 'papers'), 'placed.3', true, 60);
		const imported = importProgress(file, mine, 5000);
		if (!imported.ok) throw new Error(imported.say);
		const again = open(seal(imported.progress));
		if (!again.ok) throw new Error(again.say);
		expect(again.progress).toEqual(imported.progress);
		expect(again.progress.levels).toMatchObject(mine.levels);
		expect(again.progress.settings['placed.3']).toBe(true);
	});
});

describe('whatever was reached', () => {
	const made = (i: number) => `made-${i.toString(32).padStart(13, '0')}`;

	it('can be read again: of too much, made levels and their runs go before the campaign’s', () => {
		let progress = reached('knock');
		const long = run('x'.repeat(RUN_LIMIT - 100));
		for (let i = 0; i < 2 * MOST_LEVELS; i++)
			progress = withResult(progress, result(made(i), { inputs: long }), 2000 + i);
		progress = withResult(progress, result('shake', { inputs: long }), 9000);
		for (const text of [seal(progress), exportProgress(progress)]) {
			expect(text.length).toBeLessThanOrEqual(TEXT_LIMIT);
			const opened = open(text);
			if (!opened.ok) throw new Error(opened.say);
			const { levels } = opened.progress;
			expect(Object.keys(levels)).toHaveLength(MOST_LEVELS);
			expect([...solvedSlugs(opened.progress)].sort()).toEqual(['knock', 'shake']);
			expect(levels['knock']?.inputs).toEqual(run('connect post 110'));
			expect(levels['shake']?.inputs).toEqual(long);
			expect(levels[made(2 * MOST_LEVELS - 1)]?.solved).toBe(true);
			expect(levels[made(0)]).toBeUndefined();
		}
	});

	it('in the yard counts nowhere in the campaign', () => {
		const progress = withResult(reached('knock'), result(made(1)), 2000);
		expect([...solvedSlugs(progress)]).toEqual(['knock']);
		expect(importProgress(exportProgress(progress), reached('knock'), 3000).say).toContain(
			'all of it already'
		);
	});
});
