import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, difference, labDifference, linear, type Rgb, type Sight } from './colour.ts';

const css = readFileSync(new URL('../../src/tokens.css', import.meta.url), 'utf8');

/** Colours by name of the first rule whose selector is this. */
function rule(selector: string): ReadonlyMap<string, string> {
	const body = css.slice(css.indexOf(`${selector} {`)).match(/\{([^}]*)\}/)?.[1] ?? '';
	return new Map(
		[...body.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name ?? '', hex ?? ''])
	);
}

const common = rule(':root');
const themes = { light: rule("[data-theme='light']"), dark: rule("[data-theme='dark']") };
const fills = [...common].filter(([name]) => name.startsWith('--fill-'));
const SURFACES = ['--bg', '--surface', '--sunken', '--stage'];
const LINES = ['--line-strong', '--focus'];
const NO_TEXT = [...SURFACES, ...LINES, '--line'];

const colour = (from: ReadonlyMap<string, string>, name: string): string => {
	const hex = from.get(name);
	if (!hex) throw new Error(`${name} is no token`);
	return hex;
};

describe.each([
	['light', 5.5],
	['dark', 7.5]
] as const)('the %s theme', (theme, least) => {
	const tokens = themes[theme];
	const texts = [...tokens.keys()].filter((name) => !NO_TEXT.includes(name));

	test('has every token of the other', () => {
		expect([...tokens.keys()]).toEqual([...themes[theme === 'light' ? 'dark' : 'light'].keys()]);
		expect(texts.length).toBeGreaterThan(12);
	});
	test.each(texts.flatMap((text) => SURFACES.map((surface) => [text, surface])))(
		`%s on %s: at least ${least}`,
		(text, surface) => {
			expect(contrast(colour(tokens, text), colour(tokens, surface))).toBeGreaterThanOrEqual(least);
		}
	);
	test.each(LINES.flatMap((line) => SURFACES.map((surface) => [line, surface])))(
		'%s on %s: at least 3.8',
		(line, surface) => {
			expect(contrast(colour(tokens, line), colour(tokens, surface))).toBeGreaterThanOrEqual(3.8);
		}
	);
});

describe('the seven fills', () => {
	test.each(fills)('ink on %s is read', (_name, fill) => {
		expect(contrast(colour(common, '--ink'), fill)).toBeGreaterThanOrEqual(5);
	});
	test.each(fills)('%s stands out from the dark stage', (_name, fill) => {
		expect(contrast(fill, colour(themes.dark, '--stage'))).toBeGreaterThanOrEqual(4.9);
	});
	test.each<[Sight, number]>([
		['normal', 19],
		['protan', 12],
		['deutan', 12],
		['tritan', 12]
	])('%s sight tells any two apart: at least %f', (sight, least) => {
		const pairs = fills.flatMap(([one, a], at) =>
			fills.slice(at + 1).map(([other, b]) => [`${one} ${other}`, difference(a, b, sight)] as const)
		);
		expect(pairs).toHaveLength(21);
		expect(pairs.filter(([, apart]) => apart < least)).toEqual([]);
	});
});

test('so is ink on a paper that has no fill of its own, and that stands out from the dark stage', () => {
	const paper = colour(common, '--paper');
	expect(contrast(colour(common, '--ink'), paper)).toBeGreaterThanOrEqual(5);
	expect(contrast(paper, colour(themes.dark, '--stage'))).toBeGreaterThanOrEqual(4.9);
});

describe('the measures themselves', () => {
	test('contrast of black and white is 21', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
	});
	// Sharma, Wu and Dalal (2005), table 1
	test.each<[Rgb, Rgb, number]>([
		[[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
		[[50, -1.3802, -84.2814], [50, 0, -82.7485], 1.0],
		[[50, 0, 0], [50, -1, 2], 2.3669],
		[[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
		[[50, 2.5, 0], [73, 25, -18], 27.1492],
		[[50, 2.5, 0], [58, 24, 15], 19.4535],
		[[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
		[[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373]
	])('CIEDE2000 of %j and %j', (one, other, apart) => {
		expect(labDifference(one, other)).toBeCloseTo(apart, 3);
		expect(labDifference(other, one)).toBeCloseTo(apart, 3);
	});
	test('what is no colour of six digits is refused', () => {
		expect(() => linear('#fff')).toThrow('no colour');
	});
});
