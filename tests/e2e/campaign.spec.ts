// Every level of the campaign is solved in the browser by keyboard alone: its own reference run, at par, with every
// prediction right the first time. What is done comes from the level; no step is written down here.
import { ALL_LEVELS } from '../levels/all.ts';
import { expect, test } from './fixtures.ts';
import { Keyboard } from './keyboard.ts';

// the doorman's arrows are aimed by keys in doorman.spec.ts
for (const level of ALL_LEVELS.filter(({ showMe }) => showMe.every(({ kind }) => kind !== 'wire')))
	test(`${level.number} ${level.slug} is solved by keyboard alone`, async ({ page }) => {
		// a sync of all the letters takes its time, even four times as fast
		test.setTimeout(120_000);
		await page.goto(`level/${level.slug}/?skip`);
		const person = new Keyboard(page, level);
		await person.solve();
		const { goals, finish } = person.view;
		for (const row of await goals.all()) await expect(row).toContainText(/, (met|kept so far)/);
		for (const stamp of ['Delivered', 'Light bag', 'Called it'])
			await expect(finish.getByRole('img', { name: `${stamp}: earned` })).toBeVisible();
	});
