/** How much larger than its pane's pixels a stage is drawn: alone on the screen it grows instead of its wires alone. */
import type { Size } from './geometry.ts';

/** A stage of this size is as large as it needs to be, with so much more width for each host beyond four. */
const ENOUGH: Size = { width: 760, height: 460 };
const EACH = 190;
const MOST = 2;

/** 1 where there is no room to spare; many hosts take the room for themselves. */
export const zoomFor = ({ width, height }: Size, hosts: number): number =>
	Math.max(1, Math.min(width / Math.max(ENOUGH.width, hosts * EACH), height / ENOUGH.height, MOST));
