/** Progress as text: whole or refused, of this edition, an older or a newer one; and as a file. */
import { describe, expect, it } from 'vitest';
import type { TimedInput } from '#lib/sim/event.ts';
import { NOTHING, RUN_LIMIT, solvedSlugs, withResult, withSetting } from '#lib/player/progress.ts';
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
import { ALL_STAMPS, run, result, reached } from './progress-made.ts';

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
