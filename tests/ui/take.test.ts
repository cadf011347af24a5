import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Selection } from '#lib/player/selection.svelte.ts';
import type { Item } from '#lib/ui/take/item.ts';
import Take from '#lib/ui/take/Take.svelte';

const button = () => page.getByRole('button', { name: 'Stage: copy, save or print' });
const menu = () => page.getByRole('dialog', { name: 'Stage' });
const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
const item = (label: string): Item => ({ label, run: () => `${label}: done.` });
async function opened(items: () => Promise<readonly Item[]>): Promise<HTMLDialogElement> {
	await render(Take, { name: 'Stage', items });
	await button().click();
	await expect.element(menu()).toBeVisible();
	return menu().element() as HTMLDialogElement;
}

test('asked for again before the browser has told that the last one closed, the menu is there and stays', async () => {
	let asked = 0;
	const dialog = await opened(async () => [item(`Copy ${++asked}`)]);
	dialog.close();
	(button().element() as HTMLButtonElement).click();
	await expect.element(page.getByRole('button', { name: 'Copy 2' })).toBeVisible();
	await frame();
	await expect.element(menu()).toBeVisible();
	expect(document.querySelectorAll('dialog')).toHaveLength(1);
});

test('closed, it is gone, and the focus is back on its button', async () => {
	const dialog = await opened(async () => [item('Copy')]);
	dialog.close();
	await expect.poll(() => document.querySelector('dialog')).toBeNull();
	expect(document.activeElement).toBe(button().element());
});

test('what it offers may change while it is open: it stays open and keeps what it said', async () => {
	const selection = new Selection();
	selection.pick(1);
	const dialog = await opened(async () => [item(`Copy packet ${selection.packet}`)]);
	await page.getByRole('button', { name: 'Copy packet 1' }).click();
	await expect.element(page.getByText('Copy packet 1: done.')).toBeVisible();
	selection.pick(2);
	flushSync();
	await frame();
	expect(menu().element()).toBe(dialog);
	await expect.element(page.getByText('Copy packet 1: done.')).toBeVisible();
});
