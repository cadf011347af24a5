/**
 * One packet as text to take along: its tree indented, its tree as a table, its octets, and its header drawn in
 * characters as the figures of the RFCs have it. Pure; every field of the dissection is there.
 */
import type { Node } from '#lib/wire/node.ts';
import * as words from '#words/packets-copy.ts';
import { cellNames, character, pair, placeOf, rawHex, treeRows } from './fields.ts';
import { gridLayers, type GridCell } from './grid.ts';
import { tableText } from './table-text.ts';

const everything = (nodes: readonly Node[]) => treeRows(nodes, () => true);

/** `    Time to live: 64 (40)`. */
export function treeText(nodes: readonly Node[], bytes: Uint8Array): string {
	return everything(nodes)
		.map(({ node, level, open }) => {
			const raw = open === null ? ` (${rawHex(bytes, node.bits, 16)})` : '';
			const problem = node.problem ? ` [${node.problem}]` : '';
			return `${'    '.repeat(level - 1)}${node.label}: ${node.shown}${raw}${problem}\n`;
		})
		.join('');
}

export function treeTable(nodes: readonly Node[], bytes: Uint8Array): string {
	return tableText(
		words.fieldColumns,
		everything(nodes).map(({ node }) => [
			node.label,
			node.name,
			node.shown,
			placeOf(node.bits),
			rawHex(bytes, node.bits, 64),
			node.problem ?? ''
		])
	);
}

/** A row for each octet: its place, its value in three ways, and the fields that have a bit in it. */
export function octetsTable(nodes: readonly Node[], bytes: Uint8Array): string {
	const names = cellNames(nodes, bytes.length);
	return tableText(
		words.octetColumns,
		[...bytes].map((octet, at) => [
			at,
			pair(octet),
			octet,
			octet.toString(2).padStart(8, '0'),
			character(octet),
			names[at] ?? ''
		])
	);
}

/** `0010  c0 00 02 0a  …`, 16 octets a line. */
export function octetsText(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 16) {
		const octets = [...bytes.subarray(at, at + 16)];
		const hex = octets.map(pair);
		const halves = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
		text += `${at.toString(16).padStart(4, '0')}  ${halves.padEnd(48)}  ${octets.map(character).join('')}\n`;
	}
	return text;
}

const WORD = 32;

/** A text in the middle of so many characters; cut where there is no room. */
function middle(text: string, width: number): string {
	const cut = text.length <= width ? text : width > 1 ? `${text.slice(0, width - 1)}.` : text.slice(0, width);
	return cut.padStart(cut.length + ((width - cut.length) >> 1)).padEnd(width);
}

const widthOf = ({ bits }: GridCell): number => (bits[1] - bits[0]) * 2 - 1;
const nameIn = (cell: GridCell): string =>
	!cell.begins ? '' : cell.field.label.length <= widthOf(cell) ? cell.field.label : cell.short;

/** A row for each cell of the figure: its layer, its word and first bit there, its bits one by one, its value. */
export const gridTable = (nodes: readonly Node[], bytes: Uint8Array): string =>
	tableText(
		words.bitColumns,
		gridLayers(nodes, bytes, WORD).flatMap(({ tag, rows }) =>
			rows.flatMap(({ cells }, word) =>
				cells.map(({ field, begins, bits, column, digits, value }) => [
					tag,
					word,
					column,
					bits[1] - bits[0],
					begins ? field.label : words.goesOn(field.label),
					field.name,
					digits,
					value
				])
			)
		)
	);

/** As RFC 791 §3.1 and RFC 9293 §3.1 draw them, with the values under the names. */
export function gridText(nodes: readonly Node[], bytes: Uint8Array): string {
	const tens = Array.from({ length: WORD }, (_, i) => (i % 10 === 0 ? String(i / 10) : ' ')).join(' ');
	const ones = Array.from({ length: WORD }, (_, i) => i % 10).join(' ');
	const out: string[] = [];
	for (const { node, tag, rows } of gridLayers(nodes, bytes, WORD)) {
		out.push(`${tag}: ${node.shown}`, ` ${tens.trimEnd()}`, ` ${ones}`);
		for (const { cells } of rows) {
			const bits = cells.reduce((sum, one) => sum + one.bits[1] - one.bits[0], 0);
			out.push('+-'.repeat(bits) + '+');
			out.push(`|${cells.map((cell) => middle(nameIn(cell), widthOf(cell))).join('|')}|`);
			out.push(`|${cells.map((cell) => middle(valueIn(cell), widthOf(cell))).join('|')}|`);
		}
		const last = rows.at(-1)?.cells.reduce((sum, one) => sum + one.bits[1] - one.bits[0], 0) ?? 0;
		out.push('+-'.repeat(last) + '+', '');
	}
	return out.join('\n');
}

const valueIn = (cell: GridCell): string => {
	const room = widthOf(cell);
	if (cell.value && cell.value.length <= room) return cell.value;
	if (cell.begins && cell.field.value !== undefined && String(cell.field.value).length <= room)
		return String(cell.field.value);
	return cell.digits.length <= room ? cell.digits : cell.value;
};
