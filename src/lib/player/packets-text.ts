/** The packet list as text to take along: in columns that line up, and as a table. Pure; one row is one line. */
import * as words from '#words/packets-copy.ts';
import { remarksBeside, type PacketRow } from './packets.ts';
import { tableText } from './table-text.ts';

const seconds = (micros: number): string => (micros / 1e6).toFixed(3);

const columnsOf = (row: PacketRow, start: number): readonly (string | number)[] => [
	row.packet,
	seconds(row.at - start),
	row.from,
	row.to,
	row.protocol,
	row.flags,
	row.tcp?.seq ?? '',
	row.tcp?.ack ?? '',
	row.tcp?.length ?? '',
	row.info,
	[...(row.again === undefined ? [] : [words.retransmission(row.again)]), ...remarksBeside(row)]
		.concat(row.lostWhere ?? [])
		.join('; ')
];
/** Places of those that hold numbers: they stand at the right of their column. */
const RIGHT = new Set([0, 1, 6, 7, 8]);

/** `start`: the instant that times are counted from. */
export function packetsTable(rows: readonly PacketRow[], start: number): string {
	return tableText(
		words.columns,
		rows.map((row) => columnsOf(row, start))
	);
}

export function packetsText(rows: readonly PacketRow[], start: number): string {
	const cells = [words.columns, ...rows.map((row) => columnsOf(row, start).map(String))];
	const widths = words.columns.map((_, i) =>
		cells.reduce((most, row) => Math.max(most, row[i]?.length ?? 0), 0)
	);
	return cells
		.map((row) => {
			const fields = row.map((cell, i) => {
				const width = widths[i] ?? 0;
				return RIGHT.has(i) ? cell.padStart(width) : cell.padEnd(width);
			});
			return `${fields.join('  ').trimEnd()}\n`;
		})
		.join('');
}
