/** Progress is never lost: not by a merge, a damaged text, a full or forbidden storage, a newer edition or a second tab. */
import { describe, expect, it } from 'vitest';
import type { TimedInput } from '#lib/sim/event.ts';
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
	type Progress,
	type Result
} from '#lib/player/progress.ts';
import {
	checksumOf,
	exportProgress,
	importProgress,
	KIND,
	open,
	seal,
	TEXT_LIMIT,
	VERSION
} from '#lib/player/progress-text.ts';
import {
	ASIDE,
	discardDamaged,
	readSlots,
	SLOTS,
	writeSlots,
	type Shelf
} from '#lib/player/progress-slots.ts';
import { ALL_LEVELS } from '../levels/all.ts';

const NO_STAMPS = NO_RECORD.stamps;
const ALL_STAMPS = { delivered: true, lightBag: true, calledIt: true };
const run = (line: string): TimedInput[] => [{ at: 0, input: { kind: 'type', host: 'desk', line } }];
const result = (slug: string, more: Partial<Result> = {}): Result => ({
	slug,
	stamps: { ...NO_STAMPS, delivered: true },
	cost: 4,
	shown: false,
	inputs: run('connect post 110'),
	...more
});
const reached = (...slugs: string[]): Progress =>
	slugs.reduce((progress, slug, i) => withResult(progress, result(slug), 1000 + i), NOTHING);

const [A, B] = SLOTS;

/** A storage that refuses what it is told to refuse. */
class FakeShelf implements Shelf {
	readonly items = new Map<string, string>();
	refuses: (verb: 'get' | 'set' | 'remove', key: string) => boolean = () => false;

	getItem(key: string): string | null {
		this.#check('get', key);
		return this.items.get(key) ?? null;
	}
	setItem(key: string, value: string): void {
		this.#check('set', key);
		this.items.set(key, value);
	}
	removeItem(key: string): void {
		this.#check('remove', key);
		this.items.delete(key);
	}
	#check(verb: 'get' | 'set' | 'remove', key: string): void {
		if (this.refuses(verb, key)) throw new DOMException('refused', 'QuotaExceededError');
	}
}

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

describe('a text', () => {
	const full = withSetting(withResult(NOTHING, result('knock', { stamps: ALL_STAMPS }), 5), 'lens', 2, 6);
	const envelope = (progress: unknown, more: object = {}) =>
		JSON.stringify({
			kind: KIND,
			version: VERSION,
			checksum: checksumOf(JSON.stringify(progress)),
			progress,
			...more
		});
	const problem = (text: string) => {
		const opened = open(text);
		return opened.ok ? 'none' : opened.problem;
	};

	it('gives back what was put in', () => {
		expect(open(seal(full))).toEqual({ ok: true, progress: full });
		expect(open(exportProgress(full))).toEqual({ ok: true, progress: full });
		expect(open(seal(NOTHING))).toEqual({ ok: true, progress: NOTHING });
	});

	it('keeps every kind of input', () => {
		const inputs: TimedInput[] = [
			{ at: 0, input: { kind: 'octets', host: 'desk', octets: 'QUIT\r\n' } },
			{ at: 5, input: { kind: 'answer', question: 'q', value: 'post' } },
			{ at: 5, input: { kind: 'answer', question: 'q', value: 1001 } },
			{ at: 6, input: { kind: 'answer', question: 'q', value: [1, 2] } }
		];
		const progress = withResult(NOTHING, result('knock', { inputs }), 5);
		expect(open(seal(progress))).toEqual({ ok: true, progress });
	});

	it.each([
		['', 'not-json'],
		['{', 'not-json'],
		['hello', 'not-json'],
		['null', 'wrong-kind'],
		['[]', 'wrong-kind'],
		['"text"', 'wrong-kind'],
		['{}', 'wrong-kind'],
		['{"kind":"other","version":1,"checksum":"","progress":{}}', 'wrong-kind'],
		[`{"kind":"${KIND}","checksum":"","progress":{}}`, 'wrong-kind'],
		[`{"kind":"${KIND}","version":"1","checksum":"","progress":{}}`, 'wrong-kind'],
		[`{"kind":"${KIND}","version":0,"checksum":"","progress":{}}`, 'wrong-kind'],
		[`{"kind":"${KIND}","version":1.5,"checksum":"","progress":{}}`, 'wrong-kind'],
		[`{"kind":"${KIND}","version":1,"checksum":7,"progress":{}}`, 'wrong-kind'],
		[`{"kind":"${KIND}","version":1,"checksum":"00000000","progress":{}}`, 'checksum'],
		[' '.repeat(TEXT_LIMIT + 1), 'too-large']
	] as const)('%.60s is refused: %s', (text, why) => {
		expect(problem(text)).toBe(why);
	});

	it('of a newer edition is told apart, whatever is in it', () => {
		const newer = JSON.stringify({
			kind: KIND,
			version: VERSION + 1,
			checksum: '?',
			progress: ['who', 'knows']
		});
		expect(open(newer)).toEqual({
			ok: false,
			problem: 'newer',
			say: `This was saved by a newer edition (format ${VERSION + 1}; this one reads up to ${VERSION}). Reload to get the new edition.`
		});
	});

	it('is refused with one character changed', () => {
		const text = seal(full);
		const places = [text.indexOf('"knock"') + 2, text.indexOf('true'), text.indexOf('"best":4') + 7];
		for (const at of places) {
			const changed = text.slice(0, at) + (text[at] === '4' ? '3' : 'x') + text.slice(at + 1);
			expect(['checksum', 'not-json'], changed).toContain(problem(changed));
		}
		expect(problem(text.slice(0, text.length / 2))).toBe('not-json');
	});

	const levels = (record: unknown) => ({ ...NOTHING, levels: { knock: record } });
	const good = full.levels['knock'];
	it.each([
		['no levels', { saved: 1, settings: {}, missed: {} }, 'levels'],
		['a time before 1970', { ...NOTHING, saved: -1 }, 'saved'],
		['a slug with a slash', { ...NOTHING, levels: { 'a/b': good } }, 'levels.a/b'],
		[
			'a slug that never ends',
			{ ...NOTHING, levels: { ['a'.repeat(41)]: good } },
			`levels.${'a'.repeat(41)}`
		],
		['a best of text', levels({ ...good, best: '4' }), 'levels.knock.best'],
		[
			'a stamp too many',
			levels({ ...good, stamps: { ...ALL_STAMPS, fourth: true } }),
			'levels.knock.stamps.fourth'
		],
		['a field too many', { ...NOTHING, extra: 1 }, 'extra'],
		[
			'an unknown input',
			levels({ ...good, inputs: [{ at: 0, input: { kind: 'hack', host: 'x' } }] }),
			'levels.knock.inputs.0.input.kind'
		],
		[
			'half a microsecond',
			levels({ ...good, inputs: [{ at: 0.5, input: run('x')[0]?.input }] }),
			'levels.knock.inputs.0.at'
		],
		[
			'a line that never ends',
			levels({ ...good, inputs: run('x'.repeat(RUN_LIMIT + 1)) }),
			'levels.knock.inputs.0.input.line'
		],
		['a setting that is a list', { ...NOTHING, settings: { lens: [] } }, 'settings.lens'],
		['no misses', { saved: 1, levels: {}, settings: {} }, 'missed'],
		['a miss of half', { ...NOTHING, missed: { ack: 0.5 } }, 'missed.ack'],
		['more misses than there can be', { ...NOTHING, missed: { ack: 10 } }, 'missed.ack'],
		['misses below none', { ...NOTHING, missed: { ack: -1 } }, 'missed.ack'],
		['a kind that is none', { ...NOTHING, missed: { luck: 1 } }, 'missed.luck']
	])('with %s is refused, and says where', (_what, progress, where) => {
		const opened = open(envelope(progress));
		expect(opened).toMatchObject({ ok: false, problem: 'shape' });
		expect(!opened.ok && opened.say).toContain(`at ${where}: `);
	});

	it('with too many levels or settings is refused', () => {
		const many = (n: number, value: unknown) =>
			Object.fromEntries(Array.from({ length: n }, (_, i) => [`n${i}`, value]));
		expect(problem(envelope({ ...NOTHING, levels: many(201, good) }))).toBe('shape');
		expect(problem(envelope({ ...NOTHING, settings: many(101, 1) }))).toBe('shape');
		expect(problem(envelope({ ...NOTHING, levels: many(200, good), settings: many(100, 1) }))).toBe('none');
	});

	it.each(['__proto__', 'constructor', 'prototype'])(
		'with a key %s anywhere is refused, and reaches nothing',
		(key) => {
			const record = JSON.stringify(good);
			for (const json of [
				`{"saved":1,"levels":{"${key}":${record}},"settings":{}}`,
				`{"saved":1,"levels":{},"settings":{"${key}":1}}`,
				`{"${key}":{"polluted":true},"saved":1,"levels":{},"settings":{}}`,
				`{"saved":1,"levels":{"knock":{"${key}":{"polluted":true}}},"settings":{}}`
			]) {
				const checksum = checksumOf(JSON.stringify(JSON.parse(json)));
				const opened = open(`{"kind":"${KIND}","version":1,"checksum":"${checksum}","progress":${json}}`);
				expect(opened).toMatchObject({ ok: false, problem: 'shape' });
				expect(!opened.ok && opened.say).toContain(key);
			}
			expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
		}
	);

	it('nested without end is refused and overflows nothing', () => {
		const deep = '['.repeat(200_000) + ']'.repeat(200_000);
		expect(['not-json', 'shape']).toContain(
			problem(`{"kind":"${KIND}","version":1,"checksum":"x","progress":${deep}}`)
		);
	});

	it('of an older edition is brought forward step by step, on a copy', () => {
		const old = envelope({ stars: { knock: 3 } }, { version: 1 });
		const seen: unknown[] = [];
		const steps = {
			1: (content: unknown) => {
				seen.push(content);
				if (typeof content === 'object' && content !== null) Reflect.set(content, 'touched', true);
				return { second: true };
			},
			2: (content: unknown) => {
				seen.push(content);
				return full;
			}
		};
		expect(open(old, steps, 3)).toEqual({ ok: true, progress: full });
		expect(seen).toEqual([{ stars: { knock: 3 }, touched: true }, { second: true }]);
		expect(JSON.parse(old).progress).toEqual({ stars: { knock: 3 } });
	});

	it('of the first edition, which kept no misses, is read', () => {
		const { saved, levels: reached, settings } = full;
		expect(open(envelope({ saved, levels: reached, settings }, { version: 1 }))).toEqual({
			ok: true,
			progress: { ...full, missed: {} }
		});
		for (const content of [null, 'text', [], { saved, levels: reached, settings, missed: { ack: 99 } }])
			expect(problem(envelope(content, { version: 1 })), JSON.stringify(content)).not.toBe('checksum');
	});

	it('of an older edition is refused where a step is missing or fails', () => {
		const old = envelope({ stars: {} }, { version: 1 });
		expect(open(old, {}, 2)).toMatchObject({
			ok: false,
			problem: 'shape',
			say: 'Nothing leads from format 1 to 2.'
		});
		const failing = {
			1: () => {
				throw new Error('no');
			}
		};
		expect(open(old, failing, 2)).toMatchObject({ ok: false, problem: 'shape' });
		expect(open(old, { 1: () => 'nonsense' }, 2)).toMatchObject({ ok: false, problem: 'shape' });
	});
});

describe('a file', () => {
	it('is merged with what is there', () => {
		const mine = withSetting(reached('knock'), 'lens', 4, 50);
		const theirs = withSetting(reached('knock', 'shake', 'papers'), 'lens', 1, 60);
		const imported = importProgress(exportProgress(theirs), mine, 100);
		expect(imported).toMatchObject({ ok: true, say: 'Read. 2 more solved.' });
		if (!imported.ok) throw new Error(imported.say);
		expect([...solvedSlugs(imported.progress)].sort()).toEqual(['knock', 'papers', 'shake']);
		// a file brings levels; the switches of this device stay
		expect(imported.progress.settings).toEqual({ lens: 4 });
		expect(imported.progress.saved).toBeGreaterThanOrEqual(100);
	});

	it('that brings nothing new says so', () => {
		const mine = reached('knock', 'shake');
		expect(importProgress(exportProgress(reached('knock')), mine, 5)).toMatchObject({
			ok: true,
			say: 'Read. You had all of it already.'
		});
	});

	it('that is refused changes nothing, and says why', () => {
		const mine = Object.freeze(reached('knock'));
		const before = structuredClone(mine);
		for (const text of ['', '{}', seal(mine).replace('"checksum":"', '"checksum":"0'), '{"kind":"x"}']) {
			const imported = importProgress(text, mine, 5);
			expect(imported.ok).toBe(false);
			expect(imported.say).toMatch(/\.$/);
		}
		expect(mine).toEqual(before);
	});
});

describe('the two slots', () => {
	it('are written in turn, so that the last but one save is always there', () => {
		const shelf = new FakeShelf();
		const written: string[] = [];
		const setItem = shelf.setItem.bind(shelf);
		shelf.setItem = (key, value) => {
			written.push(key);
			setItem(key, value);
		};
		let progress = NOTHING;
		for (const slug of ['knock', 'shake', 'papers', 'notyet']) {
			progress = withResult(progress, result(slug), progress.saved + 10);
			expect(writeSlots(shelf, progress)).toEqual({ progress, keeping: 'device', damaged: [] });
		}
		expect(written).toEqual([A, B, A, B]);
		shelf.items.delete(B);
		expect([...solvedSlugs(readSlots(shelf).progress)]).toEqual(['knock', 'shake', 'papers']);
	});

	it('hold nothing at first', () => {
		expect(readSlots(new FakeShelf())).toEqual({ progress: NOTHING, keeping: 'device', damaged: [] });
	});

	it('lose one save at most when one of them is damaged, and the damaged text is kept', () => {
		const shelf = new FakeShelf();
		writeSlots(shelf, reached('knock'));
		writeSlots(shelf, reached('knock', 'shake'));
		const torn = shelf.items.get(B)?.slice(0, 100) ?? '';
		shelf.items.set(B, torn);
		expect(readSlots(shelf)).toEqual({ progress: reached('knock'), keeping: 'device', damaged: [torn] });
		const after = writeSlots(shelf, reached('knock', 'shake', 'papers'));
		expect(after).toMatchObject({ keeping: 'device', damaged: [torn] });
		expect(shelf.items.get(ASIDE)).toBe(torn);
		expect(shelf.items.get(B)).toBe(seal(reached('knock', 'shake', 'papers')));
		expect(readSlots(shelf).damaged).toEqual([torn]);
	});

	it('never write over a damaged text that could not be put aside', () => {
		const shelf = new FakeShelf();
		shelf.items.set(A, 'torn a');
		shelf.items.set(B, seal(reached('knock')));
		shelf.items.set(ASIDE, 'torn before');
		expect(writeSlots(shelf, reached('shake'))).toMatchObject({ keeping: 'device' });
		expect(shelf.items.get(A)).toBe('torn a');
		expect(shelf.items.get(ASIDE)).toBe('torn before');
		expect([...solvedSlugs(readSlots(shelf).progress)].sort()).toEqual(['knock', 'shake']);
		expect([...readSlots(shelf).damaged].sort()).toEqual(['torn a', 'torn before']);
	});

	it('with both damaged and nowhere to put them, are left alone', () => {
		const shelf = new FakeShelf();
		shelf.items.set(A, 'torn a');
		shelf.items.set(B, 'torn b');
		shelf.refuses = (verb, key) => verb === 'set' && key === ASIDE;
		expect(writeSlots(shelf, reached('knock'))).toMatchObject({
			keeping: 'memory',
			progress: reached('knock')
		});
		expect([shelf.items.get(A), shelf.items.get(B)]).toEqual(['torn a', 'torn b']);
	});

	it('with both damaged, keep both texts and go on', () => {
		const shelf = new FakeShelf();
		shelf.items.set(A, 'torn a');
		shelf.items.set(B, 'torn b');
		writeSlots(shelf, reached('knock'));
		writeSlots(shelf, reached('shake'));
		expect([...solvedSlugs(readSlots(shelf).progress)].sort()).toEqual(['knock', 'shake']);
		expect([...readSlots(shelf).damaged].sort()).toEqual(['torn a', 'torn b']);
	});

	it('give damaged texts up when they are discarded, and only those', () => {
		const shelf = new FakeShelf();
		shelf.items.set(A, 'torn a');
		shelf.items.set(B, seal(reached('knock')));
		shelf.items.set(ASIDE, 'older');
		discardDamaged(shelf);
		expect(readSlots(shelf)).toEqual({ progress: reached('knock'), keeping: 'device', damaged: [] });
		expect([...shelf.items.keys()]).toEqual([B]);
		shelf.items.set(A, 'torn again');
		shelf.refuses = (verb) => verb === 'remove';
		discardDamaged(shelf);
		expect(readSlots(shelf).damaged).toEqual(['torn again']);
		discardDamaged(null);
	});

	it('of a newer edition are never touched, and what is known is still shown', () => {
		const shelf = new FakeShelf();
		const newer = seal(reached('knock')).replace(`"version":${VERSION}`, `"version":${VERSION + 1}`);
		shelf.items.set(A, newer);
		shelf.items.set(B, seal(reached('shake')));
		const items = new Map(shelf.items);
		expect(readSlots(shelf)).toEqual({ progress: reached('shake'), keeping: 'newer', damaged: [] });
		const after = writeSlots(shelf, reached('papers'));
		expect(after.keeping).toBe('newer');
		expect([...solvedSlugs(after.progress)].sort()).toEqual(['papers', 'shake']);
		discardDamaged(shelf);
		expect(shelf.items).toEqual(items);
	});
});

describe('a storage that refuses', () => {
	const refusing = (what: FakeShelf['refuses']) => {
		const shelf = new FakeShelf();
		shelf.refuses = what;
		return shelf;
	};

	it('altogether, or is not there, still lets the game go on and says that it forgets', () => {
		for (const shelf of [null, refusing(() => true)]) {
			expect(readSlots(shelf)).toEqual({ progress: NOTHING, keeping: 'memory', damaged: [] });
			const after = writeSlots(shelf, reached('knock'));
			expect(after).toMatchObject({ keeping: 'memory', progress: reached('knock') });
		}
	});

	it('when full, keeps what it had; with room again it keeps everything', () => {
		const shelf = new FakeShelf();
		writeSlots(shelf, reached('knock'));
		shelf.refuses = (verb) => verb === 'set';
		const full = writeSlots(shelf, reached('knock', 'shake'));
		expect(full).toMatchObject({ keeping: 'memory', progress: reached('knock', 'shake') });
		expect(readSlots(shelf).progress).toEqual(reached('knock'));
		shelf.refuses = () => false;
		expect(writeSlots(shelf, full.progress).keeping).toBe('device');
		expect(readSlots(shelf).progress).toEqual(reached('knock', 'shake'));
	});

	it('silently, by keeping nothing, is found out', () => {
		const shelf = new FakeShelf();
		shelf.setItem = () => {};
		expect(writeSlots(shelf, reached('knock')).keeping).toBe('memory');
	});

	it('at any single touch, never throws and never loses what is held', () => {
		for (let nth = 0; nth < 30; nth++) {
			const shelf = new FakeShelf();
			writeSlots(shelf, reached('knock'));
			writeSlots(shelf, reached('knock', 'shake'));
			let left = nth;
			shelf.refuses = () => left-- === 0;
			const after = writeSlots(shelf, reached('papers'));
			expect(solvedSlugs(after.progress).has('papers'), `touch ${nth}`).toBe(true);
			shelf.refuses = () => false;
			const again = writeSlots(shelf, after.progress);
			expect([...solvedSlugs(again.progress)].sort(), `touch ${nth}`).toEqual(['knock', 'papers', 'shake']);
		}
	});
});

describe('two tabs', () => {
	it('do not lose each other’s progress, though neither hears of the other', () => {
		const shelf = new FakeShelf();
		let [left, right] = [readSlots(shelf).progress, readSlots(shelf).progress];
		left = writeSlots(shelf, withResult(left, result('knock'), 10)).progress;
		right = writeSlots(shelf, withResult(right, result('shake'), 11)).progress;
		left = writeSlots(shelf, withResult(left, result('papers', { cost: 9 }), 12)).progress;
		right = writeSlots(shelf, withResult(right, result('papers', { cost: 4 }), 13)).progress;
		const { progress } = readSlots(shelf);
		expect([...solvedSlugs(progress)].sort()).toEqual(['knock', 'papers', 'shake']);
		expect(progress.levels['papers']?.best).toBe(4);
		expect(right).toEqual(progress);
		expect(merge(left, progress)).toEqual(progress);
	});
});
