/**
 * Short random sessions per level: nothing throws, goals once met stay met, and the coach always leads home. Many more of
 * them: `npm run fuzz -- levels`.
 */
import { describe, expect, it } from 'vitest';
import { coach, rowStatuses } from '#lib/levels/coach.ts';
import * as explain from '#lib/levels/explain.ts';
import { questionStatuses } from '#lib/levels/questions.ts';
import { verdict } from '#lib/levels/verdict.ts';
import type { Event } from '#lib/sim/event.ts';
import { ALL_LEVELS } from './all.ts';
import { wander, wayHome } from './wander.ts';

const SESSIONS = 20;

/** Log positions just after each input, and the end. */
function cuts(log: readonly Event[]): number[] {
	return [...log.flatMap((event) => (event.kind === 'input' ? [event.seq + 1] : [])), log.length];
}

describe.each(ALL_LEVELS.map((level) => [level.slug, level] as const))('%s', (_slug, level) => {
	const worlds = Array.from({ length: SESSIONS }, (_, seed) => wander(level, seed));
	const logs = worlds.map(({ log }) => [...log]);

	it('keeps every goal that was met, and a guard that was broken stays broken', () => {
		for (const [seed, log] of logs.entries()) {
			let before = rowStatuses(level, []).map(({ by }) => by);
			for (const cut of cuts(log)) {
				const now = rowStatuses(level, log.slice(0, cut)).map(({ by }) => by);
				before.forEach((by, row) => {
					if (by) expect(now[row], `session ${seed}, row ${row + 1}, at ${cut}`).not.toBeNull();
				});
				before = now;
			}
		}
	});

	it('has an event of the past for every row, and says something for every refusal', () => {
		for (const log of logs) {
			for (const cut of cuts(log)) {
				const shown = log.slice(0, cut);
				const report = coach(level, shown, explain);
				for (const { by } of report.rows) if (by) expect(shown).toContain(by);
				if (report.message) expect(report.message.say).not.toBe('');
				if (report.away) expect(report.away.rewindTo).toBeLessThan(cut);
				expect(report.solved).toBe(verdict(level, shown, { hintsUsed: 0, shown: true }).solved);
				questionStatuses(level, shown);
			}
		}
	});

	it('is solved from wherever it was left by doing what the coach says', () => {
		for (const [seed, left] of worlds.entries()) expect(wayHome(level, left), `session ${seed}`).toBeNull();
	});
});
