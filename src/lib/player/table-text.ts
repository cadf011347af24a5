/**
 * A table as text that a spreadsheet takes: cells with tabs between them, one row a line, the names of the columns first.
 * Law: a cell is one cell and a row one line, whatever stands in them.
 */
const inCell = (cell: string | number): string => String(cell).replace(/[\t\r\n]+/g, ' ');

export const tableText = (
	columns: readonly string[],
	rows: readonly (readonly (string | number)[])[]
): string => [columns, ...rows].map((row) => `${row.map(inCell).join('\t')}\n`).join('');
