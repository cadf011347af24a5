// Any topology of up to 40 hosts stands by itself: no two pictures or labels touch, all is inside, twice the same.
import { describe, expect, test } from 'vitest';
import type { HostSpec, Scenario } from '#lib/sim/scenario.ts';
import { layout, type Box, type HostPlace, type Layout } from '#lib/stage/geometry.ts';
import { linkMarks } from '#lib/stage/link-marks.ts';

type Shape = (n: number) => readonly (readonly [number, number])[];

const SHAPES: Readonly<Record<string, Shape>> = {
	path: (n) => Array.from({ length: n - 1 }, (_, i) => [i, i + 1]),
	star: (n) => Array.from({ length: n - 1 }, (_, i) => [0, i + 1]),
	tree: (n) => Array.from({ length: n - 1 }, (_, i) => [Math.floor(i / 2), i + 1]),
	ring: (n) => Array.from({ length: n }, (_, i) => [i, (i + 1) % n]),
	brush: (n) => Array.from({ length: n - 1 }, (_, i) => [i % 3 ? i - (i % 3) : Math.max(0, i - 3), i + 1])
};

const SIZES = [
	[360, 120],
	[552, 340],
	[700, 300],
	[1200, 760]
] as const;

function scenario(shape: Shape, n: number): Scenario {
	const ends = shape(n);
	const degree = (i: number) => ends.filter((pair) => pair.includes(i)).length;
	const hosts = Array.from({ length: n }, (_, i): HostSpec => {
		const role = degree(i) > 1 ? 'router' : i % 2 ? 'client' : 'server';
		return { id: `host${i}`, role, address: `192.0.2.${i}` };
	});
	return {
		hosts,
		links: ends.map(([a, b]) => ({ id: `l${a}-${b}`, ends: [`host${a}`, `host${b}`], delay: 1, mtu: 1500 }))
	};
}

function boxesOf({ host, glyph, name, named, address, chips, tcp, pop3 }: HostPlace): readonly Box[] {
	const text = (at: { x: number; y: number }, letters: string, each: number): Box => ({
		x: at.x - (letters.length * each) / 2,
		y: at.y - 10,
		width: letters.length * each,
		height: 12
	});
	return [
		glyph,
		...(named === false ? [] : [text(name, host.id, 7.5)]),
		...(address ? [text(address, host.address, 7.2)] : []),
		...(chips ? [tcp, pop3] : [])
	];
}

const touch = (a: Box, b: Box) =>
	a.x < b.x + b.width - 0.01 &&
	b.x < a.x + a.width - 0.01 &&
	a.y < b.y + b.height - 0.01 &&
	b.y < a.y + a.height - 0.01;

/** Pairs of boxes of different hosts that touch, and boxes that stick out. */
function faultsOf(plan: Layout): readonly string[] {
	const all = plan.hosts.flatMap((place) => boxesOf(place).map((box) => ({ id: place.host.id, box })));
	const out = all.filter(
		({ box }) => box.x < 0 || box.y < 0 || box.x + box.width > plan.width || box.y + box.height > plan.height
	);
	const over = all.flatMap((a, i) =>
		all.slice(i + 1).flatMap((b) => (a.id !== b.id && touch(a.box, b.box) ? `${a.id} over ${b.id}` : []))
	);
	return [...out.map(({ id }) => `${id} sticks out`), ...over];
}

/** Words of links that stand on a host, or on the words of another link. */
function wordsOver(plan: Layout, what: Scenario): readonly string[] {
	const words = linkMarks(plan, what, 0).flatMap(({ place, lines }) =>
		lines.map((line, i): { id: string; box: Box } => ({
			id: place.link.id,
			box: {
				x: place.label.x - (line.length * 7.2) / 2,
				y: place.label.y - 10 + 18 * i,
				width: line.length * 7.2,
				height: 12
			}
		}))
	);
	const hosts = plan.hosts.flatMap(({ glyph, host: { id } }) => ({ id, box: glyph }));
	return words.flatMap((word, i) =>
		[...hosts, ...words.slice(i + 1)].flatMap(({ id, box }) =>
			id !== word.id && touch(word.box, box) ? [`${word.id} over ${id}`] : []
		)
	);
}

describe.each(SIZES)('%i × %i', (width, height) => {
	test.each(Object.entries(SHAPES))('%s of 3 to 40', (_, shape) => {
		for (let n = 3; n <= 40; n++) {
			const what = scenario(shape, n);
			const plan = layout(what, { width, height });
			expect({ n, faults: faultsOf(plan) }).toEqual({ n, faults: [] });
			expect(plan.hosts.map(({ host }) => host.id).toSorted()).toEqual(
				what.hosts.map(({ id }) => id).toSorted()
			);
			expect(plan.links).toHaveLength(what.links.length);
			for (const link of plan.links)
				for (const at of [link.x1, link.x2, link.y1, link.y2, link.lane])
					expect(Number.isFinite(at)).toBe(true);
			expect({ n, words: n > 6 ? wordsOver(plan, what) : [] }).toEqual({ n, words: [] });
		}
	});
});

test('the same topology stands the same way', () => {
	const plan = () => layout(scenario(SHAPES['tree']!, 23), { width: 552, height: 340 });
	expect(plan()).toEqual(plan());
});

test('a host that was moved stands there, its links follow, and it never leaves the stage', () => {
	const what = scenario(SHAPES['path']!, 3);
	const size = { width: 552, height: 340 };
	const plan = layout(what, size);
	const [, router] = plan.hosts;
	const id = router?.host.id ?? '';
	const there = layout(what, size, new Map([[id, { x: 280, y: 100 }]]));
	const now = there.hosts.find(({ host }) => host.id === id);
	expect(now && [now.glyph.x + now.glyph.width / 2, now.glyph.y + now.glyph.height / 2]).toEqual([280, 100]);
	expect(there.links.map(({ y1, y2 }) => y1 === y2)).toEqual([false, false]);
	const far = layout(what, size, new Map([[id, { x: -500, y: 9000 }]]));
	expect(faultsOf(far).filter((fault) => fault.includes('sticks out'))).toEqual([]);
});

test('among many the links still say what they can', () => {
	const what = scenario(SHAPES['ring']!, 12);
	const plan = layout(what, { width: 816, height: 300 });
	expect(linkMarks(plan, what, 0).filter(({ lines }) => lines.length > 0).length).toBeGreaterThanOrEqual(6);
});
