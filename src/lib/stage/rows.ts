/**
 * Heights of what stands in one row of hosts: names, pictures, chips, trays and the words under the wire. For a stage with
 * room, and for a strip.
 */
import type { Layout, Size } from './geometry.ts';

const clamp = (low: number, x: number, high: number) => Math.max(low, Math.min(x, high));

/** A host's picture as it is drawn in palette.ts. */
export const GLYPH: Size = { width: 96, height: 72 };

export interface Rows {
	readonly wire: number;
	readonly glyph: Size;
	readonly name: number;
	readonly address: number | null;
	readonly chip: number;
	readonly tcp: number;
	readonly pop3: number;
	readonly tray: number;
	readonly label: number;
	readonly empty: number;
	readonly lane: number;
	readonly packet: Layout['packet'];
}

export function fullRows(width: number, height: number): Rows {
	const scale = clamp(0.75, Math.min(width / 552, (height - 160) / 88), 1.3);
	const glyph = { width: Math.round(GLYPH.width * scale), height: Math.round(GLYPH.height * scale) };
	const lane = 26;
	// name 18, address 18, gap 8, glyph; then, clear of a packet below the wire and its word, chips 22 + 5 + 22, gap 9, tray 32
	const below = Math.max(glyph.height / 2 + 12, lane + 20 + 19);
	const total = 44 + glyph.height / 2 + below + 49 + 9 + 32;
	const top = Math.floor(Math.max(5, (height - total) / 2));
	const wire = top + 44 + glyph.height / 2;
	const tcp = wire + below;
	return {
		wire,
		glyph,
		name: top + 15,
		address: top + 33,
		chip: 22,
		tcp,
		pop3: tcp + 27,
		tray: tcp + 27 + 22 + 9,
		label: wire + lane + 20 + 44,
		empty: wire,
		lane,
		packet: { full: { width: 60, height: 40 }, small: { width: 40, height: 22 } }
	};
}

export function compactRows(height: number): Rows {
	const address = height >= 122;
	const glyph = { width: 44, height: 33 };
	// name 17, glyph 33, gap 5 to 14, chips 18 + 3 + 18, address 16; the gap keeps packets below the wire clear of the chips
	const fixed = 17 + glyph.height + 39 + (address ? 17 : 0);
	const gap = clamp(5, height - fixed - 3, 14);
	const top = Math.round(Math.max(0, (height - fixed - gap) / 2));
	const wire = top + 17 + glyph.height / 2;
	const tcp = top + 17 + glyph.height + gap;
	return {
		wire,
		glyph,
		name: top + 12,
		address: address ? tcp + 39 + 14 : null,
		chip: 18,
		tcp,
		pop3: tcp + 21,
		tray: 0,
		label: Math.min(tcp + 53, height - 4),
		empty: wire,
		lane: 16,
		packet: { full: { width: 44, height: 28 }, small: { width: 34, height: 22 } }
	};
}
