/**
 * A packet as the RFCs draw a header: words of 32 bits (16 where there is no room), every field a cell, every bit seen.
 * It is drawn from dissected nodes, so options, text and broken packets are drawn like anything else. Law: the bits of
 * the cells, read row by row, are the bits of the packet.
 */
import type { BitRange, Node } from '#lib/wire/node.ts';
import { character, layerTag, treeRows } from './fields.ts';

export interface GridCell {
	/** Key of its field; the pieces of a field that goes on in the next row share it. */
	readonly key: string;
	readonly field: Node;
	/** What of the field lies in this row. */
	readonly bits: BitRange;
	/** First bit in the row. */
	readonly column: number;
	/** The field begins here. */
	readonly begins: boolean;
	/** Each bit as a digit. */
	readonly digits: string;
	/** The value; of a text that fills several rows, the characters in this one. */
	readonly value: string;
	/** For a cell too narrow for its label: `SYN`, `DF`; where the RFCs' drawings have one, theirs: `IHL`. */
	readonly short: string;
}

/** As the figures of RFC 791 §3.1 and RFC 9293 §3.1 have them. */
const SHORT: Readonly<Record<string, string>> = {
	'ip.version': 'Vers.',
	'ip.hdr_len': 'IHL',
	'ip.dsfield.dscp': 'DSCP',
	'tcp.hdr_len': 'DOffs',
	'tcp.flags.res': 'Rsrvd',
	'tcp.flags.push': 'PSH',
	'tcp.flags.reset': 'RST'
};

export interface GridRow {
	/** Position of its first octet in the packet. */
	readonly octet: number;
	readonly cells: readonly GridCell[];
}

export interface GridLayer {
	readonly key: string;
	readonly node: Node;
	readonly tag: string;
	readonly rows: readonly GridRow[];
}

/** The layers with their words of `width` bits, counted from the beginning of each layer. */
export function gridLayers(nodes: readonly Node[], bytes: Uint8Array, width: 16 | 32): readonly GridLayer[] {
	const layers: { key: string; node: Node; tag: string; rows: { octet: number; cells: GridCell[] }[] }[] = [];
	for (const { key, node, level, open } of treeRows(nodes, () => true)) {
		if (level === 1) layers.push({ key, node, tag: layerTag(node), rows: [] });
		const layer = layers.at(-1);
		if (!layer || open !== null) continue;
		const start = layer.node.bits[0];
		for (let at = node.bits[0]; at < node.bits[1];) {
			const column = (at - start) % width;
			const end = Math.min(node.bits[1], at + width - column);
			const octet = (at - column) >> 3;
			if (layer.rows.at(-1)?.octet !== octet) layer.rows.push({ octet, cells: [] });
			layer.rows.at(-1)?.cells.push({
				key,
				field: node,
				bits: [at, end],
				column,
				begins: at === node.bits[0],
				digits: digitsOf(bytes, at, end),
				value: valueIn(node, bytes, at, end),
				short: SHORT[node.name] ?? (node.name.split('.').pop() ?? '').slice(0, 5).toUpperCase()
			});
			at = end;
		}
	}
	return layers;
}

function digitsOf(bytes: Uint8Array, from: number, to: number): string {
	let digits = '';
	for (let bit = from; bit < to; bit++) digits += ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
	return digits;
}

function valueIn(field: Node, bytes: Uint8Array, from: number, to: number): string {
	const whole = from === field.bits[0] && to === field.bits[1];
	if (whole || field.value !== undefined) return from === field.bits[0] ? field.shown : '';
	return Array.from(bytes.subarray(from >> 3, (to + 7) >> 3), character).join('');
}

/** The cell that one comes to from a cell by an arrow; up and down keep to the column. Null: there is none. */
export function nextCell(
	rows: readonly GridRow[],
	row: number,
	cell: number,
	towards: 'left' | 'right' | 'up' | 'down'
): readonly [row: number, cell: number] | null {
	const here = rows[row]?.cells[cell];
	if (!here) return null;
	if (towards === 'right')
		return rows[row]?.cells[cell + 1] ? [row, cell + 1] : rows[row + 1] ? [row + 1, 0] : null;
	if (towards === 'left') {
		if (cell > 0) return [row, cell - 1];
		const above = rows[row - 1];
		return above ? [row - 1, above.cells.length - 1] : null;
	}
	const to = towards === 'up' ? row - 1 : row + 1;
	const cells = rows[to]?.cells;
	if (!cells?.length) return null;
	const under = cells.findLastIndex(({ column }) => column <= here.column);
	return [to, Math.max(0, under)];
}
