// The packet language without colours: every kind has a shape of its own, and no lens takes the label away.
import { describe, expect, test } from 'vitest';
import { glyph, sizeOf, type Depth, type Look, type Mark } from '#lib/stage/glyph.ts';
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
