import { describe, expect, test } from 'vitest';
import { base64Lines } from '#lib/mail/base64.ts';
import { letter, letters } from '#lib/mail/letters.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { harbour } from '#lib/mail/photo.ts';

const all = Object.entries(letters).map(([name, { uid, octets }]) => ({
	name,
	uid,
	octets,
	text: octetsToLatin1(octets)
}));

describe('the letters', () => {
	test('have the sizes and unique-ids of the campaign', () => {
		expect(all.map(({ name, uid, octets }) => [name, uid, octets.length])).toEqual([
			['welcome', 'u-welcome-1', 198],
			['won', 'u-won-2', 150],
			['dots', 'u-dots-3', 242],
			['photo', 'u-photo-4', 6452]
		]);
	});

	test.each(all)('$name is an RFC 5322 message', ({ text }) => {
		const head = text.slice(0, text.indexOf('\r\n\r\n'));
		const fields = head.split('\r\n').map((line) => /^([A-Za-z-]+): \S.*$/.exec(line)?.[1]);
		expect(fields).not.toContain(undefined);
		expect(fields).toEqual(expect.arrayContaining(['From', 'To', 'Subject', 'Date'])); // §3.6: From and Date
		expect(new Set(fields).size).toBe(fields.length);
		expect(text.endsWith('\r\n')).toBe(true);
		expect(text.replaceAll('\r\n', '')).toMatch(/^[ -~]*$/);
		for (const line of text.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78); // §2.1.1
	});

	test.each(all)('$name carries the right day of the week', ({ text }) => {
		const [, day, date] = /^Date: (\w{3}), (.*)$/m.exec(text) ?? [];
		expect(new Date(`${date}`).toUTCString().slice(0, 3)).toBe(day);
	});

	test('dots has three lines that begin with a dot, one of them a dot alone', () => {
		const starting = octetsToLatin1(letters.dots.octets)
			.split('\r\n')
			.filter((line) => line.startsWith('.'));
		expect(starting).toHaveLength(3);
		expect(starting.filter((line) => line === '.')).toHaveLength(1);
		for (const { name, text } of all) {
			if (name !== 'dots') expect(`\r\n${text}`).not.toContain('\r\n.');
		}
	});

	test('the photo is a MIME message whose part decodes to the bitmap', () => {
		const text = octetsToLatin1(letters.photo.octets);
		const boundary = /boundary=(\S+)/.exec(text)?.[1] ?? '';
		const parts = text.split(`--${boundary}`);
		expect(parts).toHaveLength(4);
		expect(parts.at(-1)).toBe('--\r\n');
		const body = parts[2]?.slice(parts[2].indexOf('\r\n\r\n') + 4) ?? '';
		const decoded = Buffer.from(body, 'base64');
		expect(decoded.equals(harbour())).toBe(true);
		expect(decoded.subarray(0, 2).toString()).toBe('BM');
		expect(decoded.readUInt32LE(2)).toBe(decoded.length);
		expect(decoded.readUInt32LE(10) + decoded.readUInt32LE(18) * 3 * decoded.readUInt32LE(22)).toBe(
			decoded.length
		);
	});

	test('are found by name, and nothing else is', () => {
		expect(letter('dots')).toBe(letters.dots);
		expect(() => letter('toString')).toThrow('no letter is called "toString"');
	});
});

test('base64 agrees with the platform at every length', () => {
	for (let length = 0; length < 130; length++) {
		const octets = Uint8Array.from({ length }, (_, i) => (i * 89 + length) & 0xff);
		const lines = base64Lines(octets);
		expect(lines.join('')).toBe(Buffer.from(octets).toString('base64'));
		expect(lines.every((line, i) => line.length === 76 || i === lines.length - 1)).toBe(true);
	}
});
