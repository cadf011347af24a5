import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceLines } from '#lib/player/source.ts';
import { latin1ToOctets, octetsToLatin1 } from '#lib/mail/octets.ts';

const ENDS = { '': '', CRLF: '\r\n', CR: '\r', LF: '\n' };

test('lines and their ends joined are the stored octets again, and each knows where it starts', () => {
	const mean = fc.array(fc.constantFrom('\r', '\n', '.', 'a', '\0', 'ÿ', '\r\n'), { maxLength: 60 });
	fc.assert(
		fc.property(mean, (parts) => {
			const octets = latin1ToOctets(parts.join(''));
			let text = '';
			for (const line of sourceLines(octets)) {
				expect(line.from).toBe(text.length);
				text += line.text + ENDS[line.end];
			}
			expect(text).toBe(octetsToLatin1(octets));
		}),
		{ numRuns: 500 }
	);
});

test('a dot is stuffed where the wire has a new line, and after a lone LF it has none', () => {
	const lines = sourceLines(latin1ToOctets('.a\r\n.\r\nb.\n.c\r.d\r\n..'));
	expect(lines.map(({ text, stuffed }) => [text, stuffed])).toEqual([
		['.a', true],
		['.', true],
		['b.', false],
		['.c', false],
		['.d', false],
		['..', true]
	]);
});

test('a limit cuts the list and nothing else', () => {
	const octets = latin1ToOctets('a\r\nb\r\nc');
	expect(sourceLines(octets, 2).map(({ text }) => text)).toEqual(['a', 'b']);
	expect(sourceLines(octets, 3)).toEqual(sourceLines(octets));
	expect(sourceLines(new Uint8Array(0))).toEqual([]);
});
