/**
 * The way of the keyboard through a packet that lies open: line by line as it is seen, across by place. Pure.
 */
import { GAP, RING, DRAWER, type Ring, type Row } from './unfold.ts';
import { GROUP_GAP } from './unfold-bits.ts';

export interface Stop {
	/** Of a ring or a cell; of a bit the cell's with `#` and the bit. */
	readonly key: string;
	/** Its middle, from the left edge of the packet. */
	readonly x: number;
}

export const bitKey = (cell: string, bit: number): string => `${cell}#${bit}`;

function linesOfRows(rows: readonly Row[], left: number): readonly (readonly Stop[])[] {
	return rows.flatMap(({ cells, drawer }) => {
		let x = left;
		const line = cells.map(({ key, width }): Stop => {
			const stop = { key, x: x + width / 2 };
			x += width + GAP;
			return stop;
		});
		if (!drawer) return [line];
		const inner = left + DRAWER / 2;
		const bits = drawer.bits.map(({ groups, unit }) => {
			let at = inner;
			return groups.flatMap((group) => {
				const stops = group.bits.map((bit, i) => ({
					key: bitKey(drawer.cell.key, bit.at),
					x: at + (i + 0.5) * unit
				}));
				at += group.bits.length * unit + GROUP_GAP;
				return stops;
			});
		});
		return [line, ...linesOfRows(drawer.parts, inner), ...bits];
	});
}

/** Everything that can be stood on, line by line from the top. */
export const linesOf = (rings: readonly Ring[]): readonly (readonly Stop[])[] =>
	rings.flatMap(({ key, width, rows }, depth) => {
		const left = RING * (depth + 1);
		return [[{ key, x: left + width / 2 }], ...linesOfRows(rows, left)];
	});

export type Towards = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** Where one comes to; null: nowhere. Left and right go on in the next line, up and down keep to the place. */
export function travel(lines: readonly (readonly Stop[])[], from: string, towards: Towards): string | null {
	const all = lines.flat();
	if (towards === 'first') return all[0]?.key ?? null;
	if (towards === 'last') return all[all.length - 1]?.key ?? null;
	const index = all.findIndex(({ key }) => key === from);
	const here = all[index];
	if (!here) return all[0]?.key ?? null;
	if (towards === 'left' || towards === 'right')
		return all[index + (towards === 'right' ? 1 : -1)]?.key ?? null;
	const row = lines.findIndex((line) => line.includes(here));
	const to = lines[row + (towards === 'down' ? 1 : -1)];
	let best: Stop | null = null;
	for (const stop of to ?? [])
		if (!best || Math.abs(stop.x - here.x) < Math.abs(best.x - here.x)) best = stop;
	return best?.key ?? null;
}
