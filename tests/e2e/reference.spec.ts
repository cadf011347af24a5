// The reference by keyboard: every place of the index stands on its page, what matters on a level links to it, and it is
// played in place: a command on a real server, a header with any field changed, a token over TCP's figure.
import { ENTRIES } from '#lib/ui/reference/entries.ts';
import { TOPICS } from '#lib/ui/reference/topics.ts';
import { expect, test } from './fixtures.ts';
import { LevelPage } from './level.ts';

for (const { slug } of TOPICS)
	test(`every place of the index stands once on the page ${slug}`, async ({ page }) => {
		await page.goto(`reference/${slug}/`);
		const ids = await page.locator('main [id]').evaluateAll((all) => all.map(({ id }) => id));
		const wanted = ENTRIES.filter(({ topic }) => topic === slug).map(({ anchor }) => anchor);
		expect(wanted.filter((anchor) => ids.filter((id) => id === anchor).length !== 1)).toEqual([]);
	});

test('a command is tried on a real server', async ({ page }) => {
	await page.goto('reference/pop3/#stat');
	await page
		.getByRole('row', { name: /^STAT/ })
		.getByRole('button', { name: /^Try it/ })
		.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'Try STAT' });
	const text = dialog.getByRole('group', { name: 'Terminal text' });
	await expect(text).toContainText(/You: STAT[\s\S]*\+OK \d+ \d+/);
	await expect(dialog.getByText('The server is in TRANSACTION.')).toBeVisible();
	const line = dialog.getByRole('textbox', { name: 'Line to send' });
	await line.fill('RETR 99');
	await line.press('Enter');
	await expect(text).toContainText(/-ERR/);
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
});

test('what the table of states says, the server says too', async ({ page }) => {
	await page.goto('reference/pop3/#states');
	const cell = (name: RegExp) => page.getByRole('button', { name });
	const tried = async (name: RegExp, told: RegExp) => {
		await cell(name).focus();
		await page.keyboard.press('Enter');
		const text = page.getByRole('dialog').getByRole('group', { name: 'Terminal text' });
		await expect(text).toContainText(told);
		await page.keyboard.press('Escape');
		await expect(cell(name)).toBeFocused();
	};
	await tried(/^refused *try RETR in AUTHORIZATION$/, /You: RETR[\s\S]*-ERR/);
	await tried(/^good *try RETR in TRANSACTION$/, /You: RETR[\s\S]*\+OK/);
	await tried(/^refused *try PASS in TRANSACTION$/, /PASS lovelace[\s\S]*You: PASS[\s\S]*-ERR/);
});

test('a field is changed: the checksum notices, and is put right', async ({ page }) => {
	await page.goto('reference/tcp/');
	await page.getByRole('button', { name: 'Change a header' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Nothing is wrong with this packet.')).toBeVisible();
	const field = page.getByRole('spinbutton', { name: 'Sequence number' });
	await field.fill('77');
	await field.press('Tab');
	await expect(page.getByText(/^Checksum: checksum is 0x[0-9a-f]{4}, should be/)).toBeVisible();
	await expect(page.getByRole('treeitem', { name: /^Sequence number, 77,/ })).toBeVisible();
	await page.getByRole('button', { name: 'Put the checksum right' }).press('Enter');
	await expect(page.getByText('Nothing is wrong with this packet.')).toBeVisible();
});

test('a token goes through TCP’s figure as the table has it', async ({ page }) => {
	await page.goto('reference/tcp/#states');
	await page.getByRole('button', { name: 'Move a token over the figure' }).press('Enter');
	const moves = page.getByRole('group', { name: /^What happens in/ });
	for (const [move, state] of [
		['active OPEN', 'SYN-SENT'],
		['rcv SYN,ACK', 'ESTABLISHED'],
		['CLOSE', 'FIN-WAIT-1'],
		['rcv ACK of FIN', 'FIN-WAIT-2'],
		['rcv FIN', 'TIME-WAIT']
	] as const) {
		await moves.getByRole('button', { name: move, exact: true }).press('Enter');
		await expect(page.getByRole('group', { name: `What happens in ${state}` })).toBeVisible();
	}
	await moves.getByRole('button', { name: 'From the start' }).press('Enter');
	await expect(page.getByRole('group', { name: 'What happens in CLOSED' })).toBeVisible();
});

test('a refusal, a field and a chart lead to their entries', async ({ page }) => {
	const level = new LevelPage(page);
	await level.open('papers');
	await level.say('STAT', /^-ERR/);
	await expect(level.coach.getByRole('link', { name: 'STAT in the reference' })).toHaveAttribute(
		'href',
		/reference\/pop3\/#stat$/
	);
	await page.getByRole('radio', { name: '4 Bits' }).check();
	await level.row(1).click();
	await level.field('Source port').click();
	await expect(level.inspector.getByRole('link', { name: /^Reference/ })).toHaveAttribute(
		'href',
		/reference\/tcp\/#tcp\.srcport$/
	);
	await page.getByRole('tab', { name: 'States' }).click();
	await page.getByRole('link', { name: 'Commands and states' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Commands and states' })).toBeInViewport();
});

test('on paper: black on white, tables as tables, and nothing to press', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await page.goto('reference/pop3/');
	// as wide as what is printed on A4
	await page.setViewportSize({ width: 695, height: 1000 });
	const row = page.locator('#user');
	await expect(page.getByRole('navigation')).toBeVisible();
	await expect(row).toHaveCSS('display', 'block');
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('navigation')).toBeHidden();
	await expect(row.getByRole('button')).toBeHidden();
	await expect(row).toHaveCSS('display', 'table-row');
	await expect(
		page
			.getByRole('table', { name: /^Every command in every state/ })
			.getByText('refused')
			.first()
	).toBeVisible();
	for (const [name, value] of [
		['color', 'rgb(0, 0, 0)'],
		['background-color', 'rgb(255, 255, 255)']
	] as const)
		await expect(page.locator('body')).toHaveCSS(name, value);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(wide).toBeLessThanOrEqual(695);
});
