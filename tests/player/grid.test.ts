// The bit grid against real packets, cut ones, and octets that mean nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layersOf } from '#lib/player/fields.ts';
import { gridLayers, nextCell } from '#lib/player/grid.ts';
import { datagram, STORY } from '../fixtures/exchange.ts';

const SYN = datagram(STORY[0]!);
const USER = datagram(STORY[5]!);
const gridOf = (bytes: Uint8Array, width: 16 | 32 = 32) => gridLayers(layersOf(bytes), bytes, width);
const binary = (bytes: Uint8Array) =>
	Array.from(bytes, (octet) => octet.toString(2).padStart(8, '0')).join('');

test('the first word of IPv4 is drawn as RFC 791 draws it', () => {
	const [ip] = gridOf(USER);
	expect(ip?.tag).toBe('IP');
	expect(ip?.rows[0]?.cells.map(({ field, column, digits }) => [field.label, column, digits])).toEqual([
		['Version', 0, '0100'],
		['Header length', 4, '0101'],
		['Code point', 8, '000000'],
		['Congestion notification', 14, '00'],
		['Total length', 16, '0000000000110010']
	]);
	expect(ip?.rows.map(({ octet }) => octet)).toEqual([0, 4, 8, 12, 16]);
});

test('options and text are drawn like fields; a text goes on in the next row with its own characters', () => {
	const mss = gridOf(SYN)[1]?.rows[5]?.cells.map(({ field, value }) => [field.label, value]);
	expect(mss).toEqual([
		['Kind', '2 (Maximum segment size)'],
		['Length', '4 octets'],
		['Largest segment', '1460 octets']
	]);
	const greeting = datagram(STORY[3]!);
	const text = gridOf(greeting)[2]
		?.rows.slice(1, 3)
		.flatMap(({ cells }) => cells.map(({ value, begins }) => `${value} ${begins}`));
	expect(text).toEqual(['POP3 true', '\u00b7pos false'].map((line) => line.replace('\u00b7', ' ')));
});

test('with 16 bits a row a number of 32 is told once, where it begins', () => {
	const rows = gridOf(USER, 16)[0]?.rows ?? [];
	expect(rows).toHaveLength(10);
	expect(rows.slice(6, 8).flatMap(({ cells }) => cells.map(({ value }) => value))).toEqual([
		'192.0.2.10',
		''
	]);
});

test('read row by row, the digits are the packet, whatever it is and however it was cut', () => {
	const packet = fc.oneof(
		fc.uint8Array({ maxLength: 120 }),
		fc.tuple(fc.constantFrom(SYN, USER), fc.nat(64)).map(([bytes, cut]) => bytes.slice(0, cut)),
		fc.tuple(fc.nat(49), fc.nat(255)).map(([at, octet]) => {
			const bytes = Uint8Array.from(USER);
			bytes[at] = octet;
			return bytes;
		})
	);
	fc.assert(
		fc.property(packet, fc.constantFrom(16 as const, 32 as const), (bytes, width) => {
			const cells = gridOf(bytes, width).flatMap(({ rows }) => rows.flatMap((row) => row.cells));
			expect(cells.map(({ digits }) => digits).join('')).toBe(binary(bytes));
			for (const { column, bits } of cells) expect(column + bits[1] - bits[0]).toBeLessThanOrEqual(width);
		})
	);
});

test('up and down keep to the column, left and right go round the ends of the rows', () => {
	const rows = gridOf(USER).flatMap((layer) => layer.rows);
	expect(nextCell(rows, 0, 4, 'down')).toEqual([1, 1]);
	expect(nextCell(rows, 1, 0, 'up')).toEqual([0, 0]);
	expect(nextCell(rows, 0, 4, 'right')).toEqual([1, 0]);
	expect(nextCell(rows, 1, 0, 'left')).toEqual([0, 4]);
	expect(nextCell(rows, 0, 0, 'left')).toBeNull();
	expect(nextCell(rows, rows.length - 1, 0, 'down')).toBeNull();
});
