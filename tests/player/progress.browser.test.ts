/** The rune class on a real `localStorage`: what it keeps, what other tabs tell it, and what it says when it cannot. */
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NO_RECORD, type Result } from '#lib/player/progress.ts';
import { ASIDE, SLOTS } from '#lib/player/progress-slots.ts';
import { ProgressBook } from '#lib/player/progress.svelte.ts';

const solved = (slug: string): Result => ({
	slug,
	stamps: { delivered: true, lightBag: true, calledIt: false },
	cost: 1,
	shown: false,
	inputs: [{ at: 0, input: { kind: 'type', host: 'desk', line: 'connect post 110' } }]
});
let stops: (() => void)[] = [];
function book(): ProgressBook {
	const opened = new ProgressBook();
	stops.push(opened.open());
	return opened;
}
/** What the browser tells every other tab. */
function tell(key: string | null): void {
	dispatchEvent(new StorageEvent('storage', { key }));
	flushSync();
}

beforeEach(() => localStorage.clear());
afterEach(() => {
	for (const stop of stops) stop();
	stops = [];
	vi.restoreAllMocks();
	localStorage.clear();
});

describe('a book of progress', () => {
	it('survives a reload', () => {
		const before = book();
		before.record(solved('knock'));
		before.set('lens', 3);
		const after = book();
		expect([...after.solved]).toEqual(['knock']);
		expect(after.level('knock')).toMatchObject({ best: 1, stamps: { lightBag: true } });
		expect(after.level('shake')).toBe(NO_RECORD);
		expect([after.setting('lens'), after.setting('none')]).toEqual([3, null]);
		expect([after.keeping, after.notice]).toEqual(['device', null]);
	});

	it('takes in what another tab reached, and nothing from other keys', () => {
		const [mine, other] = [book(), book()];
		other.record(solved('shake'));
		tell('something else');
		expect([...mine.solved]).toEqual([]);
		tell(SLOTS[0]);
		expect([...mine.solved]).toEqual(['shake']);
		mine.record(solved('knock'));
		tell(SLOTS[1]);
		expect([...other.solved].sort()).toEqual(['knock', 'shake']);
	});

	it('hears nothing any more once it is stopped', () => {
		const mine = book();
		for (const stop of stops) stop();
		book().record(solved('shake'));
		tell(SLOTS[0]);
		expect([...mine.solved]).toEqual([]);
	});

	it('works in memory where storage is forbidden, and says so', () => {
		vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
			throw new DOMException('denied', 'SecurityError');
		});
		const forgetful = book();
		expect(forgetful.notice).toBe('This browser will forget your progress. Save it to a file.');
		forgetful.record(solved('knock'));
		expect([...forgetful.solved]).toEqual(['knock']);
	});

	it('carries progress by a file, and refuses a bad one without harm', () => {
		const from = book();
		from.record(solved('knock'));
		const file = from.export();
		localStorage.clear();
		const to = book();
		to.record(solved('shake'));
		expect(to.import('rubbish')).toMatchObject({ ok: false, problem: 'not-json' });
		expect([...to.solved]).toEqual(['shake']);
		expect(to.import(file)).toMatchObject({ ok: true });
		expect([...book().solved].sort()).toEqual(['knock', 'shake']);
	});

	it('offers a damaged text until it is discarded', () => {
		localStorage.setItem(SLOTS[0], 'torn');
		const mine = book();
		expect(mine.damaged).toEqual(['torn']);
		mine.record(solved('knock'));
		mine.record(solved('shake'));
		expect(localStorage.getItem(ASIDE)).toBe('torn');
		expect(mine.damaged).toEqual(['torn']);
		mine.discardDamaged();
		expect(mine.damaged).toEqual([]);
		expect([...book().solved].sort()).toEqual(['knock', 'shake']);
	});

	it('leaves a newer edition’s progress alone, and says so', () => {
		const first = book();
		first.record(solved('knock'));
		const newer = localStorage.getItem(SLOTS[0])?.replace(/"version":\d+/, '"version":9') ?? '';
		localStorage.setItem(SLOTS[0], newer);
		const mine = book();
		expect(mine.keeping).toBe('newer');
		expect(mine.notice).toMatch(/^A newer edition/);
		mine.record(solved('shake'));
		expect([...mine.solved]).toEqual(['shake']);
		expect(localStorage.getItem(SLOTS[0])).toBe(newer);
		expect(localStorage.getItem(SLOTS[1])).toBeNull();
	});
});
