import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOfHtml } from '#lib/player/html-text.ts';

test.for([
	['<p>Dear Ada,</p><p>bye<br>now</p>', 'Dear Ada,\n\nbye\nnow'],
	['a &amp; b &lt;c&gt; &#65;&#x42; &nope; &#1114112;', 'a & b <c> AB &nope; �'],
	['x<script>alert(1)</script>y<STYLE>p{}</style>z', 'xyz'],
	['x<script>never closed', 'x'],
	['1 < 2 and a <', '1'],
	['', '']
] as const)('%j', ([html, text]) => {
	expect(textOfHtml(html)).toBe(text);
});

test('never throws, and keeps no tag of a letter made of tags', () => {
	const part = fc.constantFrom('<', '>', '<script', '</script>', '<b>', '&', '&#', 'x', '"', '\n', ' ');
	fc.assert(
		fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
			expect(textOfHtml(parts.join(''))).not.toMatch(/<(?:b|\/?script)>/);
		}),
		{ numRuns: 500 }
	);
});
