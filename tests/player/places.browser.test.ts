// Where hosts have been put is kept for each level, and what is stored is trusted with nothing.
import { expect, test } from 'vitest';
import { Places, PLACES_KEY, readPlaces } from '#lib/player/places.svelte.ts';

function shelfOf(kept = new Map<string, string>()) {
	return {
		kept,
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, text: string) => void kept.set(key, text),
		removeItem: (key: string) => void kept.delete(key)
	};
}

test('what is stored is read place by place; what is none is left out', () => {
	const text = JSON.stringify({
		papers: { desk: { x: 0.25, y: 0.5, z: 9 }, post: { x: 2, y: 0 }, r1: { x: '1', y: 0 }, r2: null },
		knock: 'far',
		shake: { desk: [1, 2] }
	});
	expect([...readPlaces(text)]).toEqual([['papers', { desk: { x: 0.25, y: 0.5 } }]]);
	for (const none of [null, '', 'null', '[]', '7', 'no json']) expect(readPlaces(none).size).toBe(0);
});

test('a host stays where it was put, in its own level, until it is put back', () => {
	const shelf = shelfOf();
	const places = new Places('papers');
	places.open(shelf);
	places.move('desk', { x: 1.5, y: 0.33333333 });
	expect(shelf.kept.size).toBe(0);
	places.keep();
	const again = new Places('papers');
	again.open(shelf);
	expect([...again.moved]).toEqual([['desk', { x: 1, y: 0.3333 }]]);
	const other = new Places('knock');
	other.open(shelf);
	expect(other.moved.size).toBe(0);
	again.move('desk', null);
	again.keep();
	expect(shelf.kept.get(PLACES_KEY)).toBe('{}');
});

test('where nothing can be kept a host still stands where it was put', () => {
	const broken = () => {
		throw new Error('full');
	};
	const places = new Places('papers');
	places.open({ getItem: broken, setItem: broken, removeItem: broken });
	places.move('desk', { x: 0.5, y: 0.5 });
	places.keep();
	expect(places.moved.get('desk')).toEqual({ x: 0.5, y: 0.5 });
});
