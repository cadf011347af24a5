// A row of the packet list keeps the focus while more come below it: keys are of that row, not of the newest.
import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Selection } from '#lib/player/selection.svelte.ts';
import { listOf, rowOf, rows } from './listed.ts';

beforeEach(() => localStorage.clear());

test.each(['{Enter}', '{ArrowDown}', '{ArrowUp}'])('%s picks the row that has the focus', async (key) => {
	const selection = new Selection();
	const { rerender } = await listOf(selection, rows.slice(0, 1));
	const row = rowOf(1).element();
	if (row instanceof HTMLElement) row.focus();
	await rerender({ rows });
	await expect.element(rowOf(13)).toBeInTheDocument();
	await expect.element(rowOf(1)).toHaveFocus();
	await userEvent.keyboard(key);
	expect(selection.packet).toBe(1);
});
