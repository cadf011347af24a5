// The report and the door of the morning round: what was reached, alone or with help, and what is said of keeping it.
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { PLANNED } from '#lib/levels/chapters.ts';
import { LEVELS } from '#lib/levels/index.ts';
import { progressCode } from '#lib/player/progress-code.ts';
import PracticePage from '#lib/ui/PracticePage.svelte';
import ReportPage from '#lib/ui/print/ReportPage.svelte';
import { book } from './page.ts';

beforeEach(() => localStorage.clear());

const result = (slug: string, shown: boolean) => ({
	slug,
	stamps: { delivered: !shown, lightBag: !shown, calledIt: false },
	cost: 2,
	shown,
	inputs: []
});

test('the report tells level by level what was done alone, with help and not yet', async () => {
	const progress = book();
	progress.record(result('knock', false));
	progress.record(result('shake', true));
	progress.record(result('made-0123456789abc', false));
	await render(ReportPage, { levels: LEVELS, book: progress, notice: 'It forgets.', map: '/map/' });
	const row = (name: RegExp) => page.getByRole('row', { name });
	await expect.element(row(/^1\.1 Knock on 110/)).toHaveTextContent(/2, par 1.*alone$|2, 1 command.*alone$/);
	await expect.element(row(/^1\.2 Three shakes/)).toHaveTextContent(/–, .*with help$/);
	await expect.element(row(/^2\.1 /)).toHaveTextContent(/not yet$/);
	for (const { number } of PLANNED)
		await expect.element(row(new RegExp(`^${number.replace('.', '\\.')} `))).toBeInTheDocument();
	const facts = page.getByRole('listitem');
	const wanted = [`2 of ${PLANNED.length} levels solved`, '1 of them only with help', '1 Delivered'];
	for (const [i, text] of [...wanted, '1 Light bag', '0 Called it'].entries())
		await expect.element(facts.nth(i)).toHaveTextContent(text);
	await expect.element(page.getByText('It forgets.')).toBeVisible();
	await expect.element(page.getByText(progressCode(progress.progress), { exact: true })).toBeVisible();
});

test('the morning round says when it is early, and where it will be forgotten', async () => {
	const shown = await render(PracticePage, {
		solved: 4,
		opens: 5,
		misses: book(),
		notice: 'This browser will forget.',
		map: '/map/',
		draw: () => 1
	});
	await expect
		.element(page.getByText(/^This is meant for after 5 solved levels; you have 4\./))
		.toBeVisible();
	await expect.element(page.getByText('This browser will forget.')).toBeVisible();
	await expect.element(page.getByRole('button', { name: 'Begin' })).toBeEnabled();
	await shown.rerender({ solved: 5, notice: null });
	await expect.element(page.getByText(/^This is meant/)).not.toBeInTheDocument();
	await expect.element(page.getByText('This browser will forget.')).not.toBeInTheDocument();
});
