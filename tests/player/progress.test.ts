/** Progress is never lost by a better or a worse result, nor by a merge; and what was missed is kept with it. */
import { describe, expect, it } from 'vitest';
import {
	merge,
	MOST_MISSED,
	NO_RECORD,
	NOTHING,
	RUN_LIMIT,
	solvedSlugs,
	withPractice,
	withResult,
	withSetting,
	type LevelRecord,
	type Progress
} from '#lib/player/progress.ts';
import { exportProgress, importProgress, open, seal } from '#lib/player/progress-text.ts';
import { readSlots, writeSlots } from '#lib/player/progress-slots.ts';
import { ALL_LEVELS } from '../levels/all.ts';
import { NO_STAMPS, ALL_STAMPS, run, result, reached, FakeShelf } from './progress-made.ts';

describe('a result', () => {
	it('is added, and what was reached before stays', () => {
		const once = withResult(NOTHING, result('knock', { stamps: ALL_STAMPS, cost: 1 }), 5);
		const twice = withResult(once, result('knock', { cost: 3, inputs: run('other') }), 6);
		expect(twice.levels['knock']).toEqual({
			solved: true,
			stamps: ALL_STAMPS,
			best: 1,
			assisted: false,
			inputs: run('connect post 110')
		});
		expect([...solvedSlugs(twice)]).toEqual(['knock']);
	});

	it('replaces the run when it is better', () => {
		const better = withResult(reached('knock'), result('knock', { cost: 2, inputs: run('better') }), 9);
		expect(better.levels['knock']).toMatchObject({ best: 2, inputs: run('better') });
	});

	it('with "Show me" solves without a best, and is forgotten once the player did it alone', () => {
		const shown = withResult(NOTHING, result('knock', { shown: true, stamps: NO_STAMPS }), 5);
		expect(shown.levels['knock']).toMatchObject({
			solved: true,
			assisted: true,
			best: null,
			stamps: NO_STAMPS
		});
		const alone = withResult(shown, result('knock'), 6);
		expect(alone.levels['knock']).toMatchObject({ solved: true, assisted: false, best: 4 });
		const shownAgain = withResult(alone, result('knock', { shown: true, stamps: NO_STAMPS }), 7);
		expect(shownAgain.levels['knock']).toEqual(alone.levels['knock']);
	});

	it('always looks newer than what was there, even when the clock goes back', () => {
		const first = withSetting(NOTHING, 'lens', 2, 1000);
		expect(withSetting(first, 'lens', 3, 10).saved).toBe(1001);
		expect(withSetting(first, 'lens', 3, 2000.5).saved).toBe(2000);
	});

	it('keeps no run that is too long to keep, but counts it', () => {
		const long = withResult(NOTHING, result('knock', { inputs: run('x'.repeat(RUN_LIMIT)) }), 5);
		expect(long.levels['knock']).not.toHaveProperty('inputs');
		expect(long.levels['knock']?.solved).toBe(true);
		const full = withResult(NOTHING, result('knock', { inputs: run('x'.repeat(RUN_LIMIT - 100)) }), 5);
		expect(open(seal(full))).toEqual({ ok: true, progress: full });
	});

	it.each(ALL_LEVELS.map((level) => [level.slug, level] as const))(
		'of %s comes back with everything that was done in it',
		(slug, { prelude, showMe }) => {
			const inputs = [...prelude, ...showMe].map((input, at) => ({ at, input }));
			const kept = withResult(NOTHING, result(slug, { inputs }), 5);
			expect(kept.levels[slug]?.inputs).toEqual(inputs);
			expect(open(seal(kept))).toEqual({ ok: true, progress: kept });
		}
	);

	it('of every level, each with the longest run, still fits into one text', () => {
		let progress = NOTHING;
		for (let i = 0; i < 36; i++)
			progress = withResult(
				progress,
				result(`level-${i}`, { inputs: run('"'.repeat(RUN_LIMIT / 2 - 50)) }),
				5
			);
		expect(Object.values(progress.levels).every(({ inputs }) => inputs)).toBe(true);
		expect(open(exportProgress(progress)).ok).toBe(true);
	});
});

describe('a merge', () => {
	const record = (more: Partial<LevelRecord>): LevelRecord => ({ ...NO_RECORD, ...more });
	const of = (saved: number, levels: Progress['levels'], settings: Progress['settings'] = {}): Progress => ({
		saved,
		levels,
		settings,
		missed: {}
	});

	it('takes the best of both, whichever was saved last', () => {
		const a = of(1, {
			x: record({ solved: true, best: 3, stamps: { ...NO_STAMPS, lightBag: true }, inputs: run('a') })
		});
		const b = of(2, {
			x: record({ solved: true, best: 5, stamps: { ...NO_STAMPS, calledIt: true }, inputs: run('b') }),
			y: record({ solved: true, best: 1 })
		});
		const best = {
			x: record({
				solved: true,
				best: 3,
				stamps: { delivered: false, lightBag: true, calledIt: true },
				inputs: run('a')
			}),
			y: record({ solved: true, best: 1 })
		};
		expect(merge(a, b)).toEqual(of(2, best));
		expect(merge(b, a)).toEqual(of(2, best));
	});

	it('changes nothing when one side is empty or both are the same', () => {
		const a = reached('knock', 'shake');
		expect(merge(a, NOTHING)).toEqual(a);
		expect(merge(NOTHING, a)).toEqual(a);
		expect(merge(a, a)).toEqual(a);
	});

	it('does not lend a run to a best that it did not reach', () => {
		const a = of(1, { x: record({ solved: true, best: 3 }) });
		const b = of(2, { x: record({ solved: true, best: 5, inputs: run('b') }) });
		expect(merge(a, b).levels['x']).toEqual(record({ solved: true, best: 3 }));
	});

	it('takes settings from the one saved last, and keeps the others', () => {
		const a = of(1, {}, { lens: 1, sound: true });
		const b = of(2, {}, { lens: 3 });
		expect(merge(b, a).settings).toEqual({ lens: 3, sound: true });
	});
});

describe('what was missed', () => {
	const practised = (...answers: readonly boolean[]): Progress =>
		answers.reduce((progress, right, i) => withPractice(progress, 'ack', right, 1000 + i), NOTHING);

	it('weighs twice what an answer takes away, within its bounds', () => {
		expect(practised(false).missed).toEqual({ ack: 2 });
		expect(practised(false, true).missed).toEqual({ ack: 1 });
		expect(practised(true).missed).toEqual({ ack: 0 });
		expect(practised(...Array.from({ length: 9 }, () => false)).missed).toEqual({ ack: MOST_MISSED });
	});

	it('is kept, and of two tabs the later counts, so that what was learnt stays learnt', () => {
		const shelf = new FakeShelf();
		writeSlots(shelf, practised(false, false));
		const learnt = practised(false, false, true, true);
		expect(writeSlots(shelf, learnt).progress.missed).toEqual({ ack: 2 });
		expect(readSlots(shelf).progress.missed).toEqual({ ack: 2 });
		expect(merge(learnt, practised(false, false)).missed).toEqual({ ack: 2 });
	});

	it('goes with a file, of which the more counts', () => {
		const file = exportProgress({ ...practised(false), missed: { ack: 2, end: 3 } });
		const imported = importProgress(file, { ...NOTHING, missed: { ack: 4, order: 1 } }, 5000);
		expect(imported.ok && imported.progress.missed).toEqual({ ack: 4, end: 3, order: 1 });
	});
});
