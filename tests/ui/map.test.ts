// The map of the campaign: what is named, found, reached and kept.
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { CHAPTERS, PLANNED } from '#lib/levels/chapters.ts';
import { LEVELS } from '#lib/levels/index.ts';
import { Settings } from '#lib/player/settings.svelte.ts';
import MapPage from '#lib/ui/MapPage.svelte';
import { book } from './page.ts';

const SOLVED = {
	slug: 'knock',
	stamps: { delivered: true, lightBag: true, calledIt: false },
	cost: 1,
	shown: false,
	inputs: []
};
beforeEach(() => localStorage.clear());

describe('the map', () => {
	const open = async () => {
		const progress = book();
		const shown = await render(MapPage, {
			levels: LEVELS,
			book: progress,
			settings: new Settings(),
			notice: null,
			yard: '/yard/',
			capture: '/capture/',
			reference: (topic: string) => `/reference/${topic}/`,
			report: '/report/',
			teach: '/teach/',
			href: (slug: string) => `#${slug}`
		});
		return { progress, shown };
	};

	test('names every planned level, links those whose chapter is open', async () => {
		const { progress } = await open();
		await expect.element(page.getByText(`0 of ${PLANNED.length} solved`)).toBeVisible();
		for (const { name, concept } of PLANNED) {
			await expect.element(page.getByText(concept, { exact: true })).toBeVisible();
			expect(document.body.textContent).toContain(name);
		}
		const links = () => [...document.querySelectorAll('article a')].map((link) => link.getAttribute('href'));
		const first = LEVELS.filter(({ chapter }) => chapter === 1).map(({ slug }) => `#${slug}`);
		expect(links()).toEqual(first);
		progress.place(CHAPTERS.length);
		await expect.poll(links).toEqual(LEVELS.map(({ slug }) => `#${slug}`));
	});

	test('finds a level by what it teaches', async () => {
		await open();
		await userEvent.type(page.getByRole('searchbox'), 'ttl');
		await expect.element(page.getByText('TTL counts hops, and the checksum must follow.')).toBeVisible();
		await expect.element(page.getByText(`2 of ${PLANNED.length}`)).toBeVisible();
		await expect
			.element(page.getByRole('link', { name: 'Time to live' }))
			.toHaveAttribute('href', '/reference/ipv4/#ip.ttl');
		await userEvent.fill(page.getByRole('searchbox'), 'FIN-WAIT-2');
		await expect.element(page.getByText('Two goodbyes')).toBeVisible();
		await expect
			.element(page.getByRole('link', { name: 'FIN-WAIT-2' }))
			.toHaveAttribute('href', '/reference/tcp/#fin-wait-2');
		await userEvent.fill(page.getByRole('searchbox'), 'xyzzy');
		await expect.element(page.getByText(/No letter in the rack/)).toBeVisible();
	});

	test('shows what was reached, and refuses a damaged file without losing it', async () => {
		const { progress } = await open();
		progress.record(SOLVED);
		await expect.element(page.getByText('Best 1, par 1')).toBeVisible();
		// a level that somebody made in the yard is none of the campaign's
		progress.record({ ...SOLVED, slug: 'made-0123456789abc' });
		await expect.element(page.getByText(`1 of ${PLANNED.length} solved`)).toBeVisible();
		const text = progress.export();
		const field = page.getByLabelText('Read from a file');
		await userEvent.upload(field, new File([text.replace('"best": 1', '"best": 0')], 'p.json'));
		await expect.element(page.getByRole('alert')).toHaveTextContent(/damaged.*Nothing was changed/);
		await userEvent.upload(field, new File(['not json'], 'p.json'));
		await expect.element(page.getByRole('alert')).toHaveTextContent(/not JSON.*Nothing was changed/);
		expect(progress.level('knock').best).toBe(1);
		await userEvent.upload(field, new File([text], 'p.json'));
		await expect.element(page.getByText('Read. You had all of it already.')).toBeVisible();
	});
});
