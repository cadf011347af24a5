import { describe, expect, test } from 'vitest';
import { keepLast, lastDocument } from '#lib/player/yard/last.ts';
import {
	damagedScenes,
	discardDamagedScenes,
	dropScene,
	keepScene,
	keptScenes,
	LIST_KEY
} from '#lib/player/yard/shelf.ts';
import { LEVEL, RUN, SCENE } from './support.ts';

describe('kept on this device', () => {
	function shelf(limit = Infinity) {
		const map = new Map<string, string>();
		return {
			map,
			getItem: (key: string) => map.get(key) ?? null,
			setItem(key: string, text: string) {
				if (text.length > limit) throw new DOMException('full', 'QuotaExceededError');
				map.set(key, text);
			},
			removeItem: (key: string) => void map.delete(key)
		};
	}

	test('by name, the newest first, one of a name', async () => {
		const own = shelf();
		expect([keepScene(own, SCENE), keepScene(own, LEVEL), keepScene(own, RUN)]).toEqual([null, null, null]);
		expect(keptScenes(own).map(({ name }) => name)).toEqual(['Clean', 'Papers, please']);
		expect(dropScene(own, 'Clean')).toBeNull();
		expect(keptScenes(own)).toHaveLength(1);
		keepLast(own, RUN);
		expect(await lastDocument(own)).toEqual({ ok: true, value: RUN });
	});

	test('fifty of them, and then one goes before another comes', () => {
		const own = shelf();
		const named = (i: number) => ({ ...SCENE, scene: { ...SCENE.scene, name: `n${i}` } }) as const;
		for (let i = 0; i < 50; i++) expect(keepScene(own, named(i))).toBeNull();
		expect(keepScene(own, named(50))).toContain('50 scenes');
		expect(keepScene(own, named(7))).toBeNull();
		expect(dropScene(own, 'n3')).toBeNull();
		expect(keepScene(own, named(50))).toBeNull();
		expect(keptScenes(own)).toHaveLength(50);
	});

	test('full, blocked or damaged: it says so and goes on', async () => {
		expect(keepScene(shelf(10), SCENE)).toContain('full or blocked');
		expect(keepScene(null, SCENE)).toContain('full or blocked');
		expect(keptScenes(null)).toEqual([]);
		const own = shelf();
		own.map.set(LIST_KEY, '{"a":');
		expect(keptScenes(own)).toEqual([]);
		own.map.set(LIST_KEY, '[{"name":1},null,{"name":"x","text":"y"}]');
		expect(keptScenes(own)).toEqual([{ name: 'x', text: 'y' }]);
		expect(dropScene(null, 'x')).toContain('full or blocked');
		keepLast(shelf(10), SCENE);
		expect(await lastDocument(null)).toBeNull();
	});

	test('what was last on the stage and is of a newer edition or damaged is said once, and kept', async () => {
		const own = shelf();
		keepScene(own, SCENE);
		const newer = JSON.stringify(SCENE).replace('"version":1', '"version":2');
		own.map.set('interactive-pop3.yard.last', newer);
		expect(await lastDocument(own)).toEqual({
			ok: false,
			problem: expect.stringContaining('newer edition') as string
		});
		expect(await lastDocument(own)).toBeNull();
		keepLast(own, LEVEL);
		expect(keptScenes(own)).toEqual([
			{ name: 'Could not be opened', text: newer },
			expect.objectContaining({ name: 'Clean' })
		]);
		own.map.set('interactive-pop3.yard.last', 'nonsense');
		expect(await lastDocument(own)).toMatchObject({ ok: false });
		expect(await lastDocument(shelf(10))).toBeNull();
	});

	test('a damaged list is put aside before another is written, and offered until it is thrown away', () => {
		const own = shelf();
		const torn = '[{"name":"My ring","text":"{}"},{"name":"My li';
		own.map.set(LIST_KEY, torn);
		expect(damagedScenes(own)).toEqual([torn]);
		expect(keepScene(own, SCENE)).toBeNull();
		expect(keptScenes(own).map(({ name }) => name)).toEqual(['Clean']);
		expect(damagedScenes(own)).toEqual([torn]);
		// a second one has no place while the first is there: nothing is written over it
		own.map.set(LIST_KEY, 'torn again');
		expect([keepScene(own, LEVEL), dropScene(own, 'Clean')]).toEqual([
			expect.stringContaining('is damaged'),
			expect.stringContaining('is damaged')
		]);
		expect(damagedScenes(own)).toEqual([torn, 'torn again']);
		discardDamagedScenes(own);
		expect(damagedScenes(own)).toEqual([]);
		expect(keepScene(own, LEVEL)).toBeNull();
	});

	test('of a list of which a part is damaged the rest is there, and no name is there twice', () => {
		const own = shelf();
		const half = '[{"name":"a","text":"1"},7,{"name":"a","text":"2"},{"name":"b","text":"3"}]';
		own.map.set(LIST_KEY, half);
		expect(keptScenes(own)).toEqual([
			{ name: 'a', text: '1' },
			{ name: 'b', text: '3' }
		]);
		discardDamagedScenes(own);
		expect(damagedScenes(own)).toEqual([]);
		expect(keptScenes(own).map(({ name }) => name)).toEqual(['a', 'b']);
	});

	test('a storage that fails at any single touch never loses what was kept', () => {
		for (let nth = 0; nth < 8; nth++) {
			const own = shelf();
			keepScene(own, SCENE);
			let left = nth;
			const failing =
				<A extends unknown[], R>(touch: (...given: A) => R) =>
				(...given: A): R => {
					if (left-- === 0) throw new DOMException('full', 'QuotaExceededError');
					return touch(...given);
				};
			const bad = {
				getItem: failing(own.getItem),
				setItem: failing(own.setItem),
				removeItem: failing(own.removeItem)
			};
			const said = keepScene(bad, LEVEL);
			const names = keptScenes(own).map(({ name }) => name);
			expect(names, `touch ${nth}`).toContain('Clean');
			if (said === null) expect(names, `touch ${nth}`).toContain('Papers, please');
		}
	});
});
