// All of what there is to see, by keyboard alone: nothing here clicks, focuses or fills; keys are pressed where the focus
// is, and Tab and F6 bring it there.
import { paneOf, tabTo, toPane, type } from './by-keys.ts';
import { expect, test } from './fixtures.ts';

test('the packet list, its filter, the menu of a packet, and the inspector', async ({ page }) => {
	await page.goto('yard/');
	await type(page, 'connect post 110', 'USER ada');
	const { keyboard } = page;
	const packets = page.getByRole('region', { name: 'Packets' });
	const rows = packets.locator('[data-packet]');

	await toPane(page, 'Packets');
	await tabTo(page, packets.getByRole('button', { name: 'Filter by fields' }));
	await keyboard.press('Enter');
	const box = packets.getByRole('combobox', { name: 'Display filter' });
	await expect(box).toBeVisible();
	await tabTo(page, box);
	await keyboard.type('tcp.flags.syn == 1');
	await keyboard.press('Enter');
	await expect(rows).toHaveCount(2);
	await tabTo(page, packets.getByRole('button', { name: 'Clear the filter' }));
	await keyboard.press('Enter');
	await expect(rows).not.toHaveCount(2);

	const first = packets.locator('[data-packet][tabindex="0"]');
	await tabTo(page, first);
	await keyboard.press('Home');
	await keyboard.press('ArrowDown');
	await keyboard.press('Enter');
	await expect(packets.locator('[data-packet="2"]')).toHaveAttribute('aria-selected', 'true');
	await keyboard.press('m');
	const menu = page.getByRole('dialog', { name: /^Packet 2, post to desk/ });
	await expect(menu).toBeVisible();
	await keyboard.press('Escape');
	await expect(menu).toBeHidden();

	await toPane(page, 'Inspector');
	const inspector = page.getByRole('region', { name: 'Packet', exact: true });
	await tabTo(page, inspector.locator('[role="treeitem"][tabindex="0"]'));
	const item = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
	const before = await item();
	await keyboard.press('ArrowDown');
	expect(await item()).not.toBe(before);
	const views = inspector.getByRole('tablist', { name: 'View of the packet' }).locator('[tabindex="0"]');
	await tabTo(page, views, 'Shift+Tab');
	await keyboard.press('ArrowLeft');
	await expect(inspector.getByRole('grid', { name: 'Bits of packet 2' })).toBeVisible();
	await tabTo(page, inspector.locator('[role="gridcell"] [tabindex="0"], [role="gridcell"][tabindex="0"]'));
	const cell = await item();
	await keyboard.press('ArrowRight');
	expect(await item()).not.toBe(cell);
});

test('a splitter, a pane alone, the ladder, the charts and the timeline', async ({ page }) => {
	await page.goto('yard/');
	await type(page, 'connect post 110', 'USER ada', 'PASS lovelace');
	const { keyboard } = page;
	const width = async () => (await page.locator('main > .at-left').boundingBox())?.width ?? 0;
	const drawn = await width();
	await tabTo(page, page.getByRole('separator', { name: 'Width of the left column' }));
	await keyboard.press('ArrowRight');
	expect(await width()).toBe(drawn + 16);
	await keyboard.press('Enter');
	expect(await width()).toBe(drawn);

	await toPane(page, 'Stage');
	await keyboard.press('Shift+Enter');
	await expect(page.getByRole('region', { name: 'Packets' })).toBeHidden();
	await keyboard.press('Escape');
	await expect(page.getByRole('region', { name: 'Packets' })).toBeVisible();

	// the ladder: a packet chosen on it is chosen everywhere
	await toPane(page, 'Stage');
	await keyboard.press('l');
	const views = page.getByRole('region', { name: 'Views' });
	await tabTo(
		page,
		views.locator('[role="tabpanel"] [tabindex="0"][data-packet], [role="tabpanel"] li [tabindex="0"]')
	);
	await keyboard.press('Enter');
	await expect(page.getByRole('grid', { name: 'Packets' }).locator('[aria-selected="true"]')).toHaveCount(1);

	// the charts: moved, enlarged and asked
	await toPane(page, 'Stage');
	await keyboard.press('s');
	const picture = views.getByRole('group', { name: 'POP3 server at post, drawn' });
	await tabTo(page, picture);
	const drawing = async () => (await picture.locator('svg').boundingBox())?.width ?? 0;
	const natural = await drawing();
	await keyboard.press('+');
	expect(await drawing()).toBeGreaterThan(natural);
	await keyboard.press('0');
	expect(await drawing()).toBe(natural);
	const edges = picture.getByRole('list', { name: 'Transitions' });
	await tabTo(page, edges.locator('[tabindex="0"]'));
	await keyboard.press('Home');
	const edge = () => page.evaluate(() => document.activeElement?.textContent ?? '');
	for (let i = 0; i < 30 && !(await edge()).includes('Taken last'); i++) await keyboard.press('ArrowDown');
	await keyboard.press('Enter');
	const words = views.getByRole('region', { name: 'POP3 at post, in words' });
	await expect(words).toContainText('Taken in this run');
	await tabTo(page, words.getByRole('button', { name: /^packet \d+$/ }).first());
	await keyboard.press('Enter');
	await tabTo(page, views.getByRole('button', { name: 'Order of commands' }), 'Shift+Tab');
	await keyboard.press('Enter');
	await expect(views.getByRole('region', { name: 'Order of commands at desk, in words' })).toContainText(
		'Your way'
	);

	await toPane(page, 'Timeline');
	const slider = page.getByRole('group', { name: 'Timeline' }).getByRole('slider');
	await tabTo(page, slider);
	await keyboard.press('Home');
	await expect(page.getByRole('region', { name: 'Packets' }).locator('[data-packet]')).toHaveCount(0);
	await keyboard.press('End');
	await expect(page.getByRole('region', { name: 'Packets' }).locator('[data-packet]').first()).toBeVisible();
});

test('a capture is opened, judged and gone through', async ({ page }) => {
	await page.goto('capture/');
	const chosen = page.waitForEvent('filechooser');
	await tabTo(page, page.getByLabel('Capture file'));
	await page.keyboard.press('Enter');
	await (await chosen).setFiles('tests/fixtures/captures/poplib.pcap');
	const judgement = page.getByRole('region', { name: 'Judgement' });
	await expect(judgement).toContainText('Conforms to RFC 1939');
	await tabTo(page, judgement.getByRole('button', { name: 'Packet 1', exact: true }).first());
	await page.keyboard.press('Enter');
	await expect(page.getByRole('region', { name: 'Packet', exact: true })).toContainText('192.0.2.1');
	await toPane(page, 'Packets');
	await toPane(page, 'Timeline');
	await page.keyboard.press('Shift+F6');
	expect(await paneOf(page)).toBe('Views');
});
