import { expect, test } from 'vitest';
import { COLUMNS, readColumns } from '#lib/player/columns.svelte.ts';

test.each([null, 'null', '{', '"seq"', '7'])('%s is no choice', (stored) => {
	expect(readColumns(stored)).toBeNull();
});

test('what is stored is checked name by name and keeps the order of the table', () => {
	expect(readColumns('["ack","number","colour",3]')).toEqual(['number', 'ack']);
	expect(readColumns('[]')).toEqual([]);
	expect(readColumns(JSON.stringify(COLUMNS.map(({ id }) => id)))).toEqual(COLUMNS.map(({ id }) => id));
});
