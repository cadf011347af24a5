/**
 * Boxes and edges laid out in ranks by dagre, in pixels at natural size. Its law: a pure function of the graph; text is
 * measured by counting, for it is set in a face whose characters are all as wide.
 */
import { Graph as Dagre, layout as rank } from '@dagrejs/dagre';
import { anyOf, type Graph, type GraphEdge, type GraphNode } from './chart-graph.ts';

export interface Point {
	readonly x: number;
	readonly y: number;
}
/** Centre and size. */
export interface Box extends Point {
	readonly width: number;
	readonly height: number;
}

export interface LaidNode extends GraphNode, Box {}
export interface LaidEdge extends GraphEdge {
	readonly points: readonly Point[];
	/** Where its label is; null: it has none. */
	readonly label: Box | null;
}
export interface Layout {
	readonly width: number;
	readonly height: number;
	/** Frames before what is in them. */
	readonly nodes: readonly LaidNode[];
	readonly edges: readonly LaidEdge[];
}

/** Of the 12 px face. */
const CHARACTER = 7.25;
export const LINE = 16;
/** From a box's top to the middle of its title. */
export const TITLE = 15;
const PAD = 12;

const longest = (lines: readonly string[]): number =>
	lines.reduce((most, line) => Math.max(most, line.length), 0);

/** The token has its place at the left of the title; a mark that the box can be opened at its right. */
function sizeOf({ kind, frame, title, lines, closed }: GraphNode): { width: number; height: number } {
	const beside = kind === 'any' && frame === null ? 0 : 2 * 14;
	const head = title.length * (CHARACTER + 0.15) + beside + (closed ? 8 : 0);
	return {
		width: Math.ceil(Math.max(head, longest(lines) * CHARACTER) + 2 * PAD),
		height: 2 * TITLE + (lines.length === 0 ? 0 : lines.length * LINE + 2)
	};
}

export function layoutOf({ nodes, edges }: Graph, direction: 'TB' | 'LR' = 'TB'): Layout {
	const dagre = new Dagre({ compound: true, multigraph: true });
	dagre.setGraph({ rankdir: direction, nodesep: 18, edgesep: 14, ranksep: 26, marginx: 12, marginy: 12 });
	dagre.setDefaultEdgeLabel(() => ({}));
	for (const node of nodes) dagre.setNode(node.id, node.kind === 'frame' ? {} : sizeOf(node));
	for (const { id, frame } of nodes) if (frame !== null) dagre.setParent(id, frame);
	const frames = new Map(nodes.map(({ id, frame }) => [id, frame]));
	const firsts = new Set(nodes.map(({ first }) => first));
	/** What leads back to the first box of its frame goes up, so that the first box is at the top. */
	const goesBack = ({ from, to }: GraphEdge) =>
		firsts.has(to) && from !== anyOf(frames.get(to) ?? '') && frames.get(from) === frames.get(to);
	const ends = (edge: GraphEdge): [string, string] =>
		goesBack(edge) ? [edge.to, edge.from] : [edge.from, edge.to];
	for (const edge of edges) {
		const { id, lines } = edge;
		const width = lines.length === 0 ? 0 : Math.ceil(longest(lines) * CHARACTER) + 10;
		const height = lines.length === 0 ? 0 : lines.length * LINE + 4;
		dagre.setEdge(...ends(edge), { width, height, labelpos: 'c' }, id);
	}
	// what holds anywhere in a frame stands above what is in it
	for (const { id, kind, first } of nodes)
		if (kind === 'frame' && first !== null)
			dagre.setEdge(anyOf(id), first, { width: 0, height: 0 }, `${id} first`);
	rank(dagre);

	const laid = nodes.map((node): LaidNode => {
		const { x = 0, y = 0, width = 0, height = 0 } = dagre.node(node.id);
		return { ...node, x, y, width, height };
	});
	const drawn = edges.map((edge): LaidEdge => {
		const { points = [], x = 0, y = 0, width = 0, height = 0 } = dagre.edge(...ends(edge), edge.id);
		const way = points.map(({ x, y }: Point) => ({ x, y }));
		return {
			...edge,
			points: goesBack(edge) ? way.toReversed() : way,
			label: edge.lines.length ? { x, y, width, height } : null
		};
	});
	const { width = 0, height = 0 } = dagre.graph();
	return {
		width: Math.ceil(width),
		height: Math.ceil(height),
		nodes: laid.toSorted((a, b) => Number(b.kind === 'frame') - Number(a.kind === 'frame')),
		edges: drawn
	};
}

/** How much of a corner is rounded off. */
const BEND = 18;

/** The line through the points of an edge, its corners rounded. */
export function curve(points: readonly Point[]): string {
	const at = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
	const [first] = points;
	if (!first) return '';
	let d = `M${at(first)}`;
	for (const [i, point] of points.entries()) {
		const [before, after] = [points[i - 1], points[i + 1]];
		if (!before) continue;
		if (!after) d += `L${at(point)}`;
		else d += `L${at(towards(point, before))}Q${at(point)} ${at(towards(point, after))}`;
	}
	return d;
}
/** The point that is a bend away from `from`, but no more than half way. */
function towards(from: Point, to: Point): Point {
	const share = Math.min(0.5, BEND / Math.max(1, distance(from, to)));
	return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
const round = (value: number): number => Math.round(value * 10) / 10;

/** The head of an arrow that comes to an end at the last point. */
export function arrowhead(points: readonly Point[], size = 8): string {
	const tip = points.at(-1);
	const before = points.at(-2);
	if (!tip || !before) return '';
	const angle = Math.atan2(tip.y - before.y, tip.x - before.x);
	const at = (turn: number) => {
		const x = tip.x - size * Math.cos(angle + turn);
		const y = tip.y - size * Math.sin(angle + turn);
		return `${round(x)} ${round(y)}`;
	};
	return `M${round(tip.x)} ${round(tip.y)}L${at(0.42)}L${at(-0.42)}Z`;
}

/** The point at `share` (0 to 1) of the way along the points. */
export function along(points: readonly Point[], share: number): Point {
	const lengths = points.slice(1).map((point, i) => distance(points[i] ?? point, point));
	let left = lengths.reduce((sum, length) => sum + length, 0) * Math.max(0, Math.min(1, share));
	for (const [i, length] of lengths.entries()) {
		const [a, b] = [points[i], points[i + 1]];
		if (a && b && left <= length && length > 0)
			return { x: a.x + ((b.x - a.x) * left) / length, y: a.y + ((b.y - a.y) * left) / length };
		left -= length;
	}
	return points.at(-1) ?? { x: 0, y: 0 };
}
const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

/** Where the token lies in a box. */
export const tokenSpot = ({ x, y, width, height }: Box): Point => ({
	x: x - width / 2 + 14,
	y: y - height / 2 + TITLE
});
