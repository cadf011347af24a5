/** Progress is never lost: not by a damaged text, a full or forbidden storage, a newer edition or a second tab. */
import { describe, expect, it } from 'vitest';
import { merge, NOTHING, solvedSlugs, withResult } from '#lib/player/progress.ts';
import { seal, VERSION } from '#lib/player/progress-text.ts';
import { ASIDE, discardDamaged, readSlots, SLOTS, writeSlots } from '#lib/player/progress-slots.ts';
import { result, reached, FakeShelf } from './progress-made.ts';

const [A, B] = SLOTS;

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

	it('is not given what could not be read again', () => {
		const shelf = new FakeShelf();
		writeSlots(shelf, reached('knock'));
		const unreadable = { ...reached('shake'), settings: { note: 'x'.repeat(201) } };
		for (let n = 0; n < 3; n++) expect(writeSlots(shelf, unreadable)).toMatchObject({ keeping: 'memory' });
		expect(readSlots(shelf)).toEqual({ progress: reached('knock'), keeping: 'device', damaged: [] });
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
