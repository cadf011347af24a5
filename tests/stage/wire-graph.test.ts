// The picture of arrows that can be aimed: boxes that stay, heads that can be taken, and names for all of it.
import { describe, expect, it } from 'vitest';
import { ARROWS, arrowId, arrowsWith, PLACES, type Wire } from '#lib/pop3/wiring.ts';
import {
	aimText,
	arrowName,
	edgeOf,
	gripOf,
	idOf,
	PLACE_NAMES,
	placeAt,
	takenBy,
	wireLayout
} from '#lib/stage/wire-graph.ts';

const aimings = ARROWS.flatMap((arrow) =>
	PLACES.map((to): readonly Wire[] => arrowsWith([{ ...arrow, to }]))
);
const far = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y);

describe('the picture', () => {
	it('has a box for every place, and its boxes never move', () => {
		const places = ({ nodes }: ReturnType<typeof wireLayout>) =>
			nodes.map(({ id, x, y }) => `${id} ${x} ${y}`);
		expect(Object.keys(PLACE_NAMES)).toEqual([...PLACES]);
		for (const path of PLACES) expect(wireLayout(ARROWS).nodes.some(({ id }) => id === path)).toBe(true);
		for (const arrows of aimings) expect(places(wireLayout(arrows))).toEqual(places(wireLayout(ARROWS)));
	});

	it('gives every arrow a head or a line to take hold of, far enough from the next and on the sheet', () => {
		for (const arrows of aimings) {
			const layout = wireLayout(arrows);
			const grips = arrows.map((arrow) => {
				const grip = gripOf(arrow, arrows, layout);
				if (!grip) throw new Error(`${idOf(arrow)} cannot be taken`);
				expect(grip.x).toBeGreaterThanOrEqual(0);
				expect(grip.x).toBeLessThanOrEqual(layout.width);
				return { grip, isHead: edgeOf(arrow, layout) !== null };
			});
			const heads = grips.filter(({ isHead }) => isHead).map(({ grip }) => grip);
			for (const [i, a] of heads.entries())
				for (const b of heads.slice(i + 1))
					expect(far(a, b), JSON.stringify([a, b])).toBeGreaterThanOrEqual(20);
		}
	});

	it('ends every arrow at the box that it leads to', () => {
		for (const arrows of aimings) {
			const layout = wireLayout(arrows);
			for (const arrow of arrows) {
				const end = edgeOf(arrow, layout)?.points.at(-1);
				if (end) expect(placeAt(end, layout)?.id, `${idOf(arrow)} ${arrow.to}`).toBe(arrow.to);
				else expect(arrow.to).toBe(arrow.from);
			}
		}
	});

	it('knows the box under a hand, and that there is none beside them', () => {
		const layout = wireLayout(ARROWS);
		for (const { id, x, y } of layout.nodes)
			if (id in PLACE_NAMES) expect(placeAt({ x, y }, layout)?.id).toBe(id);
		expect(placeAt({ x: layout.width - 1, y: layout.height + 40 }, layout)).toBeNull();
		expect(placeAt({ x: 124, y: 28 }, layout)).toBeNull();
	});
});

describe('the words', () => {
	const of = (id: string, more: Partial<Wire> = {}): Wire => {
		const arrow = ARROWS.find((one) => arrowId(one) === id);
		if (!arrow) throw new Error(id);
		return { ...arrow, ...more };
	};

	it('name an arrow and where it leads', () => {
		const said = (arrow: Wire) => `${arrowName(arrow)} ${aimText(arrow)}`;
		expect(said(of('AUTHORIZATION USER'))).toBe('USER in AUTHORIZATION goes to waiting for password');
		expect(said(of('TRANSACTION DELE'))).toBe('DELE in TRANSACTION stays in TRANSACTION: mark');
		expect(said(of('TRANSACTION DELE', { expunges: true }))).toBe(
			'DELE in TRANSACTION stays in TRANSACTION: mark, remove at once'
		);
		expect(said(of('TRANSACTION LOST'))).toBe('a cut line in TRANSACTION goes to closed');
		expect(said(of('TRANSACTION STAT'))).toBe('STAT in TRANSACTION stays in TRANSACTION');
	});

	it('find the arrow that a line has taken', () => {
		const by = (path: string, on: string) => {
			const arrow = takenBy(path, on, ARROWS);
			return arrow && idOf(arrow);
		};
		expect(by('AUTHORIZATION.waitingForName', 'USER')).toBe('AUTHORIZATION USER');
		expect(by('AUTHORIZATION.waitingForPassword', 'PASS')).toBe('AUTHORIZATION.waitingForPassword PASS');
		expect(by('AUTHORIZATION.waitingForName', 'PASS')).toBeNull();
		expect(by('TRANSACTION', 'LOST')).toBe('TRANSACTION LOST');
		expect(by('AUTHORIZATION.waitingForName', 'QUIT')).toBe('AUTHORIZATION QUIT');
	});
});
