import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { letters } from '#lib/mail/letters.ts';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { listing, sizeOf, stuff, stuffedDots, topOf, unstuffLine } from '#lib/pop3/multiline.ts';
import { octets } from './story.ts';

const text = (some: Uint8Array) => octetsToLatin1(some);
const stuffed = (some: string) => text(stuff(octets(some)));

/** What a client has in the end, read as RFC 1939 §3 says. */
function received(travelled: string): string {
	const lines = travelled.split('\r\n');
	const end = lines.indexOf('.');
	expect(end, 'the lone dot').toBe(lines.length - 2);
	return lines
		.slice(0, end)
		.map((line) => `${unstuffLine(line)}\r\n`)
		.join('');
}

describe('dot-stuffing', () => {
	test('doubles a dot that begins a line, and no other', () => {
		expect(stuffed('a.\r\n.b\r\n.\r\n..c\r\n')).toBe('a.\r\n..b\r\n..\r\n...c\r\n.\r\n');
		expect(stuffed('.first\r\n')).toBe('..first\r\n.\r\n');
		expect(stuffed('')).toBe('.\r\n');
		expect(stuffed('a\n.b\r\n')).toBe('a\n.b\r\n.\r\n');
		expect(stuffed('a\r.b\r\n')).toBe('a\r.b\r\n.\r\n');
	});

	test('ends a last line that has no CRLF, and counts it in the size', () => {
		expect(stuffed('a')).toBe('a\r\n.\r\n');
		expect(stuffed('a\r\n.')).toBe('a\r\n..\r\n.\r\n');
		expect(sizeOf(octets('a'))).toBe(3);
		expect(sizeOf(octets('a\r\n'))).toBe(3);
		expect(sizeOf(octets('a\n'))).toBe(4);
		expect(sizeOf(octets(''))).toBe(0);
	});

	test('three dots for the third letter, none for the others', () => {
		expect(Object.values(letters).map((letter) => stuffedDots(letter.octets))).toEqual([0, 0, 3, 0]);
	});

	test('is undone to exactly the octets that LIST promised', () => {
		const pieces = fc.array(fc.constantFrom('.', '\r\n', '\r', '\n', 'a', '\xff', '..\r\n.'), {
			maxLength: 40
		});
		fc.assert(
			fc.property(pieces, (some) => {
				const message = octets(some.join(''));
				const had = received(text(stuff(message)));
				expect(had.length).toBe(sizeOf(message));
				expect(had.startsWith(text(message))).toBe(true);
			})
		);
	});
});

describe('TOP', () => {
	const message = octets('A: 1\r\nB: 2\r\n\r\none\r\n\r\nthree\r\n');
	const top = (lines: number) => text(topOf(message, lines));

	test('is header, blank line and so many lines of the body', () => {
		expect(top(0)).toBe('A: 1\r\nB: 2\r\n\r\n');
		expect(top(1)).toBe('A: 1\r\nB: 2\r\n\r\none\r\n');
		expect(top(2)).toBe('A: 1\r\nB: 2\r\n\r\none\r\n\r\n');
		expect(top(3)).toBe(text(message));
	});

	test('is the whole message when there are no more lines', () => {
		expect(top(4)).toBe(text(message));
		expect(top(1e40)).toBe(text(message));
		expect(text(topOf(octets('no header end'), 0))).toBe('no header end');
		expect(text(topOf(octets(''), 5))).toBe('');
	});

	test('of a message that begins with the blank line', () => {
		expect(text(topOf(octets('\r\nbody\r\nmore\r\n'), 1))).toBe('\r\nbody\r\n');
	});
});

test('a listing ends with a dot alone even when it is empty', () => {
	expect(text(listing(['1 120', '2 200']))).toBe('1 120\r\n2 200\r\n.\r\n');
	expect(text(listing([]))).toBe('.\r\n');
});
