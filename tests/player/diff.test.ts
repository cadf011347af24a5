import { expect, test } from 'vitest';
import { diffRows } from '#lib/player/diff.ts';
import { layersOf } from '#lib/player/fields.ts';
import { datagram, STORY } from '../fixtures/exchange.ts';

const side = (segment: (typeof STORY)[number], id: number) => {
	const bytes = datagram(segment, id);
	return { nodes: layersOf(bytes), bytes };
};
const USER = side(STORY[5]!, 6);
const PASS = side(STORY[7]!, 8);
const ACK = side(STORY[4]!, 5);

test('a packet does not differ from itself', () => {
	expect(diffRows(USER, USER).filter(({ difference }) => difference !== null)).toEqual([]);
});

test('what differs is numbered, and numbers say by how much', () => {
	const told = diffRows(USER, PASS).flatMap(({ difference, label, left, right, by }) =>
		difference === null ? [] : [[difference, label, left?.shown, right?.shown, by]]
	);
	expect(told).toEqual([
		[1, 'Total length', '50 octets', '55 octets', '+5'],
		[2, 'Identification', expect.any(String), expect.any(String), '+2'],
		[3, 'Header checksum', expect.any(String), expect.any(String), ''],
		[4, 'Sequence number', '1001', '1011', '+10'],
		[5, 'Acknowledgment number', '5030', '5035', '+5'],
		[6, 'Checksum', expect.any(String), expect.any(String), ''],
		[7, 'Keyword', 'USER', 'PASS', ''],
		[8, 'Argument', 'ada', 'lovelace', '']
	]);
});

test('what only one of them has stands where that one has it', () => {
	const rows = diffRows(ACK, USER);
	const text = rows.filter(({ key }) => key.startsWith('pop'));
	expect(text.every(({ left, right }) => left === null && right !== null)).toBe(true);
	expect(rows.map(({ key }) => key)).toEqual([...new Set(rows.map(({ key }) => key))]);
	expect(diffRows(USER, ACK).filter(({ right }) => right === null)).toHaveLength(text.length);
});
