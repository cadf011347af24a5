// Letters as a mail program reads them: the world's own, and those that somebody meant ill with.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { latin1ToOctets } from '#lib/mail/octets.ts';
import { LIMITS, readLetter } from '#lib/player/letter.ts';

const read = (...lines: string[]) => readLetter(latin1ToOctets(lines.join('\r\n')));

describe('the world’s letters', () => {
	test('header and text', async () => {
		const letter = await readLetter(letters.dots.octets);
		expect(letter.from).toBe('Grace <grace@far.example>');
		expect(letter.to).toBe('ada@post.example');
		expect(letter.subject).toBe('Dots');
		expect(letter.date).toMatch(/^1996-05-14T21:30/);
		expect(letter.text).toContain('\n.profile is a file,\n.\n...and so on.');
		expect(letter.warnings).toEqual([]);
	});

	test('an attachment by name, type and its own size', async () => {
		const { attachments } = await readLetter(letters.photo.octets);
		expect(attachments).toHaveLength(1);
		expect(attachments[0]).toMatchObject({ type: expect.stringMatching(/^image\//) });
		expect(attachments[0]?.octets).toBeGreaterThan(100);
		expect(attachments[0]?.octets).toBeLessThan(letters.photo.octets.length);
	});
});

describe('letters that mean ill', () => {
	test('nothing at all', async () => {
		const letter = await readLetter(new Uint8Array(0));
		expect(letter).toMatchObject({
			from: '',
			subject: '',
			text: '',
			html: null,
			attachments: [],
			warnings: []
		});
	});

	test('parts within parts without end', async () => {
		const depth = 400;
		const lines = Array.from({ length: depth }, (_, i) => [
			`Content-Type: multipart/mixed; boundary=b${i}`,
			'',
			`--b${i}`
		]).flat();
		const letter = await read(...lines, 'Content-Type: text/plain', '', 'at the bottom');
		expect(letter.warnings).toHaveLength(1);
		expect(letter.warnings[0]).toMatch(/could not be taken apart: .*nesting.*shown as it came/);
		expect(letter.text).toContain('at the bottom');
	});

	test('a line of ten million octets', async () => {
		const octets = new Uint8Array(10_000_000).fill(0x61);
		octets.set(latin1ToOctets('Subject: long\r\n\r\n'));
		const letter = await readLetter(octets);
		expect(letter.subject).toBe('long');
		expect(letter.text).toHaveLength(LIMITS.text);
		expect(letter.warnings).toEqual([
			expect.stringMatching(/^The text is long: the first 200000 of 99999\d\d/)
		]);
	});

	test('a header of a million octets', async () => {
		const letter = await read(`Subject: ${'x'.repeat(1_000_000)}`, '', 'body');
		expect(letter.warnings[0]).toMatch(/could not be taken apart: .*header/i);
		expect(letter.text).toHaveLength(LIMITS.text);
	});

	test('more octets than are taken apart', async () => {
		const letter = await readLetter(new Uint8Array(LIMITS.octets + 1).fill(0x62));
		expect(letter.warnings[0]).toMatch(/it has 33554433 octets/);
		expect(letter.text).toHaveLength(LIMITS.text);
	});

	test('a charset that nobody has heard of', async () => {
		const letter = await read('Content-Type: text/plain; charset=x-klingon', '', 'caf\xe9');
		expect(letter.text).toMatch(/^caf./);
	});

	test('control and direction characters in a name', async () => {
		const letter = await read(
			'From: =?utf-8?B?4oCuZXhlLmdwag==?= <a@b.example>',
			'Subject: a\0b\x1b[31m',
			'',
			''
		);
		expect(letter.from).toBe('exe.gpj <a@b.example>');
		expect(letter.subject).not.toMatch(/\p{Cc}/u);
	});

	test('a file name with a way in it stays text', async () => {
		const letter = await read(
			'Content-Type: application/x-sh; name="../../etc/passwd"',
			'Content-Disposition: attachment; filename="../../etc/passwd"',
			'',
			'x'
		);
		expect(letter.attachments).toHaveLength(1);
		expect(letter.attachments[0]?.name).toContain('passwd');
	});

	test('a thousand attachments', async () => {
		const part = ['--b', 'Content-Disposition: attachment; filename=a', '', 'x'];
		const parts = Array.from({ length: 1000 }, () => part).flat();
		const letter = await read('Content-Type: multipart/mixed; boundary=b', '', ...parts, '--b--');
		expect(letter.attachments).toHaveLength(LIMITS.attachments);
		expect(letter.warnings).toEqual(['It has 1000 attachments: the first 100 are listed.']);
	});

	test('octets by chance never throw', async () => {
		const line = fc.oneof(
			fc.constantFrom(
				'Content-Type: multipart/mixed; boundary=b',
				'Content-Transfer-Encoding: base64',
				'Content-Type: text/html; charset="',
				'--b',
				'--b--',
				'',
				'To: a:b,c;<d>,"',
				'Subject: =?utf-8?Q?=FF=?='
			),
			fc.string({ unit: 'binary', maxLength: 40 })
		);
		await fc.assert(
			fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
				const letter = await readLetter(new TextEncoder().encode(lines.join('\r\n')));
				expect(typeof letter.text).toBe('string');
			}),
			{ numRuns: 300 }
		);
	});
});
