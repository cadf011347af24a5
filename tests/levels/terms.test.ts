/**
 * No term is used before it is shown: each has a level where it is explained or stands on the screen for the first time,
 * and the words that do so; no earlier level says it.
 */
import { describe, expect, it } from 'vitest';
import { ALL_LEVELS } from './all.ts';
import { play } from './play.ts';
import { saidBy } from './said.ts';

const said = new Map(
	ALL_LEVELS.map((level) => [
		level.slug,
		saidBy(level, play(level, level.showMe).log).map(({ text }) => text)
	])
);
const slugs = [...said.keys()];
const textsOf = (slug: string): readonly string[] => said.get(slug) ?? [];

/** Where a term is first said, and what in that level's own texts tells what it is. */
const GLOSSARY: readonly (readonly [term: RegExp, slug: string, told: string])[] = [
	[/\bports?\b/i, 'shake', 'numbered doors, called ports'],
	[/\backnowledgement\b/, 'shake', 'ACK means “I expect this number next”'],
	[/\bsequence number\b/, 'shake', 'The SYN counts as one'],
	[/\bflags\b/, 'shake', 'the packet with the flags SA (SYN,ACK)'],
	[/\bmaildrop\b/, 'papers', 'the maildrop is locked'],
	[/\bsession\b/, 'papers', 'for this session alone until you leave'],
	[/\btranscripts?\b/, 'doorman', 'Run the six transcripts'],
	[/\bexpunges?\b/, 'doorman', 'DELE removes at once'],
	[/\boctets?\b/, 'count', 'An octet is a byte, eight bits'],
	[/\bbytes?\b/, 'count', 'An octet is a byte'],
	[/\bstream\b/, 'lonedot', 'TCP carries a stream and may cut it anywhere'],
	[/\bstatus line\b/, 'stuffed', 'the first line (+OK, the status line)'],
	[/\bstuffed\b/, 'stuffed', 'each travels with one more'],
	[/\bsync\b/i, 'stuffed', 'Press Sync, and see what the old rule brings home'],
	[/\bheaders?\b/, 'top', 'The sender stands in the header, at the top of each letter'],
	[/\bbody\b/, 'top', 'how many lines of its body'],
	[/\bunique-id\b/, 'names', 'the same letter, the same unique-id'],
	[/\bidle\b/, 'lock', 'a cut cable says nothing'],
	[/\brouters?\b/, 'postcards', 'sits at the first router and keeps a copy of all that passes'],
	[/\blinks?\b/, 'postcards', 'desk gives it to r1, r1 to r2, r2 to post. Three links'],
	[/\bhash(?:ed)?\b/, 'secret', 'into a digest, which nobody can turn back'],
	[/\bdigest\b/, 'secret', 'into a digest, which nobody can turn back'],
	[/\bstamps?\b/, 'secret', 'something in angle brackets']
];

/**
 * Words in capitals that a level may say besides what it or an earlier one teaches: what stands on the screen, and what the
 * sentence around it explains.
 */
const IN_PLACE: Readonly<Record<string, readonly string[]>> = {
	knock: ['POP'],
	// a way back that says what it is for; the flags as the packet list writes them
	shake: ['QUIT', 'SA'],
	papers: ['QUIT', 'TRANSACTION'],
	// the cards to be sorted, and the third state of the chart
	notyet: ['RETR', 'DELE', 'NOOP', 'UPDATE'],
	// arrows of the chart that is mended
	doorman: ['DELE', 'UPDATE'],
	// "Take it back: RSET"
	count: ['RSET'],
	lonedot: ['TCP', 'RSET'],
	top: ['RSET', 'CAPA'],
	two: ['IMAP'],
	secret: ['MD', 'RFC']
};

describe.each(GLOSSARY)('%s', (term, slug, told) => {
	it(`is first said in ${slug}, which tells what it is`, () => {
		expect(slugs.find((one) => textsOf(one).some((text) => term.test(text)))).toBe(slug);
		expect(textsOf(slug).some((text) => text.includes(told))).toBe(true);
	});
});

describe.each(ALL_LEVELS.map((level, i) => [level.slug, i] as const))('%s', (slug, i) => {
	it('says no command, state or flag in capitals before it is taught', () => {
		const taught = ALL_LEVELS.slice(0, i + 1).flatMap(({ teaches }) => teaches.join(' ').split(/[^A-Z]+/));
		const known = new Set([...taught, ...slugs.slice(0, i + 1).flatMap((one) => IN_PLACE[one] ?? [])]);
		const early = textsOf(slug).flatMap((text) =>
			[...text.matchAll(/[A-Z]{2,}/g)].flatMap(([word]) => (known.has(word) ? [] : [`${word}: ${text}`]))
		);
		expect([...new Set(early)]).toEqual([]);
	});

	it('keeps no exception that it does not need', () => {
		const before = ALL_LEVELS.slice(0, i + 1).flatMap(({ teaches }) => teaches.join(' ').split(/[^A-Z]+/));
		for (const word of IN_PLACE[slug] ?? []) {
			expect(before, word).not.toContain(word);
			expect(
				textsOf(slug).some((text) => new RegExp(`(?<![A-Z])${word}(?![A-Z])`).test(text)),
				word
			).toBe(true);
		}
	});
});
