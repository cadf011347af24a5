/**
 * The server's chart as a person may re-aim it: one edge for each arrow that leads elsewhere, a line in its box for each
 * that stays. Its law: a pure function of the arrows; boxes never move.
 */
import * as words from '#words/wire-graph.ts';
import { anyOf, type GraphEdge, type GraphNode } from './chart-graph.ts';
import type { Box, LaidEdge, LaidNode, Layout, Point } from './chart-layout.ts';

/** As in pop3/wiring.ts. */
export interface Arrow {
	readonly from: string;
	readonly on: string;
	readonly to: string;
	readonly expunges?: true;
}

const AUTHORIZATION = 'AUTHORIZATION';
/** Boxes in the order in which a session goes through them. */
export const PLACE_NAMES: Readonly<Record<string, string>> = {
	'AUTHORIZATION.waitingForName': words.waitingForName,
	'AUTHORIZATION.waitingForPassword': words.waitingForPassword,
	TRANSACTION: 'TRANSACTION',
	UPDATE: 'UPDATE',
	closed: words.closed
};
export const placeName = (path: string): string => PLACE_NAMES[path] ?? path;

export const idOf = ({ from, on }: Arrow): string => `${from} ${on}`;
const stays = ({ from, to }: Arrow): boolean => from === to;

const deedsOf = ({ on, expunges }: Arrow): readonly string[] => [
	...(words.deeds[on] ? [words.deeds[on]] : []),
	...(expunges ? [words.removes] : [])
];
/** `DELE: mark, remove at once`; `STAT`. */
function deedText(arrow: Arrow): string {
	const deeds = deedsOf(arrow);
	return deeds.length === 0 ? arrow.on : words.deedsOf(arrow.on, deeds);
}

/** `DELE in TRANSACTION` */
export const arrowName = ({ from, on }: Arrow): string => {
	const place = from === AUTHORIZATION ? from : placeName(from);
	return on === 'LOST' ? words.cutLine(place) : words.arrow(on, place);
};
/** `stays in TRANSACTION: mark, remove at once` */
export const aimText = (arrow: Arrow): string => words.aim(stays(arrow), placeName(arrow.to), deedsOf(arrow));

const NAME = 'AUTHORIZATION.waitingForName';
const WORD = 'AUTHORIZATION.waitingForPassword';
const HUB = anyOf(AUTHORIZATION);
/** Boxes keep their places whatever is aimed at them: a hand that lets go of an arrow finds the next where it was. */
const SPOTS: Readonly<Record<string, Box>> = {
	[AUTHORIZATION]: { x: 116, y: 86, width: 216, height: 156 },
	[HUB]: { x: 116, y: 28, width: 124, height: 24 },
	[NAME]: { x: 124, y: 76, width: 180, height: 30 },
	[WORD]: { x: 124, y: 138, width: 180, height: 30 },
	TRANSACTION: { x: 396, y: 76, width: 212, height: 136 },
	UPDATE: { x: 396, y: 212, width: 212, height: 48 },
	closed: { x: 156, y: 214, width: 110, height: 44 }
};
const spot = (id: string): Box => SPOTS[id] ?? { x: 0, y: 0, width: 0, height: 0 };
const DONE = 'done';
/** Between two heads on one side of a box, so that each can be taken. */
const APART = 26;
/** Of the 12 px face, as in chart-layout.ts. */
const labelBox = (at: Point, lines: readonly string[]): Box => ({
	...at,
	width: Math.max(...lines.map((line) => line.length)) * 7.25 + 10,
	height: lines.length * 16 + 4
});

interface Drawn extends GraphEdge {
	readonly source: string;
	readonly side: 'left' | 'right' | 'top' | 'bottom';
}

/** On which side of its goal an arrow ends. */
function sideOf(source: string, to: string): Drawn['side'] {
	if (to === 'TRANSACTION') return 'left';
	if (to === 'UPDATE') return source === 'TRANSACTION' ? 'top' : 'left';
	if (to === 'closed') return source === 'TRANSACTION' || source === 'UPDATE' ? 'right' : 'top';
	if (source === 'TRANSACTION') return 'right';
	return to === NAME ? (source === WORD ? 'bottom' : 'top') : 'left';
}

/** The point of a side that is `by` beside its middle. */
function onSide({ x, y, width, height }: Box, side: Drawn['side'], by: number): Point {
	if (side === 'left' || side === 'right')
		return { x: x + (side === 'left' ? -width : width) / 2, y: y + by };
	return { x: x + by, y: y + (side === 'top' ? -height : height) / 2 };
}

/** Where the way from a box towards a point leaves it. */
function leaving({ x, y, width, height }: Box, to: Point): Point {
	const [dx, dy] = [to.x - x, to.y - y];
	const share = Math.min(Math.abs(width / 2 / (dx || 1e-9)), Math.abs(height / 2 / (dy || 1e-9)));
	return { x: x + dx * share, y: y + dy * share };
}

function wayOf({ source, to, side }: Drawn, by: number): readonly Point[] {
	const end = onSide(spot(to), side, by);
	if (source === HUB && to === WORD) {
		// past the name, down the left of the frame
		const { x, y, width, height } = spot(HUB);
		const left = spot(WORD).x - spot(WORD).width / 2 - 20;
		return [
			{ x: x - width / 2 + 10, y: y + height / 2 },
			{ x: left, y: y + height },
			{ x: left, y: end.y },
			end
		];
	}
	const inside = source === HUB && to === NAME;
	return [leaving(spot(source === HUB && !inside ? AUTHORIZATION : source), end), end];
}

/** These cross: what is written on them stands near where they begin. */
const slants = ({ source, to }: Drawn): boolean =>
	(source === 'TRANSACTION' && to === 'closed') || (source !== 'TRANSACTION' && to === 'UPDATE');

/** The picture of the arrows. */
export function wireLayout(arrows: readonly Arrow[]): Layout {
	const staying = arrows.filter(stays);
	const box = (path: string, more: Partial<GraphNode> = {}): LaidNode => ({
		id: path,
		path,
		kind: 'state',
		frame: null,
		first: null,
		title: placeName(path),
		lines: staying.filter(({ from }) => from === path).map(deedText),
		closed: false,
		inside: [],
		...more,
		...spot(path)
	});
	const edges = [
		...arrows
			.filter((arrow) => !stays(arrow))
			.map((arrow): Drawn => {
				const { from, on, to, expunges } = arrow;
				const source = from === AUTHORIZATION ? HUB : from;
				const lines = [on === 'LOST' ? words.cut : on, ...(expunges ? [words.removes] : [])];
				return {
					id: idOf(arrow),
					from,
					to,
					source,
					lines,
					transitions: [idOf(arrow)],
					side: sideOf(source, to)
				};
			}),
		{
			id: DONE,
			from: 'UPDATE',
			to: 'closed',
			source: 'UPDATE',
			lines: [],
			transitions: [],
			side: 'right'
		} as const
	];
	/** Those that end on one side, from its one end to its other as their sources lie. */
	const beside = (edge: Drawn) => {
		const across = edge.side === 'top' || edge.side === 'bottom' ? 'x' : 'y';
		return edges
			.filter(({ id, to, side }) => id !== DONE && to === edge.to && side === edge.side)
			.toSorted((a, b) => spot(a.source)[across] - spot(b.source)[across]);
	};
	return {
		width: 514,
		height: 248,
		nodes: [
			box(AUTHORIZATION, { kind: 'frame', first: NAME }),
			box(HUB, { path: '', kind: 'any', frame: AUTHORIZATION, title: AUTHORIZATION }),
			box(NAME, { frame: AUTHORIZATION }),
			box(WORD, { frame: AUTHORIZATION }),
			box('TRANSACTION'),
			box('UPDATE', { lines: [words.update] }),
			box('closed')
		],
		edges: edges.map((edge): LaidEdge => {
			const row = beside(edge);
			const by = (row.indexOf(edge) - (row.length - 1) / 2) * APART;
			// beside the one from UPDATE, which nobody can take
			const points = wayOf(
				edge,
				edge.id === DONE ? 17 : edge.to === 'closed' && edge.side === 'right' ? by - 5 : by
			);
			const [a, b] = points.length > 2 ? [points[1], points[2]] : [points[0], points[1]];
			const share = slants(edge) ? (edge.source === 'TRANSACTION' ? 0.14 : 0.18) : 0.5;
			const at = (axis: 'x' | 'y') => (a?.[axis] ?? 0) * (1 - share) + (b?.[axis] ?? 0) * share;
			const middle = { x: at('x'), y: at('y') };
			return { ...edge, points, label: edge.lines.length ? labelBox(middle, edge.lines) : null };
		})
	};
}

/** Where an arrow can be taken hold of: its head, or the end of its line in a box. Null: it is not drawn. */
export function gripOf(arrow: Arrow, arrows: readonly Arrow[], { nodes, edges }: Layout): Point | null {
	if (!stays(arrow)) return edges.find(({ id }) => id === idOf(arrow))?.points.at(-1) ?? null;
	const node = nodes.find(({ id }) => id === arrow.to);
	if (!node) return null;
	const line = arrows.filter((other) => stays(other) && other.from === arrow.from).indexOf(arrow);
	return { x: node.x + node.width / 2, y: node.y - node.height / 2 + 37 + line * 16 - 4 };
}

const holds = ({ x, y, width, height }: Box, at: Point): boolean =>
	Math.abs(at.x - x) <= width / 2 + 6 && Math.abs(at.y - y) <= height / 2 + 6;

/** The box at a point that an arrow can lead to. */
export const placeAt = (at: Point, { nodes }: Layout): LaidNode | null =>
	nodes.find((node) => node.id in PLACE_NAMES && holds(node, at)) ?? null;

/** The arrow that a step has taken: from the state it was in, on a keyword or `LOST`. */
export function takenBy(path: string, on: string, arrows: readonly Arrow[]): Arrow | null {
	return (
		arrows.find(({ from, on: by }) => by === on && (path === from || path.startsWith(`${from}.`))) ?? null
	);
}

export const edgeOf = (arrow: Arrow | null, { edges }: Layout): LaidEdge | null =>
	(arrow && edges.find(({ id }) => id === idOf(arrow))) ?? null;
