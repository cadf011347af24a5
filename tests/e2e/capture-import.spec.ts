// Captures from elsewhere: opened, judged, played; and files that are none.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const CAPTURES = 'tests/fixtures/captures';

async function open(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) {
	await page.goto('capture/');
	await page.getByLabel('Capture file').setInputFiles(file);
}

test('a session of poplib with Dovecot opens, is judged conforming, and plays', async ({ page }) => {
	await open(page, `${CAPTURES}/poplib.pcap`);
	const judgement = page.getByRole('region', { name: 'Judgement' });
	await expect(judgement).toContainText('Conforms to RFC 1939 as far as this capture shows.');
	await expect(judgement).toContainText('POP3, alice');
	const rows = page.getByRole('region', { name: 'Packets' }).locator('[data-packet]');
	await expect(rows.last()).toContainText('51');

	// a packet that is named is a way to it
	await judgement.getByRole('button', { name: 'Packet 1', exact: true }).click();
	await expect(page.getByRole('region', { name: 'Packet', exact: true })).toContainText('192.0.2.1');

	const timeline = page.getByRole('group', { name: 'Timeline' });
	await page.keyboard.press('Home');
	await timeline.getByRole('slider').press('Home');
	await expect(rows).toHaveCount(0);
	await timeline.getByRole('button', { name: 'Play' }).click();
	await expect(rows.first()).toBeVisible();
	await expect(page.getByRole('region', { name: 'Stage' })).toContainText('192.0.2.2');
	// nothing is made up of what a capture does not show
	await expect(page.getByRole('region', { name: 'Stage' })).not.toContainText('empty');
	await page.getByRole('tab', { name: 'Mailbox' }).click();
	await expect(page.getByRole('tabpanel')).toContainText('not what the server keeps');

	await page.getByRole('button', { name: 'Open another' }).click();
	await expect(page.getByLabel('Capture file')).toBeEnabled();
});

const CONFORMS = 'Conforms to RFC 9293 as far as this capture shows.';
for (const [name, packets, lasts, verdict] of [
	['curl-list', 21, '0.027 s', 'Conforms to RFC 1939'],
	['curl-retr1', 21, '0.014 s', 'Conforms to RFC 1939'],
	['curl-retr2-dots', 21, '0.013 s', 'Conforms to RFC 1939'],
	['curl-wrong-password', 17, '0.510 s', 'Conforms to RFC 1939'],
	['curl-refused-port', 2, '0.000 s', CONFORMS],
	['ping', 4, '0.203 s', 'No TCP conversation to judge.'],
	['poplib', 51, '0.018 s', 'Conforms to RFC 1939'],
	['udp-unreachable', 2, '0.000 s', 'No TCP conversation to judge.']
] as const)
	test(`${name}, of real programs, is judged and plays to its end, as long as it lasted`, async ({
		page
	}) => {
		await open(page, `${CAPTURES}/${name}.pcap`);
		const facts = page.getByRole('region', { name: 'Capture' });
		await expect(facts.getByRole('definition').nth(2)).toHaveText(lasts);
		await expect(page.getByRole('main')).toContainText(verdict);
		await expect(page.getByRole('main')).not.toContainText('deviate');
		const timeline = page.getByRole('group', { name: 'Timeline' });
		await timeline.getByRole('slider').press('Home');
		await timeline.getByRole('combobox', { name: 'Speed' }).selectOption('4×');
		await timeline.getByRole('button', { name: 'Play' }).click();
		await expect(timeline.getByRole('button', { name: 'Step on' })).toBeDisabled({ timeout: 40_000 });
		await expect(timeline.getByRole('slider')).toHaveAttribute('aria-valuetext', new RegExp(lasts));
		await expect(page.getByRole('grid', { name: 'Packets' })).toHaveAttribute(
			'aria-rowcount',
			`${packets + 1}`
		);
	});

test('Ctrl+S asks what becomes a file, a bookmark is said, and keys of missions are left alone', async ({
	page
}) => {
	await open(page, `${CAPTURES}/curl-list.pcap`);
	const facts = page.getByRole('region', { name: 'Capture' });
	await expect(page.getByRole('button', { name: 'Step back' })).toBeEnabled();
	await facts.focus();
	await page.keyboard.press('b');
	await expect(page.getByRole('status').filter({ hasText: 'Bookmarked.' })).toBeVisible();
	await page.keyboard.press('Control+s');
	const dialog = page.getByRole('dialog', { name: 'Export a capture' });
	await expect(dialog.getByRole('button', { name: 'Save the file' })).toBeEnabled();
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await page.getByRole('region', { name: 'Stage' }).focus();
	await page.keyboard.press('g');
	await expect(facts).toBeFocused();
});

test('what our own export writes of a wrong server is caught', async ({ page }) => {
	await page.goto('yard/');
	await page.getByLabel('Server').selectOption('list-all');
	const box = page.getByRole('textbox').first();
	for (const line of ['connect post 110', 'USER ada', 'PASS lovelace', 'LIST 2', 'QUIT']) {
		await box.fill(line);
		await box.press('Enter');
		await expect(page.getByRole('button', { name: 'Step on' })).toBeDisabled();
	}
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	const path = await (await download).path();
	await open(page, { name: 'yard.pcapng', mimeType: '', buffer: readFileSync(path) });
	const judgement = page.getByRole('region', { name: 'Judgement' });
	await expect(judgement).toContainText('with an argument the answer is one line, that number and its size.');
	await expect(judgement).toContainText('RFC 1939 §5');
	await judgement
		.getByRole('button', { name: /^Packet \d+$/ })
		.last()
		.click();
	await expect(page.getByRole('region', { name: 'Packet', exact: true })).toContainText('+OK 7 messages');
});

test('a torn file is shown as far as it goes; a foreign one is named', async ({ page }) => {
	const whole = readFileSync(`${CAPTURES}/poplib.pcap`);
	await open(page, { name: 'torn.pcap', mimeType: '', buffer: whole.subarray(0, 1500) });
	await expect(page.getByRole('alert').filter({ hasText: 'Not read to the end' })).toContainText(
		/At octet 1,\d+: the file ends inside a packet/
	);
	await expect(page.getByRole('region', { name: 'Packets' }).locator('[data-packet]').first()).toBeVisible();

	await open(page, { name: 'photo.png', mimeType: '', buffer: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') });
	await expect(page.getByRole('alert')).toContainText('Not a capture: the file begins with 89504e47');
});

test('dropped on the map, it opens', async ({ page }) => {
	await page.goto('map/');
	await expect(page.getByRole('link', { name: 'Open a capture' })).toBeVisible();
	const octets = [...readFileSync(`${CAPTURES}/curl-list.pcap`)];
	await page.evaluate((bytes) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([Uint8Array.from(bytes)], 'curl-list.pcap'));
		dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
	}, octets);
	await expect(page.getByRole('region', { name: 'Capture' })).toContainText('Not IPv4, so not shown: 2 ARP.');
	await expect(page.getByRole('region', { name: 'Judgement' })).toContainText('Conforms to RFC 1939');
});

const near = createRequire(import.meta.url);
const axe = readFileSync(
	createRequire(near.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
	'utf8'
);

for (const colorScheme of ['light', 'dark'] as const)
	test.describe(colorScheme, () => {
		test.use({ colorScheme });

		test('axe finds nothing', async ({ page }) => {
			const complaints = async () => {
				if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
				return page.evaluate(
					"axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)))"
				);
			};
			await page.goto('capture/');
			expect(await complaints()).toEqual([]);
			await open(page, `${CAPTURES}/poplib.pcap`);
			await expect(page.getByRole('region', { name: 'Judgement' })).toBeVisible();
			for (const size of [
				{ width: 1440, height: 900 },
				{ width: 834, height: 1112 },
				{ width: 390, height: 844 }
			]) {
				await page.setViewportSize(size);
				expect(await complaints(), `${size.width}`).toEqual([]);
			}
		});
	});

test('what is in its packets is found, in text and in octets', async ({ page }) => {
	await open(page, `${CAPTURES}/poplib.pcap`);
	await expect(page.getByRole('region', { name: 'Judgement' })).toBeVisible();
	const find = async (line: string) => {
		await page.keyboard.press('/');
		const dialog = page.getByRole('dialog', { name: 'Go to packet' });
		await dialog.getByRole('textbox').fill(line);
		await page.keyboard.press('Enter');
		await expect(dialog).toBeHidden();
	};
	const picked = page.getByRole('grid', { name: 'Packets' }).locator('[aria-selected=true][data-packet]');
	await page.getByRole('group', { name: 'Timeline' }).getByRole('slider').press('Home');
	await page.getByRole('region', { name: 'Capture' }).focus();
	await find('"user ALICE"');
	await expect(picked).toContainText('USER alice');
	await find('51 55 49 54 0d 0a');
	await expect(picked).toContainText('QUIT');
	await expect(page.getByRole('status').filter({ hasText: '51 55 49 54 0d 0a' })).toBeVisible();
	await page.getByRole('button', { name: 'End the search' }).click();
	await page.keyboard.press('/');
	await page.getByRole('dialog').getByRole('textbox').fill('"nowhere at all"');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert').filter({ hasText: 'is in no packet' })).toBeVisible();
});

test('a large file tells how far it is, and can be put away half way', async ({ page }) => {
	// a header, and the same packets again and again; put away as soon as the first of it is told
	const small = readFileSync(`${CAPTURES}/poplib.pcap`);
	const packets = small.subarray(24);
	const buffer = Buffer.concat([small.subarray(0, 24), ...Array.from({ length: 1200 }, () => packets)]);
	await page.goto('capture/');
	const seen = page.evaluate(
		() =>
			new Promise<number>((done) => {
				const observer = new MutationObserver(() => {
					const bar = document.querySelector('progress');
					if (!bar || bar.value === 0) return;
					observer.disconnect();
					const share = bar.value / bar.max;
					[...document.querySelectorAll('button')]
						.find(({ textContent }) => textContent === 'Cancel')
						?.click();
					done(share);
				});
				observer.observe(document.body, { subtree: true, childList: true, attributes: true });
			})
	);
	await page.getByLabel('Capture file').setInputFiles({ name: 'large.pcap', mimeType: '', buffer });
	const share = await seen;
	expect(share).toBeGreaterThan(0);
	expect(share).toBeLessThanOrEqual(1);
	await expect(page.getByLabel('Capture file')).toBeEnabled();
	await expect(page.getByRole('progressbar')).toHaveCount(0);
	await expect(page.getByRole('region', { name: 'Judgement' })).toHaveCount(0);
});
