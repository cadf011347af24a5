// The packet language without colours: every kind has a shape of its own, and no lens takes the label away.
import { describe, expect, test } from 'vitest';
import { glyph, sizeOf, type Depth, type Look } from '#lib/stage/glyph.ts';
import type { Mark } from '#lib/stage/mark.ts';
import { KINDS, type Kind } from '#lib/stage/palette.ts';

const SIZES = [
	{ full: { width: 60, height: 40 }, small: { width: 40, height: 22 } },
	{ full: { width: 44, height: 28 }, small: { width: 34, height: 22 } }
] as const;
const DEPTHS = [1, 2, 3, 4] as const;
const KIND_NAMES = Object.keys(KINDS) as Kind[];
const LETTERS: Readonly<Record<Kind, string>> = {
	syn: 'S',
	synack: 'SA',
	ack: 'A',
	data: 'PA',
	fin: 'FA',
	rst: 'RA',
	icmp: 'ICMP',
	ip: 'IP'
};

const look = (kind: Kind, more: Partial<Look> = {}): Look => ({
	kind,
	letters: LETTERS[kind],
	paper: kind === 'data' ? 'text' : null,
	speech: kind === 'data' ? 'pop3' : null,
	torn: null,
	again: false,
	held: false,
	meddled: null,
	ghost: false,
	train: 1,
	...more
});
const draw = (what: Look, depth: Depth, sizes: (typeof SIZES)[number] = SIZES[0]) =>
	glyph(what, sizeOf(what.kind, sizes), depth);
/** All that remains in monochrome: outlines, without classes and letters. */
const outline = (marks: readonly Mark[]) =>
	marks.map((mark) => (mark.shape === 'path' ? mark.d : '')).join('|');
const has = (marks: readonly Mark[], kind: string) =>
	marks.some((mark) => mark.class.split(' ').includes(kind));

describe.each(SIZES)('%j', (sizes) => {
	test.each(DEPTHS)('at depth %i all kinds have different outlines', (depth) => {
		const outlines = KIND_NAMES.map((kind) => outline(draw(look(kind), depth, sizes)));
		expect(new Set(outlines).size).toBe(KIND_NAMES.length);
	});

	test.each(DEPTHS)('at depth %i every kind shows its letters', (depth) => {
		for (const kind of KIND_NAMES) {
			const texts = draw(look(kind), depth, sizes).flatMap((mark) =>
				mark.shape === 'text' ? mark.text : []
			);
			expect(texts).toContain(LETTERS[kind]);
		}
	});

	test('the letters stay inside the box', () => {
		for (const kind of KIND_NAMES) {
			const { width } = sizeOf(kind, sizes);
			for (const mark of draw(look(kind), 3, sizes)) {
				if (mark.shape !== 'text') continue;
				const length = mark.text.length * 7.2;
				const from = mark.class.includes('pk-middle') ? mark.x - length / 2 : mark.x;
				expect(from).toBeGreaterThanOrEqual(-width / 2);
				expect(from + length).toBeLessThanOrEqual(width / 2);
			}
		}
	});
});

describe('lens', () => {
	test.each([
		[1, false, false, true],
		[2, false, true, true],
		[3, true, true, true],
		[4, true, true, true]
	] as const)('depth %i: IP %s, TCP %s, paper %s', (depth, ip, tcp, paper) => {
		const marks = draw(look('data'), depth);
		expect([has(marks, 'pk-ip'), has(marks, 'pk-tcp'), has(marks, 'pk-paper')]).toEqual([ip, tcp, paper]);
	});

	test('a control packet keeps a plain body at depth 1', () => {
		expect(has(draw(look('syn'), 1), 'pk-plain')).toBe(true);
		expect(has(draw(look('syn'), 1), 'pk-tcp')).toBe(false);
	});

	test('what has nothing known inside shows its IP envelope at every depth', () => {
		for (const depth of DEPTHS) expect(has(draw(look('ip'), depth), 'pk-ip')).toBe(true);
	});
});

describe('on top of the kind', () => {
	test('lines for text, dots for anything else, none on a pure ACK', () => {
		expect(has(draw(look('data'), 3), 'pk-rule')).toBe(true);
		expect(has(draw(look('data', { paper: 'binary' }), 3), 'pk-dots')).toBe(true);
		expect(has(draw(look('ack'), 3), 'pk-paper')).toBe(false);
	});

	test('a FIN that carries data has bar and paper', () => {
		const marks = draw(look('fin', { letters: 'FPA', paper: 'text' }), 3);
		expect([has(marks, 'pk-solid'), has(marks, 'pk-paper')]).toEqual([true, true]);
	});

	test('a retransmission has a second outline and a loop, a ghost an X', () => {
		expect(has(draw(look('data', { again: true }), 3), 'pk-again')).toBe(true);
		expect(has(draw(look('data', { again: true }), 3), 'pk-badge')).toBe(true);
		expect(has(draw(look('data', { ghost: true }), 3), 'pk-x')).toBe(true);
		expect(has(draw(look('data'), 3), 'pk-again') || has(draw(look('data'), 3), 'pk-x')).toBe(false);
	});

	test('what is held has a second outline and a pause sign, what was meddled with is dashed and says by whom', () => {
		const plain = draw(look('data'), 3);
		const held = draw(look('data', { held: true }), 3);
		expect([has(held, 'pk-again'), has(held, 'pk-badge')]).toEqual([true, true]);
		const [edited, forged] = (['edited', 'forged'] as const).map((meddled) =>
			draw(look('data', { meddled }), 3)
		);
		for (const marks of [edited, forged]) expect(has(marks ?? [], 'pk-meddled')).toBe(true);
		expect(new Set([plain, held, edited ?? [], forged ?? []].map(outline)).size).toBe(4);
		for (const depth of DEPTHS)
			expect(has(draw(look('data', { meddled: 'edited' }), depth), 'pk-meddled')).toBe(depth > 1);
	});

	test('a fragment is torn where more of it belongs, at every depth', () => {
		for (const depth of DEPTHS) {
			const edges = ([null, 'left', 'right', 'both'] as const).map((torn) =>
				outline(draw(look('ip', { torn, letters: 'F' }), depth))
			);
			expect(new Set(edges).size).toBe(4);
		}
	});

	test('an ICMP error names its type and code, and its protocol where there is room', () => {
		const words = (sizes: (typeof SIZES)[number]) =>
			draw(look('icmp', { letters: 'ICMP 3/4' }), 3, sizes).flatMap((mark) =>
				mark.shape === 'text' ? mark.text : []
			);
		expect(SIZES.map(words)).toEqual([['3/4'], ['3/4']]);
	});

	test('a train has two more behind it', () => {
		const behind = (train: number) =>
			draw(look('data', { train }), 3).filter((mark) => mark.class === 'pk-plain').length;
		expect([behind(1), behind(9)]).toEqual([0, 2]);
	});

	test('the room to hit is finger-sized and comes first, so that it never covers the drawing', () => {
		for (const kind of KIND_NAMES) expect(draw(look(kind), 3, SIZES[1])[0]?.class).toBe('pk-hit');
	});
});

describe('the paper', () => {
	const SPEECHES = ['pop3', 'smtp', 'imap', 'tls', null] as const;
	const FILLS = ['pk-paper', 'pk-smtp', 'pk-imap', 'pk-tls', 'pk-other'];

	test.each(DEPTHS)('at depth %i each protocol has a cut of its own, whatever is written on it', (depth) => {
		for (const sizes of SIZES) {
			const cuts = SPEECHES.map((speech) =>
				outline(draw(look('data', { speech }), depth, sizes).filter(({ class: kind }) => kind !== 'pk-rule'))
			);
			expect(new Set(cuts).size).toBe(SPEECHES.length);
		}
	});

	test('each has its own fill, and its letters', () => {
		SPEECHES.forEach((speech, i) => {
			const marks = draw(look('data', { speech }), 3);
			expect(has(marks, FILLS[i] ?? '')).toBe(true);
			expect(marks.flatMap((mark) => (mark.shape === 'text' ? mark.text : []))).toEqual(['PA']);
		});
	});

	test('TLS is a hatch under a seal: nothing is written on it', () => {
		for (const sizes of SIZES) {
			const marks = draw(look('data', { speech: 'tls', paper: 'binary' }), 3, sizes);
			expect(['pk-hatch', 'pk-seal', 'pk-rule', 'pk-dots'].map((kind) => has(marks, kind))).toEqual([
				true,
				true,
				false,
				false
			]);
		}
	});

	test('the hatch stays on its paper', () => {
		for (const sizes of SIZES) {
			const marks = draw(look('data', { speech: 'tls' }), 3, sizes);
			const d = marks.find((mark) => mark.class === 'pk-hatch');
			const { width, height } = sizeOf('data', sizes);
			const ends = [...(d?.shape === 'path' ? d.d : '').matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)];
			expect(ends.length).toBeGreaterThan(8);
			for (const [, x, y] of ends) {
				expect(Math.abs(Number(x))).toBeLessThan(width / 2 - 6);
				expect(Math.abs(Number(y))).toBeLessThan(height / 2 - 6);
			}
		}
	});
});

test('every row of the packet language is told apart by its outline alone, at every depth and size', () => {
	const rows: readonly Look[] = [
		...KIND_NAMES.map((kind) => look(kind)),
		look('data', { paper: 'binary' }),
		...(['smtp', 'imap', 'tls', null] as const).map((speech) => look('data', { speech })),
		look('data', { again: true }),
		look('data', { ghost: true }),
		look('data', { held: true }),
		look('data', { meddled: 'edited' }),
		look('data', { meddled: 'forged' }),
		look('data', { train: 9 }),
		...(['left', 'right', 'both'] as const).map((torn) => look('ip', { torn, letters: 'F' }))
	];
	for (const sizes of SIZES)
		for (const depth of DEPTHS)
			expect(new Set(rows.map((row) => outline(draw(row, depth, sizes)))).size).toBe(rows.length);
});
