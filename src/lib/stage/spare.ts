/** Where on the stage something may stand that is no part of the world: the first of its corners and edges that is free. */
import type { Box, HostPlace, Layout, Point, Size } from './geometry.ts';

/** Width of a character of a host's name, and of its address. */
const [NAME, ADDRESS] = [8.2, 7.2];
/** The button in the upper right corner. */
const CORNER = 44;

const overlap = (a: Box, b: Box): number =>
	Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
	Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

function boxesOf({ host, glyph, name, named, address, chips, tcp, pop3, tray }: HostPlace): readonly Box[] {
	const text = ({ x, y }: Point, letters: string, each: number): Box => {
		const width = letters.length * each;
		return { x: x - width / 2, y: y - 12, width, height: 15 };
	};
	return [
		glyph,
		...(named === false ? [] : [text(name, host.id, NAME)]),
		...(address ? [text(address, host.address, ADDRESS)] : []),
		...(chips ? [tcp, pop3] : []),
		...(tray ? [tray] : [])
	];
}

/** The upper left corner of a box of this size: where it covers no host, else as little of them as can be. */
export function spareSpot({ width, height, compact, hosts, links }: Layout, size: Size): Point {
	const [left, middle, right] = [6, (width - size.width) / 2, width - size.width - 6];
	// on a strip the names are at the top, with the wire's words at the bottom
	const [top, bottom] = [compact && height < 160 ? 0 : 6, height - size.height - 6];
	const low = height < 160;
	const spots: readonly Point[] = [
		...(low ? [] : [{ x: middle, y: bottom }]),
		{ x: middle, y: top },
		{ x: left, y: top },
		{ x: left, y: bottom },
		{ x: right, y: bottom },
		{ x: middle, y: bottom },
		{ x: right - CORNER, y: top }
	];
	const taken = [
		...hosts.flatMap(boxesOf),
		...links.map(({ label }) => ({ x: label.x - 26, y: label.y - 11, width: 52, height: 14 }))
	];
	const covers = (at: Point) => taken.reduce((sum, box) => sum + overlap({ ...at, ...size }, box), 0);
	let best = spots[0] ?? { x: middle, y: bottom };
	for (const spot of spots) if (covers(spot) < covers(best)) best = spot;
	return best;
}
