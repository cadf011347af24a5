// A gauge tells what the verdict will: at par its reference stands on the mark, and what broke a guard stands beyond it.
import { describe, expect, test } from 'vitest';
import { costsOf } from '#lib/levels/verdict.ts';
import { rowStatuses } from '#lib/levels/coach.ts';
import type { Level } from '#lib/levels/level.ts';
import { top } from '#lib/levels/top.ts';
import type { Event } from '#lib/sim/event.ts';
import { ALL_LEVELS } from './all.ts';
import { play } from './play.ts';

const total = ({ meter }: Level, log: readonly Event[]): number =>
	meter?.parts.reduce((sum, { of }) => sum + of(log), 0) ?? NaN;
const cost = (level: Level, log: readonly Event[]): number => costsOf(level, log)[0]?.n ?? NaN;

describe.each(ALL_LEVELS.filter(({ meter }) => meter).map((level) => [level.slug, level] as const))(
	'%s',
	(_, level) => {
		const par = level.par[0]?.n ?? NaN;

		test('begins at nothing, and at par stands on the first mark', () => {
			expect(total(level, play(level, []).log)).toBe(0);
			const { log } = play(level, level.showMe);
			expect(total(level, log)).toBe(par);
			expect(level.meter?.marks[0]?.at).toBe(par);
			expect(level.meter?.most).toBeGreaterThan(level.meter?.marks.at(-1)?.at ?? 0);
		});

		test('counts what the verdict counts, in every known run and at each event of it', () => {
			for (const run of [...level.alternatives, ...level.bypasses])
				expect(total(level, play(level, run).log)).toBe(cost(level, play(level, run).log));
			const { log } = play(level, level.showMe);
			let before = 0;
			for (let n = 0; n <= log.length; n += 3) {
				const now = total(level, log.slice(0, n));
				expect(now).toBeGreaterThanOrEqual(before);
				before = now;
			}
		});
	}
);

test('in 3.4 only tops count against the guard, and it breaks where they pass its mark', () => {
	const [tops, others] = top.meter!.parts;
	const list = play(top, [{ kind: 'type', host: 'desk', line: 'LIST' }]).log;
	expect(tops!.of(list)).toBe(0);
	expect(others!.of(list)).toBeGreaterThan(0);
	for (const run of [...top.alternatives, ...top.bypasses]) {
		const { log } = play(top, run);
		expect(tops!.of(log) > top.meter!.marks.at(-1)!.at).toBe(rowStatuses(top, log)[3]?.state === 'broken');
	}
});
