/**
 * The links between hosts that have their places: where a wire leaves one picture and enters another, at any slope, and how
 * far beside it packets travel.
 */
import type { Scenario } from '#lib/sim/scenario.ts';
import type { Box, HostPlace, LinkPlace, Plan, Point } from './geometry.ts';
import { isNarrow } from './graph.ts';
import { HOST_GLYPHS, pictureOf } from './palette.ts';
import { GLYPH } from './rows.ts';

export const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

/** Links whose ends stand on the stage. */
export function linksOf(scenario: Scenario, hosts: readonly HostPlace[], plan: Plan): readonly LinkPlace[] {
	const place = new Map(hosts.map((host, index) => [host.host.id, { ...host, index }]));
	return scenario.links.flatMap((link): LinkPlace[] => {
		const [a, b] = link.ends.map((id) => place.get(id));
		if (!a || !b) return [];
		const before = a.x - b.x || a.glyph.y - b.glyph.y || a.index - b.index;
		const [left, right] = before < 0 ? [a, b] : [b, a];
		const [start, end] = [middle(left.glyph), middle(right.glyph)];
		const level = Math.abs(start.y - end.y) < 1;
		const from = level ? { x: left.glyph.x + left.glyph.width, y: start.y } : leaving(left.glyph, end);
		const to = level ? { x: right.glyph.x, y: end.y } : leaving(right.glyph, start);
		const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
		const steep = Math.abs(to.y - from.y) / length;
		const half = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
		const row = level && plan.labelY !== null;
		return [
			{
				link,
				hosts: [left.host.id, right.host.id],
				x1: from.x,
				y1: from.y,
				x2: to.x,
				y2: to.y,
				y: half.y,
				// a packet is wider than it is high
				lane: plan.lane * (1 - steep) + (plan.packet.full.width / 2 + 6) * steep,
				wire: level ? [from.x - plugOf(left, 1), to.x + plugOf(right, 0)] : [from.x, to.x],
				label: { x: half.x, y: row ? (plan.labelY ?? 0) + start.y - wireOf(plan) : half.y + 4 },
				room: row
					? hosts.length > 2
						? between(left, right, half.x)
						: end.x - start.x
					: steep > 0.5 && length > 150
						? 60
						: length * (1 - steep) - 8,
				narrow: isNarrow(scenario, link)
			}
		];
	});
}

/** Width of what stands around `x` without touching the chips on either side. */
function between(left: HostPlace, right: HostPlace, x: number): number {
	const from = left.chips ? left.tcp.x + left.tcp.width : middle(left.glyph).x;
	const to = right.chips ? right.tcp.x : middle(right.glyph).x;
	return 2 * Math.min(x - from, to - x) - 8;
}

/** Height of the wire as the row was laid out. */
const wireOf = ({ hosts: [first] }: Plan): number => (first ? middle(first.glyph).y : 0);

/** Where the line from a box's middle to `end` leaves it. */
function leaving(box: Box, end: Point): Point {
	const { x, y } = middle(box);
	const [dx, dy] = [end.x - x, end.y - y];
	const share = Math.min(
		1,
		box.width / 2 / Math.max(1e-6, Math.abs(dx)),
		box.height / 2 / Math.max(1e-6, Math.abs(dy))
	);
	return { x: x + dx * share, y: y + dy * share };
}

/** How far inside its box a host's picture has its left (0) or right (1) plug. */
function plugOf({ host, glyph }: HostPlace, side: 0 | 1): number {
	return ((HOST_GLYPHS[pictureOf(host)]?.plugs[side] ?? 0) * glyph.width) / GLYPH.width;
}
