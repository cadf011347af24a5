/**
 * Plain English: a reader of about twelve, which is grade 7 of Flesch and Kincaid, reads all that the game says. Each kind
 * of text keeps well below that as a whole, and no longer text is harder than grade 8 by itself.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { ALL_LEVELS } from '../levels/all.ts';
import { play } from '../levels/play.ts';
import { saidBy, type Kind } from '../levels/said.ts';
import { proseOf } from './prose.ts';
import { grade, syllables, wordsOf } from './reading.ts';

const LIB = join(import.meta.dirname, '../../src/lib');
/** From so many words on a text has a grade of its own. */
const LONG = 12;
const HARDEST = 8;

const joined = (texts: readonly string[]): string =>
	texts.map((text) => text.replace(/[.!?]?$/, '.')).join(' ');
const tooHard = (texts: readonly string[]): string[] =>
	texts
		.filter((text) => wordsOf(text).length >= LONG && grade(text) > HARDEST)
		.map((text) => `${grade(text).toFixed(1)}: ${text}`);

describe('the measure', () => {
	it.each(
		Object.entries({
			1: 'line desk packets:2 size queue filled called closed',
			2: 'address session little handled trusted boxes changes machine goodbye unique idea:3',
			3: 'connection deletion memory telephone protocol synchronise',
			5: 'acknowledgement'
		}).flatMap(([n, words]) =>
			words.split(' ').map((each) => {
				const [word = '', other] = each.split(':');
				return [word, Number(other ?? n)] as const;
			})
		)
	)('counts the syllables of %s: %i', (word, n) => {
		expect(syllables(word)).toBe(n);
	});

	it('is that of Flesch and Kincaid', () => {
		expect(grade('The cat sat on the mat.')).toBeCloseTo(0.39 * 6 + 11.8 - 15.59);
		expect(
			grade('Notwithstanding considerable deliberation, the committee remained undecided.')
		).toBeGreaterThan(18);
	});

	it('leaves the protocol’s own words out, and lines to be typed', () => {
		expect(grade('Type AUTHORIZATION 203.0.113.25 now.')).toBeCloseTo(0.39 * 4 + 11.8 - 15.59);
		expect(wordsOf('“QUIT” was – at packet 14: a step back.')).toHaveLength(8);
	});
});

describe('a level', () => {
	const said = ALL_LEVELS.flatMap((level) => saidBy(level, play(level, level.showMe).log));
	const of = (...kinds: readonly Kind[]): string[] => [
		...new Set(said.filter(({ kind }) => kinds.includes(kind)).map(({ text }) => text))
	];

	it.each([
		['mission', 5],
		['debrief', 6],
		['hint', 5],
		['question', 5],
		['difference', 5],
		['step', 4],
		['stray', 4],
		['row', 4],
		['option', 4],
		['concept', 4]
	] as const)('says every %s in plain words: grade %i', (kind, most) => {
		expect(of(kind).length).toBeGreaterThan(10);
		expect(grade(joined(of(kind)))).toBeLessThanOrEqual(most);
	});

	it('has no text that is hard by itself', () => {
		expect(tooHard(said.map(({ text }) => text))).toEqual([]);
	});

	it.each(ALL_LEVELS.map((level) => [level.slug, level] as const))(
		'%s is plain as a whole',
		(_slug, level) => {
			const texts = saidBy(level, play(level, level.showMe).log).map(({ text }) => text);
			expect(grade(joined(texts))).toBeLessThanOrEqual(5);
		}
	);
});

/** Where sentences for people stand: the coach's reasons, the catalogue, and the tables that the sheets are made of. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
	'the coach': ['refusal', 'mistyped', 'inputs', 'away', 'coach'].map((name) => `levels/${name}.ts`),
	'the map': ['levels/chapters.ts', 'levels/keys.ts'],
	'the catalogue': readdirSync(join(LIB, 'words/en')).map((name) => `words/en/${name}`),
	'the reference': ['pop3/commands.ts', 'tcp/states.ts', 'words/en/reference.ts', 'words/en/topics.ts']
};

describe.each(Object.entries(MODULES))('%s', (_what, modules) => {
	const texts = modules
		.flatMap((name) => proseOf(readFileSync(join(LIB, name), 'utf8')))
		.filter((text) => wordsOf(text).length >= 6);

	test('is plain as a whole', () => {
		expect(texts.length).toBeGreaterThan(10);
		expect(grade(joined(texts))).toBeLessThanOrEqual(5.5);
	});

	test('has no sentence that is hard by itself', () => {
		expect(tooHard(texts)).toEqual([]);
	});
});
