/**
 * Where the hosts of any topology stand: a path as a snake, a ring and a star round an ellipse, anything else as a tree
 * from the first client on. Law: the same topology stands the same way, and no two tiles touch.
 */
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import type { Point, Size } from './geometry.ts';

type Ends = ReadonlyMap<string, readonly string[]>;

/** Each host's neighbours, in the order of the links. */
function neighbours({ hosts, links }: Scenario): Ends {
	const map = new Map<string, string[]>(hosts.map(({ id }) => [id, []]));
	for (const {
		ends: [a, b]
	} of links) {
		map.get(a)?.push(b);
		map.get(b)?.push(a);
	}
	return map;
}

/** Hosts as a packet meets them: from the first client along the links; whatever hangs off the path comes after. */
export function pathOrder({ hosts, links }: Scenario): readonly HostSpec[] {
	const byId = new Map(hosts.map((host) => [host.id, host]));
	const degree = (id: string) => links.filter(({ ends }) => ends.includes(id)).length;
	const ends = hosts.filter(({ id }) => degree(id) <= 1);
	const start = ends.find(({ role }) => role === 'client') ?? ends[0] ?? hosts[0];
	const order: HostSpec[] = [];
	const seen = new Set<string>();
	const visit = (host: HostSpec | undefined) => {
		if (!host || seen.has(host.id)) return;
		seen.add(host.id);
		order.push(host);
		for (const {
			ends: [a, b]
		} of links) {
			if (a === host.id) visit(byId.get(b));
			else if (b === host.id) visit(byId.get(a));
		}
	};
	visit(start);
	hosts.forEach(visit);
	return order;
}

/** The fewest links from one host to another, both with it; empty where there is no way. */
export function wayBetween(scenario: Scenario, from: string, to: string): readonly string[] {
	const next = neighbours(scenario);
	const before = new Map<string, string | null>([[from, null]]);
	for (const [id] of before)
		for (const other of next.get(id) ?? []) if (!before.has(other)) before.set(other, id);
	if (!before.has(to)) return [];
	const way: string[] = [];
	for (let at: string | null = to; at !== null; at = before.get(at) ?? null) way.unshift(at);
	return way;
}

/** One row from end to end. */
export function isPath({ hosts, links }: Scenario): boolean {
	const next = neighbours({ hosts, links });
	return (
		links.length === hosts.length - 1 &&
		[...next.values()].every((ends) => ends.length <= 2) &&
		reached(next, hosts[0]?.id ?? '') === hosts.length
	);
}

function reached(next: Ends, from: string): number {
	const seen = new Set([from]);
	for (const id of seen) for (const other of next.get(id) ?? []) seen.add(other);
	return seen.size;
}

/** Centres for tiles of `tile`, in the order of `order`; null where so many do not fit. */
export function placed(
	scenario: Scenario,
	order: readonly HostSpec[],
	tile: Size,
	area: Size
): readonly Point[] | null {
	const ideal = idealOf(scenario, order, Math.max(1, Math.floor(area.width / tile.width)));
	const points = ideal.map(({ x, y }) => ({
		x: tile.width / 2 + x * (area.width - tile.width),
		y: tile.height / 2 + y * (area.height - tile.height)
	}));
	return area.height >= tile.height && apart(points, tile) ? points : snapped(points, tile, area);
}

const apart = (points: readonly Point[], { width, height }: Size): boolean =>
	points.every((a, i) =>
		points.every((b, j) => j <= i || Math.abs(a.x - b.x) >= width || Math.abs(a.y - b.y) >= height)
	);

/** No link passes behind the picture of a third host. */
export function clear({ links }: Scenario, order: readonly HostSpec[], points: readonly Point[]): boolean {
	const at = new Map(order.map(({ id }, i) => [id, points[i] ?? { x: 0, y: 0 }]));
	return links.every(({ ends }) => {
		const [a, b] = ends.map((id) => at.get(id));
		if (!a || !b) return true;
		const [dx, dy] = [b.x - a.x, b.y - a.y];
		const squared = Math.max(1, dx * dx + dy * dy);
		return [...at].every(([id, { x, y }]) => {
			if (ends.includes(id)) return true;
			const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / squared));
			return Math.hypot(a.x + along * dx - x, a.y + along * dy - y) > 40;
		});
	});
}

/** Each in the nearest cell of a grid that is still free. */
function snapped(points: readonly Point[], tile: Size, area: Size): readonly Point[] | null {
	const columns = Math.floor(area.width / tile.width);
	const rows = Math.floor(area.height / tile.height);
	if (columns * rows < points.length) return null;
	const free: Point[] = [];
	for (let row = 0; row < rows; row++)
		for (let column = 0; column < columns; column++)
			free.push({
				x: ((column + 0.5) * area.width) / columns,
				y: ((row + 0.5) * area.height) / rows
			});
	// a button is in the upper right corner of the stage
	if (free.length > points.length) free.splice(columns - 1, 1);
	return points.map((wanted) => {
		let best = 0;
		const far = (cell: Point | undefined) =>
			cell ? Math.hypot(cell.x - wanted.x, cell.y - wanted.y) : Infinity;
		free.forEach((cell, i) => {
			if (far(cell) < far(free[best]) - 1e-9) best = i;
		});
		return free.splice(best, 1)[0] ?? wanted;
	});
}

/** Places in [0, 1] × [0, 1]. */
function idealOf(scenario: Scenario, order: readonly HostSpec[], perRow: number): readonly Point[] {
	const n = order.length;
	if (n < 2) return order.map(() => ({ x: 0.5, y: 0.5 }));
	const next = neighbours(scenario);
	if (isPath(scenario)) return snake(n, perRow);
	const degrees = order.map(({ id }) => next.get(id)?.length ?? 0);
	const round = (i: number, of: number): Point => {
		const angle = Math.PI + (2 * Math.PI * i) / of;
		return { x: 0.5 + Math.cos(angle) / 2, y: 0.5 + Math.sin(angle) / 2 };
	};
	if (scenario.links.length === n && degrees.every((degree) => degree === 2))
		return order.map((_, i) => round(i, n));
	const hub = degrees.indexOf(n - 1);
	if (n > 3 && hub >= 0 && scenario.links.length === n - 1)
		return order.map((_, i) => (i === hub ? { x: 0.5, y: 0.5 } : round(i < hub ? i : i - 1, n - 1)));
	return tree(order, next);
}

function snake(n: number, perRow: number): readonly Point[] {
	const rows = Math.ceil(n / perRow);
	const columns = Math.ceil(n / rows);
	return Array.from({ length: n }, (_, i) => {
		const row = Math.floor(i / columns);
		const along = (i % columns) / Math.max(1, columns - 1);
		return { x: row % 2 ? 1 - along : along, y: rows > 1 ? row / (rows - 1) : 0.5 };
	});
}

/** Breadth first from the first host: depth to the right, leaves evenly from top to bottom, a parent amid its children. */
function tree(order: readonly HostSpec[], next: Ends): readonly Point[] {
	const depth = new Map<string, number>();
	const children = new Map<string, string[]>();
	const roots: string[] = [];
	for (const { id: root } of order) {
		if (depth.has(root)) continue;
		roots.push(root);
		depth.set(root, 0);
		const queue = [root];
		for (const id of queue)
			for (const other of next.get(id) ?? []) {
				if (depth.has(other)) continue;
				depth.set(other, (depth.get(id) ?? 0) + 1);
				children.set(id, [...(children.get(id) ?? []), other]);
				queue.push(other);
			}
	}
	const heights = new Map<string, number>();
	let leaves = 0;
	const stand = (id: string): number => {
		const below = (children.get(id) ?? []).map(stand);
		const [first] = below;
		const y = first === undefined ? leaves++ : (first + (below[below.length - 1] ?? first)) / 2;
		heights.set(id, y);
		return y;
	};
	roots.forEach(stand);
	const deepest = Math.max(1, ...depth.values());
	return order.map(({ id }) => ({
		x: (depth.get(id) ?? 0) / deepest,
		y: leaves > 1 ? (heights.get(id) ?? 0) / (leaves - 1) : 0.5
	}));
}

/** A link that is narrower than what comes to it: what does not fit at once waits before it. */
export const isNarrow = ({ faults = [] }: Scenario, { id, rate }: LinkSpec): boolean =>
	rate !== undefined || faults.some((fault) => fault.kind === 'rate' && fault.link === id);
