/** The map: 13 chapters, 36 levels, and what opens when. */
import { describe, expect, it } from 'vitest';
import { CHAPTERS, chapterStanding, openChapters, PLANNED } from '#lib/levels/chapters.ts';
import { closest, distance } from '#lib/levels/closest.ts';
import { LEVELS } from '#lib/levels/index.ts';
import { search, TERMS } from '#lib/levels/terms.ts';

describe('the campaign', () => {
	it('has 36 levels in 13 chapters, each with its own number, slug and words', () => {
		expect(CHAPTERS.map(({ levels }) => levels.length)).toEqual([2, 3, 4, 2, 4, 2, 4, 7, 1, 2, 1, 1, 3]);
		expect(CHAPTERS.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
		expect(PLANNED).toHaveLength(36);
		for (const key of ['number', 'slug', 'name', 'concept'] as const)
			expect(new Set(PLANNED.map((level) => level[key])).size, key).toBe(36);
		expect([PLANNED[0]?.number, PLANNED.at(-1)?.number]).toEqual(['1.1', '13.3']);
	});

	it('has slugs that fit a path, and one short line for each', () => {
		for (const { slug, concept } of PLANNED) {
			expect(slug).toMatch(/^[a-z]+$/);
			expect(concept.length, concept).toBeLessThanOrEqual(75);
			expect(concept, slug).toMatch(/[.!?]$/);
		}
	});

	it('marks the last chapter as bosses, and no other', () => {
		expect(PLANNED.filter(({ boss }) => boss).map(({ slug }) => slug)).toEqual(['hangs', 'mallory', 'shift']);
	});
});

describe('open chapters', () => {
	const open = (built: string[], solved: string[]) => [...openChapters(new Set(built), new Set(solved))];
	const chapters = (n: number) =>
		CHAPTERS.slice(0, n).flatMap(({ levels }) => levels.map(({ slug }) => slug));
	const all = chapters(13);

	it('are the first at first', () => {
		expect(open(all, [])).toEqual([1]);
		expect(
			open(
				LEVELS.map(({ slug }) => slug),
				[]
			)
		).toEqual([1]);
	});

	it('grow at 60 % of the chapter before', () => {
		expect(open(all, ['knock'])).toEqual([1]);
		expect(open(all, ['knock', 'shake'])).toEqual([1, 2]);
		expect(open(all, ['knock', 'shake', 'papers'])).toEqual([1, 2]);
		expect(open(all, ['knock', 'shake', 'papers', 'doorman'])).toEqual([1, 2, 3]);
	});

	it('are not passed over: a later chapter solved by a link opens nothing before it', () => {
		expect(open(all, ['knock', 'papers', 'notyet', 'doorman'])).toEqual([1]);
	});

	it('are opened by a placement check, with all before it', () => {
		const placed = (chapter: number, solved: string[] = []) => [
			...openChapters(new Set(all), new Set(solved), chapter)
		];
		expect(placed(3)).toEqual([1, 2, 3]);
		expect(placed(3, ['count', 'lonedot', 'top'])).toEqual([1, 2, 3, 4]);
		expect(placed(1, ['knock', 'shake'])).toEqual([1, 2]);
	});

	it('say how far a chapter is', () => {
		const [, two] = CHAPTERS;
		if (!two) throw new Error('no chapter 2');
		const standing = (built: string[], solved: string[]) =>
			chapterStanding(two, new Set(built), new Set(solved));
		expect(standing(all, ['papers'])).toEqual({ done: 1, built: 3, needed: 2, finished: false });
		expect(standing(['papers'], ['papers'])).toEqual({ done: 1, built: 1, needed: 1, finished: false });
		expect(standing(all, all)).toEqual({ done: 3, built: 3, needed: 2, finished: true });
	});

	it('count only levels that are built', () => {
		expect(open(['knock', 'shake', 'papers'], ['knock', 'shake'])).toEqual([1, 2]);
		expect(open(['knock'], ['knock'])).toHaveLength(13);
		expect(open(all, all)).toHaveLength(13);
	});
});

describe('the words by which a level is found', () => {
	it('stand for every level and for no other', () => {
		expect(Object.keys(TERMS)).toEqual(PLANNED.map(({ slug }) => slug));
	});

	const texts = PLANNED.map(({ slug, name, concept }) => `${name} ${concept} ${TERMS[slug]}`);
	it.each([
		['TTL', ['envelope', 'hops']],
		['fin-wait-2', ['hangup']],
		['STAT', ['notyet', 'count', 'goodbye', 'hold']],
		['IN-USE', ['lock']],
		['mtu  Fragment', ['cut', 'nobend']],
		['fragmen', ['cut', 'nobend', 'hangs']],
		['tcp.ack', ['shake', 'numbers']],
		['+OK', ['knock', 'papers']],
		['nonsense', []],
		['(', []]
	])('%s finds %j', (wanted, slugs) => {
		expect(search(wanted, texts).map((i) => PLANNED[i]?.slug)).toEqual(slugs);
	});

	it('find all when nothing is wanted', () => {
		expect(search(' ', texts)).toHaveLength(36);
	});
});

describe('the word that was meant', () => {
	it.each([
		['LIST', 'LIST', 0],
		['LSIT', 'LIST', 1],
		['LIS', 'LIST', 1],
		['LISTT', 'LIST', 1],
		['RERT', 'RETR', 1],
		['', 'LIST', 4],
		['LIST', '', 4],
		['STAT', 'LIST', 3],
		['CA', 'ABC', 3]
	])('%s to %s is %i', (a, b, d) => {
		expect(distance(a, b)).toBe(d);
		expect(distance(b, a)).toBe(d);
	});

	it('is the nearest, at one or two letters, and not where most is wrong', () => {
		const known = ['USER', 'PASS', 'STAT', 'LIST', 'TOP'];
		expect(closest('USR', known)).toBe('USER');
		expect(closest('LOST', known)).toBe('LIST');
		expect(closest('STATUS', known)).toBe('STAT');
		expect(closest('USER', known)).toBeNull();
		expect(closest('HELO', known)).toBeNull();
		expect(closest('T', known)).toBeNull();
		expect(closest('', known)).toBeNull();
		expect(closest('LIST', [])).toBeNull();
	});
});
