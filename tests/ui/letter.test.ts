// A letter on the screen: text as text, HTML only cleaned and in a frame without rights.
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { latin1ToOctets } from '#lib/mail/octets.ts';
import Reading from '#lib/ui/mail/Reading.svelte';
import { cleanHtml } from '#lib/ui/mail/clean.ts';

const letter = (type: string, ...body: string[]) =>
	latin1ToOctets([`Subject: <b>Hello</b>`, `Content-Type: ${type}`, '', ...body].join('\r\n'));

test.for([
	['a script', '<p>hi<script>alert(1)</scr' + 'ipt></p>', '<p>hi</p>', ['1 script']],
	['a handler', '<img src="data:image/png;base64,AA==" onerror="alert(1)">', 'data:image/png', ['1 script']],
	['a form', '<form action="https://bad.example"><input name="p">go</form>', 'go', ['2 form fields']],
	[
		'remote pictures',
		'<img src="https://bad.example/x.png"><img src="//bad.example/y">',
		'<img',
		['2 remote pictures']
	],
	[
		'a picture with a script in it',
		'<img src="data:image/svg+xml,<svg onload=alert(1)>">',
		'<img',
		['1 remote picture']
	],
	['a link', '<a href="https://bad.example">win</a>', '<a>win</a>', ['1 link']],
	['a link to a script', '<a href="javascript:alert(1)">win</a>', '<a>win</a>', ['1 link']],
	['a style sheet', '<style>@import "https://bad.example"</style><p>x', '<p>x</p>', ['1 style']],
	['a frame', '<iframe src="https://bad.example"></iframe>x', 'x', ['1 frame']],
	[
		'a base and a refresh',
		'<base href="https://bad.example"><meta http-equiv="refresh" content="0">x',
		'x',
		['2 other things']
	],
	['a drawing with a script', '<svg><script>alert(1)</scr' + 'ipt></svg>x', 'x', ['1 other thing']]
] as const)('%s is taken out, and named', ([, html, kept, blocked]) => {
	const cleaned = cleanHtml(html);
	const text = String(cleaned.document);
	const body = text.slice(text.indexOf('<body>'));
	expect(body).toContain(kept);
	expect(body).not.toMatch(/bad\.example|alert|javascript|<script|<form|<style|<svg|<meta|<base|<iframe/);
	expect(cleaned.blocked).toEqual(blocked);
});

test('deep nesting is shown, and nesting without end is not', () => {
	expect(String(cleanHtml('<div>'.repeat(2000) + 'deep').document)).toContain('deep');
	const { document, blocked } = cleanHtml('<div>'.repeat(20_000) + 'deep');
	expect(String(document)).not.toContain('deep');
	expect(blocked).toEqual(['all of it, since it has more than 5000 tags']);
});

test('a letter of text shows markup as text and has no HTML to show', async () => {
	await render(Reading, { octets: letter('text/plain', '<b>not bold</b>') });
	await expect.element(page.getByRole('heading', { name: '<b>Hello</b>' })).toBeVisible();
	await expect.element(page.getByText('<b>not bold</b>')).toBeVisible();
	expect(page.getByRole('button', { name: 'HTML' }).elements()).toEqual([]);
});

test('a letter of HTML opens as text; its HTML stands in a frame without rights, and what was taken out is said', async () => {
	const shown = await render(Reading, {
		octets: letter(
			'text/html',
			'<p>Dear Ada</p><script>parent.bad = 1</scr' + 'ipt><img src="https://bad.example/x">'
		)
	});
	await expect.element(page.getByText('Dear Ada')).toBeVisible();
	await page.getByRole('button', { name: 'HTML' }).click();
	await expect.element(page.getByText('Taken out: 1 script, 1 remote picture.')).toBeVisible();
	const frame = shown.container.querySelector('iframe');
	expect(frame?.getAttribute('sandbox')).toBe('');
	expect(frame?.srcdoc).toContain("default-src 'none'");
	expect(frame?.contentDocument).toBeNull();
	expect('bad' in window).toBe(false);
});

test('the source shows each octet’s place, and the dots that the wire adds', async () => {
	await render(Reading, { octets: latin1ToOctets('Subject: x\r\n\r\n.one\r\ntwo\x07\n') });
	await page.getByRole('button', { name: 'Source' }).click();
	const lines = page.getByRole('list', { name: 'Stored octets' }).getByRole('listitem');
	await expect.element(lines.nth(2)).toHaveTextContent('14 ..oneCRLF');
	await expect.element(lines.nth(3)).toHaveTextContent('20 two␇LF');
});

test('a letter that cannot be taken apart is shown as it came, with the reason', async () => {
	const parts = Array.from(
		{ length: 60 },
		(_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`
	);
	await render(Reading, { octets: latin1ToOctets(parts.join('')), part: true });
	await expect.element(page.getByText(/could not be taken apart: .*nesting/)).toBeVisible();
	await expect.element(page.getByText('Only the header and the first lines were fetched.')).toBeVisible();
});
