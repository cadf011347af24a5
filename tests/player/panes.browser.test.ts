import { expect, test } from 'vitest';
import { bounded, Panes, PANES_KEY, readSizes, SPLITS } from '#lib/player/panes.svelte.ts';

test('what is stored is read size by size; what is none of ours is left out', () => {
	expect(readSizes('{"left":400,"stage":"big","right":1e9,"packets":-3,"other":5}')).toEqual({
		left: 400,
		right: SPLITS.right.most,
		packets: SPLITS.packets.least
	});
	for (const text of [null, '', 'null', '[]', '7', '{"left":null}', 'no json'])
		expect(readSizes(text)).toEqual({});
});

test('sizes keep to their bounds, in whole pixels', () => {
	expect(bounded('left', 300.6)).toBe(301);
	expect(bounded('left', 1)).toBe(SPLITS.left.least);
	expect(bounded('stage', 9999)).toBe(SPLITS.stage.most);
});

test('a size is kept on the device, and taken back', () => {
	const kept = new Map<string, string>();
	const shelf = {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, text: string) => void kept.set(key, text),
		removeItem: (key: string) => void kept.delete(key)
	};
	const panes = new Panes();
	panes.open(shelf);
	panes.set('left', 500);
	panes.set('stage', 300);
	const again = new Panes();
	again.open(shelf);
	expect(again.sizes).toEqual({ left: 500, stage: 300 });
	again.set('left', null);
	expect(JSON.parse(kept.get(PANES_KEY) ?? '')).toEqual({ stage: 300 });
});

test('where nothing can be kept the sizes still hold', () => {
	const broken = () => {
		throw new Error('full');
	};
	const panes = new Panes();
	panes.open({ getItem: broken, setItem: broken, removeItem: broken });
	panes.set('right', 444);
	expect(panes.sizes).toEqual({ right: 444 });
});
