/** The short code: all of it comes back, a wrong letter never does, and what is there is never lost to it. */
import { describe, expect, it } from 'vitest';
import { PLANNED } from '#lib/levels/chapters.ts';
import { diceOf } from '#lib/levels/dice.ts';
import { NOTHING, type LevelRecord, type Progress } from '#lib/player/progress.ts';
import { progressCode, readProgressCode, takeProgressCode } from '#lib/player/progress-code.ts';

const record = (more: Partial<LevelRecord> = {}): LevelRecord => ({
	solved: true,
	stamps: { delivered: true, lightBag: false, calledIt: true },
	best: 4,
	assisted: false,
	...more
});
const of = (levels: Record<string, LevelRecord>): Progress => ({ ...NOTHING, saved: 5, levels });
const read = (code: string) => {
	const result = readProgressCode(code);
	if (!result.ok) throw new Error(result.say);
	return result.levels;
};

function someProgress(seed: number): Progress {
	const dice = diceOf(seed);
	const levels: Record<string, LevelRecord> = {};
	for (const { slug } of PLANNED) {
		if (dice.below(3) === 0) continue;
		const assisted = dice.below(4) === 0;
		levels[slug] = record({
			stamps: {
				delivered: dice.below(2) === 0,
				lightBag: dice.below(2) === 0,
				calledIt: dice.below(2) === 0
			},
			assisted,
			best: assisted ? null : dice.below(1000)
		});
	}
	return of(levels);
}

describe('a code', () => {
	it('brings everything back', () => {
		for (let seed = 1; seed <= 200; seed++) {
			const progress = someProgress(seed);
			expect(read(progressCode(progress))).toEqual(progress.levels);
		}
	});

	it('is short: a whole chapter in a line, a whole campaign in four', () => {
		expect(progressCode(NOTHING)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{2}$/);
		expect(progressCode(of({ knock: record(), shake: record() })).length).toBeLessThanOrEqual(14);
		const all = of(Object.fromEntries(PLANNED.map(({ slug }) => [slug, record()])));
		expect(progressCode(all).length).toBeLessThanOrEqual(120);
	});

	it('brings back what was missed, and is as it always was where nothing was', () => {
		const missed = { state: 9, fragments: 2 };
		const levels = { knock: record() };
		const code = progressCode({ ...of(levels), missed });
		expect(readProgressCode(code)).toEqual({ ok: true, levels, missed });
		expect(code.length).toBeLessThanOrEqual(20);
		expect(progressCode({ ...of(levels), missed: { ack: 0 } })).toBe(progressCode(of(levels)));
		expect(readProgressCode(progressCode(of(levels)))).toEqual({ ok: true, levels, missed: {} });
	});

	it('of the first edition is read', () => {
		expect(read('47MV-8R53-NK')).toEqual({ knock: record({ best: 1 }), papers: record({ best: 4 }) });
	});

	it('keeps a cost of nothing apart from none', () => {
		const levels = { knock: record({ best: 0 }), shake: record({ best: null, assisted: true }) };
		expect(read(progressCode(of(levels)))).toEqual(levels);
	});

	it('does not tell of runs and settings', () => {
		const levels = {
			knock: record({ inputs: [{ at: 1, input: { kind: 'type', host: 'desk', line: 'x' } }] })
		};
		expect(progressCode(of(levels))).toBe(progressCode(of({ knock: record() })));
	});

	it('is read as people write it', () => {
		const code = progressCode(someProgress(3));
		const sloppy = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
		expect(read(` ${sloppy}\n`)).toEqual(read(code));
	});

	it('with one letter wrong, missing or doubled, or with two swapped, is refused', () => {
		const code = progressCode(someProgress(7)).replaceAll('-', '');
		for (let i = 0; i < code.length; i++) {
			for (const letter of '0123456789ABCDEFGHJKMNPQRSTVWXYZ')
				if (letter !== code[i])
					expect(readProgressCode(code.slice(0, i) + letter + code.slice(i + 1)).ok, `${i} ${letter}`).toBe(
						false
					);
			expect(readProgressCode(code.slice(0, i) + code.slice(i + 1)).ok).toBe(false);
			const [a, b] = [code[i], code[i + 1]];
			if (b !== undefined && a !== b)
				expect(readProgressCode(`${code.slice(0, i)}${b}${a}${code.slice(i + 2)}`).ok).toBe(false);
		}
	});

	it.each(['', '-', 'hello', 'U', '🙂', '0000', '00000000', 'Z'.repeat(599), 'Z'.repeat(100_000)])(
		'that is %j is refused with a reason, and nothing is thrown',
		(text) => {
			const result = readProgressCode(text);
			expect(result.ok).toBe(false);
			expect(!result.ok && result.say).toMatch(/code/);
		}
	);

	it('never throws, whatever the letters', () => {
		const dice = diceOf(11);
		for (let i = 0; i < 2000; i++) {
			const text = Array.from({ length: dice.below(40) }, () => String.fromCharCode(dice.below(128))).join(
				''
			);
			expect(typeof readProgressCode(text).ok).toBe('boolean');
		}
	});
});

describe('taking a code', () => {
	const mine = { ...of({ knock: record({ best: 1 }) }), settings: { theme: 'dark' } };

	it('makes the best of both and keeps the settings', () => {
		const other = of({
			knock: record({ best: 3, stamps: { delivered: true, lightBag: true, calledIt: false } }),
			papers: record()
		});
		const taken = takeProgressCode(progressCode(other), mine, 99);
		expect(taken).toMatchObject({
			ok: true,
			say: 'Read. 1 more solved.',
			progress: { saved: 99, settings: { theme: 'dark' } }
		});
		expect(taken.ok && taken.progress.levels).toEqual({
			knock: record({ best: 1, stamps: { delivered: true, lightBag: true, calledIt: true } }),
			papers: record()
		});
	});

	it('takes of misses the more', () => {
		const taken = takeProgressCode(
			progressCode({ ...NOTHING, missed: { ack: 2, order: 6 } }),
			{ ...mine, missed: { ack: 4, end: 1 } },
			99
		);
		expect(taken.ok && taken.progress.missed).toEqual({ ack: 4, end: 1, order: 6 });
	});

	it('says when there was nothing new, and changes nothing when it is refused', () => {
		expect(takeProgressCode(progressCode(mine), mine, 99)).toMatchObject({
			ok: true,
			say: 'Read. You had all of it already.'
		});
		expect(takeProgressCode('0000-0000', mine, 99)).toMatchObject({ ok: false });
	});
});
