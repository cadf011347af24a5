// What can be opened over a run, one after the other by keys alone, and axe at each: nothing here clicks, focuses or fills.
import type { Locator, Page } from '@playwright/test';
import { complaints } from './axe.ts';
import { tabTo, toPane, type } from './by-keys.ts';
import { expect, test } from './fixtures.ts';

test.use({ colorScheme: 'dark' });

/** axe finds nothing, once what comes in has come. */
async function sound(page: Page, state: string): Promise<void> {
	await expect.poll(() => complaints(page), { message: state }).toEqual([]);
}

test('list, inspector and stage', async ({ page }) => {
	test.slow();
	await page.goto('yard/');
	await type(page, 'connect post 110', 'USER ada');
	const { keyboard } = page;
	const press = async (goal: Locator, back = false) => {
		await tabTo(page, goal, back ? 'Shift+Tab' : 'Tab');
		await keyboard.press('Enter');
	};
	const packets = page.getByRole('region', { name: 'Packets' });

	// a filter that is wrong, said where it is; then what it could be
	await toPane(page, 'Packets');
	await press(packets.getByRole('button', { name: 'Filter by fields' }));
	const box = packets.getByRole('combobox', { name: 'Display filter' });
	await expect(box).toBeVisible();
	await tabTo(page, box);
	await keyboard.type('ip && tcp.flag.syn == 1');
	await expect(packets.locator('mark')).toHaveText('tcp.flag.syn');
	await sound(page, 'a filter that cannot be read');
	await keyboard.press('ControlOrMeta+A');
	await keyboard.type('tcp.fl');
	await expect(page.getByRole('listbox', { name: 'Fields' })).toBeVisible();
	await sound(page, 'completion');
	await keyboard.press('Escape');
	await press(packets.getByRole('button', { name: 'Clear the filter' }));
	await press(packets.getByRole('button', { name: 'Filter by fields' }), true);

	// a column more
	await press(packets.getByRole('button', { name: 'Columns' }));
	await tabTo(page, page.getByRole('checkbox', { name: 'Seconds since the start' }));
	await keyboard.press('Space');
	await expect(packets.getByRole('columnheader', { name: 'Seconds since the start' })).toBeVisible();
	await sound(page, 'columns');
	await keyboard.press('Escape');

	// found, in its text
	await keyboard.press('/');
	await expect(page.getByRole('dialog', { name: 'Go to packet' })).toBeVisible();
	await keyboard.type('"user"');
	await sound(page, 'find');
	await keyboard.press('Enter');
	await expect(packets.getByRole('group', { name: 'Search' })).toContainText('"user" in #');

	// kept, and held against the one before it
	await toPane(page, 'Inspector');
	const inspector = page.getByRole('region', { name: 'Packet', exact: true });
	await press(inspector.getByRole('button', { name: 'Pin', exact: true }));
	await toPane(page, 'Packets');
	await tabTo(page, packets.locator('[data-packet][tabindex="0"]'));
	await keyboard.press('ArrowUp');
	await keyboard.press('Enter');
	await toPane(page, 'Inspector');
	await press(inspector.getByRole('button', { name: 'Diff', exact: true }));
	await expect(inspector.getByRole('table')).toContainText('≠1');
	await sound(page, 'two packets held against each other');
	await press(inspector.getByRole('button', { name: 'Diff', exact: true }));

	// the checksum, worked through
	await tabTo(page, inspector.locator('[role="treeitem"][tabindex="0"]'));
	await keyboard.press('Home');
	const item = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
	for (let i = 0; i < 40 && !(await item()).startsWith('Header checksum'); i++) {
		const closed = await page.locator(':focus[aria-expanded="false"]').count();
		await keyboard.press(closed ? 'ArrowRight' : 'ArrowDown');
	}
	await keyboard.press('Enter');
	await press(inspector.getByRole('button', { name: 'Work it through' }));
	const walk = inspector.getByRole('group', { name: 'IPv4 checksum, word by word' });
	await expect(walk.getByRole('button', { name: 'Add next' })).toBeFocused();
	await keyboard.press('ArrowRight');
	await sound(page, 'a checksum worked through');
	await keyboard.press('Escape');
	expect(await item()).toMatch(/^Header checksum/);

	// laid open on the stage, down to the bits of a field; a host is moved
	await toPane(page, 'Stage');
	const stage = page.getByRole('region', { name: 'Stage' });
	await press(stage.getByRole('button', { name: /^Open #\d+ here/ }));
	await expect(page.locator('[role="treeitem"]:focus')).toBeVisible();
	await keyboard.press('ArrowRight');
	await keyboard.press('Enter');
	await sound(page, 'a packet laid open');
	await keyboard.press('Escape');
	await keyboard.press('Escape');
	await toPane(page, 'Stage');
	const desk = stage.locator('.host .picture').first();
	const { y } = (await desk.boundingBox())!;
	await press(stage.getByRole('button', { name: 'Move desk' }));
	for (let i = 0; i < 4; i++) await keyboard.press('ArrowDown');
	expect((await desk.boundingBox())!.y).toBeCloseTo(y + 32, 0);
	await keyboard.press('Delete');
	expect((await desk.boundingBox())!.y).toBeCloseTo(y, 0);
	await keyboard.press('Enter');
});

test('ladder, stream, two futures, and what is taken along', async ({ page }) => {
	test.slow();
	await page.goto('yard/');
	await type(page, 'connect post 110', 'USER ada', 'PASS lovelace');
	const { keyboard } = page;
	const press = async (goal: Locator, back = false) => {
		await tabTo(page, goal, back ? 'Shift+Tab' : 'Tab');
		await keyboard.press('Enter');
	};
	const views = page.getByRole('region', { name: 'Views' });
	await toPane(page, 'Views');
	await press(views.getByRole('button', { name: 'True to time' }));
	await press(views.getByRole('button', { name: 'Causes' }));
	await tabTo(page, views.locator('[role="tabpanel"] li [tabindex="0"]'));
	await keyboard.press('End');
	await keyboard.press('Enter');
	await expect(views.getByRole('group', { name: 'Causes' })).toContainText('#');
	await sound(page, 'the causes of a packet');

	await toPane(page, 'Packets');
	await tabTo(page, page.locator('[data-packet][tabindex="0"]').first());
	await keyboard.press('f');
	await expect(page.getByRole('grid', { name: 'Octets of the connection' })).toBeVisible();
	await sound(page, 'a connection followed');

	// another future from before PASS, and the two side by side
	await toPane(page, 'Stage');
	await keyboard.press(',');
	await keyboard.press('ArrowLeft');
	await toPane(page, 'Terminal');
	await keyboard.type('QUIT');
	await keyboard.press('Enter');
	await keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	await toPane(page, 'Timeline');
	await press(page.getByRole('button', { name: 'Compare' }));
	const runs = page.getByRole('group', { name: 'The two runs' });
	await expect(runs.getByRole('row').filter({ hasText: 'first difference' })).toContainText('QUIT');
	await sound(page, 'two futures side by side');
	await tabTo(page, page.getByRole('button', { name: 'Compare' }), 'Shift+Tab');
	await keyboard.press('Enter');
	await press(page.getByRole('button', { name: 'Jump' }));
	await sound(page, 'jumps');
	await keyboard.press('Escape');

	// the menu of a packet with a form, what a list can be taken along as, a capture
	await toPane(page, 'Packets');
	const packets = page.getByRole('region', { name: 'Packets' });
	await tabTo(page, packets.locator('[data-packet][tabindex="0"]'));
	await keyboard.press('m');
	const menu = page.getByRole('dialog', { name: /^Packet \d+/ });
	await press(menu.getByRole('button', { name: 'Back to where it left' }));
	await press(menu.getByRole('button', { name: 'Edit a field…' }));
	await sound(page, 'the menu of a packet');
	await keyboard.press('Escape');
	await press(packets.getByRole('button', { name: 'Packets: copy, save or print' }), true);
	await sound(page, 'what is taken along');
	await press(page.getByRole('dialog').getByRole('button', { name: 'Export a capture' }));
	const dialog = page.getByRole('dialog', { name: 'Export a capture' });
	await sound(page, 'a capture of a part');
	const download = page.waitForEvent('download');
	await press(dialog.getByRole('button', { name: 'Save the file' }));
	expect((await download).suggestedFilename()).toMatch(/\.pcapng$/);
});
