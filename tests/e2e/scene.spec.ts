// The yard's editor, files, links and level maker, by keyboard alone. Nothing here waits for time to pass.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const editor = (page: Page) => page.getByRole('dialog', { name: 'Edit the scene' });
const line = (page: Page) => page.getByRole('textbox', { name: 'Line to send from' });
const said = (page: Page) => page.getByRole('region', { name: 'Mission' });

async function open(page: Page): Promise<void> {
	await page.goto('yard/');
	await page.getByRole('button', { name: 'Edit the scene' }).press('Enter');
	await expect(editor(page)).toBeVisible();
}
/** Leaves the playing out. */
async function present(page: Page): Promise<void> {
	await expect(page.getByText(/under way/)).toBeVisible();
	await page.getByRole('button', { name: 'To the end' }).press('Enter');
	await expect(page.getByText(/under way/)).toHaveCount(0);
}
async function say(page: Page, text: string): Promise<void> {
	await line(page).fill(text);
	await line(page).press('Enter');
}

test('a NAT goes into the link, is set, undone, and played', async ({ page }) => {
	await open(page);
	const edit = editor(page);
	await edit.getByRole('button', { name: /^Link desk to post/ }).press('Enter');
	await edit.getByRole('button', { name: 'NAT', exact: true }).press('Enter');
	await expect(edit.getByRole('button', { name: /^desk, client, 192\.168\.1\.10/ })).toBeVisible();
	await expect(edit.getByRole('button', { name: /^nat, NAT, 203\.0\.113\.1/ })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	const name = edit.getByRole('textbox', { name: 'Name', exact: true });
	await name.fill('post');
	await name.press('Tab');
	await expect(edit.getByText('post is taken.')).toBeVisible();
	await name.fill('gate');
	await name.press('Tab');
	await expect(edit.getByRole('heading', { name: 'gate' })).toBeVisible();
	await edit.getByText('Routes and filter').press('Enter');
	const filter = edit.getByRole('textbox', { name: 'Filter' });
	await filter.fill('drop sctp');
	await filter.press('Tab');
	await expect(edit.getByText(/^Line 1: Of “sctp”/)).toBeVisible();
	await filter.fill('drop icmp type 3');
	await filter.press('Tab');
	await expect(edit.getByText(/^Line 1:/)).toHaveCount(0);
	await edit.getByRole('button', { name: /^Link desk to gate/ }).press('Enter');
	const mtu = edit.getByRole('textbox', { name: 'MTU' });
	await mtu.fill('20');
	await mtu.press('Tab');
	await expect(edit.getByText('From 68 to 65,535.')).toBeVisible();
	// the filter, then the name
	for (let n = 0; n < 2; n++) await edit.getByRole('button', { name: 'Undo' }).press('Enter');
	await expect(edit.getByRole('button', { name: /^nat, NAT/ })).toBeVisible();
	for (let n = 0; n < 2; n++) await edit.getByRole('button', { name: 'Redo' }).press('Enter');
	await edit.getByRole('button', { name: 'Play this scene' }).press('Enter');
	await expect(editor(page)).toBeHidden();
	await expect(said(page).getByText(/is on the stage\. A new run has begun\./)).toBeVisible();
	await page.getByRole('button', { name: 'Mail', exact: true }).press('Enter');
	await page.getByRole('button', { name: 'Sync' }).press('Enter');
	await present(page);
	await expect(page.getByText(/7 fetched/)).toBeVisible();
});

test('nodes are added, joined by key, removed; a scene that leads nowhere says so', async ({ page }) => {
	await open(page);
	const edit = editor(page);
	await edit.getByRole('button', { name: 'Router', exact: true }).press('Enter');
	await expect(edit.getByText('r1 is there. Join it to another node.')).toBeVisible();
	await edit.getByRole('button', { name: /^r1, router/ }).press('j');
	await edit.getByRole('button', { name: /^post, server.*: join to r1/ }).press('Enter');
	await expect(edit.getByText('r1 and post are joined.')).toBeVisible();
	await edit.getByRole('button', { name: /^Link desk to post/ }).press('Delete');
	await expect(edit.getByText('desk has no way to any server.')).toBeVisible();
	await edit.getByRole('button', { name: 'Go there' }).press('Enter');
	await expect(edit.getByRole('heading', { name: 'desk' })).toBeVisible();
	await edit.getByRole('button', { name: 'Join to…' }).press('Enter');
	await edit.getByRole('button', { name: /^r1, router/ }).press('Enter');
	await expect(edit.getByText('desk has no way')).toHaveCount(0);
	await edit.getByRole('button', { name: 'Remove' }).press('Enter');
	await expect(edit.getByRole('button', { name: /^Link desk to r1/ })).toHaveCount(0);
});

test('a fault has a span; the run before the new scene comes back', async ({ page }) => {
	await page.goto('yard/');
	await say(page, 'connect post 110');
	await expect(page.getByRole('group', { name: 'Terminal text' })).toContainText('+OK');
	await page.getByRole('button', { name: 'Edit the scene' }).press('Enter');
	const edit = editor(page);
	await edit.getByRole('button', { name: 'Add a fault' }).press('Enter');
	await edit.getByRole('combobox', { name: 'What happens' }).selectOption('cut');
	await edit.getByRole('textbox', { name: 'From' }).fill('0');
	await edit.getByRole('textbox', { name: 'From' }).press('Tab');
	await expect(edit.getByText('one input, can be brought back')).toBeVisible();
	await edit.getByRole('button', { name: 'Play this scene' }).press('Enter');
	await said(page).getByRole('button', { name: 'Back to the run before' }).press('Enter');
	await expect(page.getByRole('group', { name: 'Terminal text' })).toContainText('+OK');
});

test('a link brings the scene and the run to another page; damaged, newer and huge ones say what they are', async ({
	page,
	context
}) => {
	await page.goto('yard/');
	await page.getByLabel('Scene').selectOption('modem');
	await say(page, 'connect post 110');
	await expect(page.getByRole('group', { name: 'Terminal text' })).toContainText('+OK');
	await page.getByRole('button', { name: 'Keep and share' }).press('Enter');
	await page.getByRole('button', { name: 'Copy a link' }).press('Enter');
	const link = await page.getByRole('textbox', { name: 'The link' }).inputValue();
	expect(link).toContain('#yard=1.');
	const other = await context.newPage();
	await other.goto(link);
	await expect(said(other).getByText(/From the link: “1996 modem”/)).toBeVisible();
	await expect(other.getByRole('group', { name: 'Terminal text' })).toContainText('+OK');
	await expect(other).toHaveURL(/yard\/$/);
	// a link pasted into the address of a yard that is open, a bad one and a good one
	const paste = (fragment: string) => other.evaluate((hash) => void (location.hash = hash), fragment);
	await paste('#yard=2.AAAA');
	await expect(other.getByRole('alert').filter({ hasText: 'newer edition' })).toBeVisible();
	await expect(other.getByRole('group', { name: 'Terminal text' })).toContainText('+OK');
	await paste(link.slice(link.indexOf('#')));
	await expect(said(other).getByText(/From the link: .*the one before is kept\.$/)).toBeVisible();
	await expect(other).toHaveURL(/yard\/$/);
	for (const [fragment, words] of [
		[link.slice(link.indexOf('#'), -30), 'damaged'],
		['#yard=2.AAAA', 'newer edition'],
		[`#yard=1.${'A'.repeat(61_000)}`, 'longer than 60,000'],
		['#yard=1.PHNjcmlwdD4', 'damaged']
	] as const) {
		const bad = await context.newPage();
		await bad.goto(`yard/${fragment}`);
		await expect(bad.getByRole('alert').filter({ hasText: words })).toBeVisible();
		await expect(line(bad)).toBeEnabled();
		await bad.close();
	}
});

test('kept on the device, in a file, and read again; a file that is none changes nothing', async ({
	page
}) => {
	await page.goto('yard/');
	await page.getByLabel('Scene').selectOption('ring');
	await page.getByRole('button', { name: 'Keep and share' }).press('Enter');
	const sheet = page.getByRole('dialog', { name: 'Keep and share' });
	await sheet.getByRole('textbox', { name: 'Name' }).fill('My ring');
	await sheet.getByRole('button', { name: 'Keep it here' }).press('Enter');
	await expect(sheet.getByText('Kept as “My ring”.')).toBeVisible();
	const saving = page.waitForEvent('download');
	await sheet.getByRole('button', { name: 'Save to a file' }).press('Enter');
	const path = await (await saving).path();
	expect(readFileSync(path, 'utf8')).toContain('"kind":"scene"');
	await sheet
		.getByLabel('Read from a file')
		.setInputFiles({ name: 'x.json', mimeType: '', buffer: Buffer.from('{"kind":"scene","version":1}') });
	await expect(sheet.getByText(/Nothing was changed/)).toBeVisible();
	await sheet.getByRole('button', { name: 'Close' }).press('Enter');
	await page.getByLabel('Scene').selectOption('clean');
	await page.getByRole('button', { name: 'Keep and share' }).press('Enter');
	// a reload finds what the page says is on the stage, however soon it comes
	await page.evaluate(() => {
		new MutationObserver((_, observer) => {
			if (!document.body.textContent?.includes('From this device: “My ring”')) return;
			observer.disconnect();
			document.body.dataset['keptThen'] = localStorage.getItem('interactive-pop3.yard.last') ?? '';
		}).observe(document.body, { subtree: true, childList: true, characterData: true });
	});
	await sheet.getByRole('button', { name: 'Open My ring' }).press('Enter');
	await expect(said(page).getByText(/From this device: “My ring”/)).toBeVisible();
	await expect(page.locator('body')).toHaveAttribute('data-kept-then', /"name":"My ring"/);
	await page.reload();
	await expect(page.getByLabel('Scene')).toContainText('My ring');
});

test('a run becomes a level: ticked, proven, played, solved and stamped', async ({ page }) => {
	await page.goto('yard/');
	const text = page.getByRole('group', { name: 'Terminal text' });
	const replies = text.getByText(/^(\+OK|-ERR)/);
	for (const [i, typed] of ['connect post 110', 'USER ada', 'PASS lovelace'].entries()) {
		await say(page, typed);
		await expect(replies).toHaveCount(i + 1);
	}
	await page.getByRole('button', { name: 'Make a level' }).press('Enter');
	const maker = page.getByRole('dialog', { name: 'Make a level' });
	await maker.getByRole('combobox', { name: 'What is already done' }).selectOption('1');
	await maker.getByRole('checkbox', { name: 'The box of ada is locked' }).press('Space');
	await maker.getByRole('textbox', { name: 'Words of row 1' }).fill('Ada has her box');
	await maker.getByRole('textbox', { name: 'Title' }).fill('Papers again');
	await maker.getByRole('button', { name: 'Run the proof' }).press('Enter');
	const findings = maker.getByRole('list', { name: 'Findings' }).getByRole('listitem');
	await expect(findings).toHaveCount(4);
	for (const finding of await findings.all()) await expect(finding).toContainText('Yes.');
	const saving = page.waitForEvent('download');
	await maker.getByRole('button', { name: 'Export JSON' }).press('Enter');
	const file = await saving;
	expect(file.suggestedFilename()).toBe('papers-again.json');
	const json = readFileSync(await file.path());
	expect(json.toString()).toContain('"kind":"level"');
	// where the clipboard is closed to the page, the link stands there to be copied by hand
	await page.evaluate(() => {
		navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
	});
	await maker.getByRole('button', { name: 'Copy a link' }).press('Enter');
	const link = await maker.getByRole('textbox', { name: 'The link' }).inputValue();
	await maker.getByRole('button', { name: 'Play it' }).press('Enter');
	await expect(page.getByRole('heading', { name: 'Papers again' }).first()).toBeVisible();
	const goal = page.getByRole('list', { name: 'Goals' }).getByRole('listitem');
	await expect(goal).toContainText('Ada has her box, open');
	await say(page, 'USER ada');
	await expect(replies.last()).toBeVisible();
	await say(page, 'PASS lovelace');
	await expect(goal).toContainText('Ada has her box, met');
	await expect(page.getByRole('region', { name: 'Level solved' })).toBeVisible();
	// from a file and from a link it is the same level, played by whoever gets it; the map counts only its own
	await page.goto('map/');
	await expect(page.getByText('0 of 36 solved')).toBeVisible();
	await page.evaluate(() => localStorage.clear());
	for (const how of ['file', 'link']) {
		await page.goto(how === 'link' ? link : 'yard/');
		if (how === 'file') {
			await page.getByRole('button', { name: 'Keep and share' }).press('Enter');
			await page
				.getByLabel('Read from a file')
				.setInputFiles({ name: 'papers-again.json', mimeType: 'application/json', buffer: json });
		}
		await expect(said(page).getByText(`From the ${how}: “Papers again”`)).toBeVisible();
		await expect(goal).toContainText('Ada has her box, open');
		await expect(replies).toHaveCount(1);
	}
});
