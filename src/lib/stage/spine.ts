/**
 * A way in one row with single hosts hung off it: they stand in a second row, a column further on, so that their links pass
 * no chips. Null where the topology is another, or where there is no room for everybody's chips.
 */
import type { HostSpec, Scenario } from '#lib/sim/scenario.ts';
import type { HostPlace, Point, Size } from './geometry.ts';
import { wayBetween } from './graph.ts';

/** Width of what a host takes in its row. */
type WidthOf = (host: HostSpec) => number;

/** Width of a character of a host's name. */
const NAME = 8.2;

/** So far down the tray of the last in the row is clear of the button in the stage's upper right corner. */
const CORNER = 12;

/** Centres in the order of `order`, for tiles of this height. */
export function spine(
	scenario: Scenario,
	order: readonly HostSpec[],
	widthOf: WidthOf,
	tall: number,
	area: Size
): readonly Point[] | null {
	const [first] = order;
	const server = order.find(({ role }) => role === 'server');
	if (!first || !server || scenario.links.length !== order.length - 1) return null;
	const way = wayBetween(scenario, first.id, server.id);
	const row = order.filter(({ id }) => way.includes(id));
	const under = order.filter(({ id }) => !way.includes(id));
	const columns = under.length === 0 || way.length < 3 ? null : columnsOf(scenario, way, under);
	if (!columns) return null;

	const widths = row.map(widthOf);
	const [left = 0, right = 0] = [widths[0], widths[widths.length - 1]];
	// as far from the edges as other panes keep what is in them, where there is so much
	const inset = area.width >= 500 ? 10 : 0;
	const pitch = (area.width - 2 * inset - (left + right) / 2) / (row.length - 1);
	const fits = widths.every((own, i) => i === 0 || (own + (widths[i - 1] ?? 0)) / 2 + 24 <= pitch);
	const gap = Math.min(area.height - tall, 1.5 * tall);
	if (!fits || pitch < 110 || gap < tall - 12) return null;
	// two of them beside each other
	const wide = Math.max(...under.map(widthOf)) + 8;
	if (under.length > 1 && wide > pitch) return null;

	return order.map(({ id }) => {
		const column = columns.get(id) ?? way.indexOf(id);
		const side = way.includes(id) ? -gap : gap;
		return { x: inset + left / 2 + column * pitch, y: (area.height + side) / 2 + CORNER };
	});
}

/** The name of a host of the second row stands beside its picture: its link comes from above. */
export function hangingName(place: HostPlace, { width, height }: Size): HostPlace {
	const { glyph, host } = place;
	const half = (host.id.length * NAME) / 2;
	const x = glyph.x + glyph.width + 8 + half;
	if (glyph.y < height / 2 || x + half > width - 4) return place;
	return { ...place, name: { x, y: glyph.y + glyph.height / 2 + 5 } };
}

/** A column of its own for each that hangs off the way: the next one on, else the nearest; null: they are too many. */
function columnsOf(
	{ links }: Scenario,
	way: readonly string[],
	under: readonly HostSpec[]
): ReadonlyMap<string, number> | null {
	const columns = new Map<string, number>();
	const taken = new Set<number>();
	for (const { id } of under) {
		const own = links.filter(({ ends }) => ends.includes(id));
		const [a, b] = own[0]?.ends ?? [];
		const at = way.indexOf((a === id ? b : a) ?? '');
		if (own.length !== 1 || at < 0) return null;
		const free = [at + 1, at - 1].find((column) => column > 0 && column < way.length && !taken.has(column));
		if (free === undefined) return null;
		taken.add(free);
		columns.set(id, free);
	}
	return columns;
}
