import { expect, test } from 'vitest';
import { Conversations } from '#lib/sim/conversations.ts';
import { createStream } from '#lib/sim/random.ts';

class Row {
	next: Row | null = null;
	readonly port: number;
	readonly remote: { readonly address: number; readonly port: number };

	constructor(port: number, address: number, remotePort: number) {
		this.port = port;
		this.remote = { address, port: remotePort };
	}
}

const keyOf = ({ port, remote }: Row): string => `${port} ${remote.address} ${remote.port}`;

test('finds what is in it and nothing else, through growth and decline', () => {
	const chance = createStream(110, 'conversations');
	const table = new Conversations<Row>();
	const model = new Map<string, Row>();
	for (let step = 0; step < 20_000; step++) {
		// first more come than go, then the other way round
		const row = new Row(chance.below(40), 0xc0000200 + chance.below(20), 49_152 + chance.below(4));
		const known = model.get(keyOf(row));
		expect(table.get(row.port, row.remote.address, row.remote.port)).toBe(known);
		if (!known && chance.below(20_000) > step) {
			table.add(row);
			model.set(keyOf(row), row);
		} else if (known && chance.below(20_000) < step) {
			table.delete(known);
			model.delete(keyOf(known));
			expect(known.next).toBeNull();
		}
		expect(table.size).toBe(model.size);
	}
	expect(new Set(table.all())).toEqual(new Set(model.values()));
	for (const row of table.all()) table.delete(row);
	expect([table.size, table.all()]).toEqual([0, []]);
});

test('tells all in the order of their ends, however they came', () => {
	const rows = [new Row(110, 2, 9), new Row(110, 2, 7), new Row(25, 2, 7), new Row(110, 1, 9)];
	const table = new Conversations<Row>();
	for (const row of rows) table.add(row);
	expect(table.all().map(keyOf)).toEqual(['110 1 9', '25 2 7', '110 2 7', '110 2 9']);
});

test('one that has left is not found, and leaving twice changes nothing', () => {
	const table = new Conversations<Row>();
	const row = new Row(110, 1, 9);
	table.add(row);
	table.delete(row);
	table.delete(row);
	expect(table.get(110, 1, 9)).toBeUndefined();
	expect(table.size).toBe(0);
});
