// A packet laid open: rings, rows of cells and bit cells over real dissected octets, and the keyboard's way through them.
import { describe, expect, test } from 'vitest';
import { layersOf } from '#lib/player/fields.ts';
import { GAP, holderOf, RING, unfold, type Ring, type Row } from '#lib/stage/unfold.ts';
import { bitRows, MOST } from '#lib/stage/unfold-bits.ts';
import { linesOf, travel } from '#lib/stage/unfold-travel.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import type { Node } from '#lib/wire/node.ts';
import { datagram } from './story.ts';

const USER = datagram('PA', 'USER ada\r\n');
const layers = layersOf(USER);
const all = { rings: () => true, cell: null };
const opened = (cell: string | null, width = 536): readonly Ring[] =>
	unfold(layers, USER, width, { rings: () => true, cell });
const cellsOf = (rows: readonly Row[]) => rows.flatMap(({ cells }) => cells);
const drawerOf = (rings: readonly Ring[]) =>
	rings.flatMap(({ rows }) => rows.flatMap(({ drawer }) => (drawer ? [drawer] : [])))[0];
const digits = ([from, to]: readonly [number, number], bytes = USER) =>
	Array.from(
		{ length: to - from },
		(_, i) => ((bytes[(from + i) >> 3] ?? 0) >> (7 - ((from + i) & 7))) & 1
	).join('');
const drawn = (field: Node, width: number, bytes = USER) =>
	bitRows(field, bytes, width)
		.bits.flatMap(({ groups }) => groups.flatMap(({ bits }) => bits.map(({ one }) => (one ? 1 : 0))))
		.join('');

describe('rings', () => {
	test('are the layers, each inside the one before by the thickness of a ring', () => {
		const rings = opened(null);
		expect(rings.map(({ protocol, paper, width }) => [protocol, paper, width])).toEqual([
			['ip', false, 536 - 2 * RING],
			['tcp', false, 536 - 4 * RING],
			['pop', true, 536 - 6 * RING]
		]);
	});

	test.each([180, 320, 486, 664])(
		'%i px wide: rows fill their ring exactly, and hold its bits in order',
		(width) => {
			for (const { rows, node, width: room } of unfold(layers, USER, width, all)) {
				for (const { cells } of rows) {
					const sum = cells.reduce((x, cell) => x + cell.width, 0) + GAP * (cells.length - 1);
					expect(sum).toBe(room);
					for (const cell of cells) expect(cell.width).toBeGreaterThan(40);
				}
				expect(
					cellsOf(rows)
						.map((cell) => digits(cell.node.bits))
						.join('')
				).toBe(digits(node.bits));
			}
		}
	);

	test('a closed one has no rows, and a layer of one line shows the parts of the line', () => {
		const rings = unfold(layers, USER, 500, { rings: (key) => key === 'pop', cell: null });
		expect(rings.map(({ open, rows }) => [open, rows.length > 0])).toEqual([
			[false, false],
			[false, false],
			[true, true]
		]);
		expect(cellsOf(rings[2]?.rows ?? []).map(({ node }) => node.name)).toContain('pop.request.command');
	});
});

describe('a cell that stands open', () => {
	test('shows flags by name and any other field by octets', () => {
		const flags = drawerOf(opened('tcp/tcp.flags'));
		expect(flags?.bits.flatMap(({ groups }) => groups.map(({ name }) => name))).toEqual([
			'RES',
			'AE',
			'CWR',
			'ECE',
			'URG',
			'ACK',
			'PSH',
			'RST',
			'SYN',
			'FIN'
		]);
		const source = drawerOf(opened('ip/ip.src'));
		expect(source?.bits.flatMap(({ groups }) => groups.map(({ name, also }) => `${name} ${also}`))).toEqual([
			'c0 192',
			'00 0',
			'02 2',
			'0a 10'
		]);
		const ttl = drawerOf(opened('ip/ip.ttl'));
		expect(ttl?.bits[0]?.groups[0]?.bits.filter(({ one }) => one).map(({ worth }) => worth)).toEqual([64]);
	});

	test('with parts that are fields themselves shows these, and the bits of the one that is open in them', () => {
		const syn = datagram('S');
		const options: Node = {
			name: 'tcp.options',
			label: 'Options',
			shown: 'two',
			bits: [160, 192],
			rfc: '',
			note: '',
			children: [
				{ name: 'a', label: 'A', shown: '1', value: 1, bits: [160, 176], rfc: '', note: '' },
				{ name: 'a', label: 'A', shown: '2', value: 2, bits: [176, 192], rfc: '', note: '' }
			]
		};
		const layer: Node = {
			...options,
			name: 'tcp',
			bits: [160, 192],
			children: [options, { ...options, name: 'x' }]
		};
		const [ring] = unfold([layer], syn, 400, { rings: () => true, cell: 'tcp/tcp.options/a~2' });
		const drawer = ring?.rows.find((row) => row.drawer)?.drawer;
		expect(drawer?.cell.key).toBe('tcp/tcp.options');
		expect(drawer?.parts.flatMap(({ cells }) => cells.map(({ key, open }) => `${key} ${open}`))).toEqual([
			'tcp/tcp.options/a false',
			'tcp/tcp.options/a~2 true'
		]);
		expect(drawer?.parts.find((row) => row.drawer)?.drawer?.bits).toHaveLength(1);
	});

	test.each([150, 300, 460, 640])('%i px of room: its digits are its bits, and no row is wider', (room) => {
		for (const layer of layers)
			for (const field of layer.children ?? []) {
				if (field.children?.some(({ bits: [from, to] }) => to - from >= 8)) continue;
				expect(drawn(field, room)).toBe(digits(field.bits));
				for (const { groups, unit } of bitRows(field, USER, room).bits) {
					const wide = groups.reduce((x, { bits }) => x + bits.length * unit, 0) + 8 * (groups.length - 1);
					expect(wide).toBeLessThanOrEqual(Math.max(room, 8 * unit));
				}
			}
	});

	test('a long text ends after some octets, and says how many more there are', () => {
		const bytes = fromLatin1('x'.repeat(100));
		const text: Node = { name: 'text', label: 'Text', shown: '', bits: [0, 800], rfc: '', note: '' };
		expect(drawn(text, 600, bytes)).toHaveLength(MOST * 8);
		expect(bitRows(text, bytes, 600).more).toBe(100 - MOST);
	});
});

describe('bits pinned elsewhere', () => {
	const bitsOf = (name: string): readonly [number, number] => {
		const flat = (nodes: readonly Node[]): readonly Node[] =>
			nodes.flatMap((node) => [node, ...flat(node.children ?? [])]);
		return flat(layers).find((node) => node.name === name)?.bits ?? [0, 0];
	};
	test.each([
		['ip.ttl', { ring: 'ip', cell: 'ip/ip.ttl' }],
		['tcp.flags.ack', { ring: 'tcp', cell: 'tcp/tcp.flags' }],
		['tcp', { ring: 'tcp', cell: null }]
	])('%s', (name, holder) => {
		expect(holderOf(layers, bitsOf(name))).toEqual(holder);
	});
	test('of no layer are nowhere; a single bit is in its field', () => {
		expect(holderOf(layers, [100_000, 100_001])).toBeNull();
		expect(holderOf(layers, [70, 71])).toEqual({ ring: 'ip', cell: 'ip/ip.ttl' });
	});
});

describe('the keyboard', () => {
	const rings = opened('tcp/tcp.flags');
	const lines = linesOf(rings);
	const go = (from: string, ...ways: Parameters<typeof travel>[2][]) =>
		ways.reduce<string | null>((at, way) => (at === null ? null : travel(lines, at, way)), from);

	test('goes through every field and bit to the right, and back to the left', () => {
		const keys = lines.flat().map(({ key }) => key);
		let at: string | null = travel(lines, '', 'first');
		const seen: string[] = [];
		while (at !== null) {
			seen.push(at);
			at = travel(lines, at, 'right');
		}
		expect(seen).toEqual(keys);
		expect(new Set(keys).size).toBe(keys.length);
		expect(go(keys[5] ?? '', 'right', 'left')).toBe(keys[5]);
		expect(travel(lines, keys[0] ?? '', 'left')).toBeNull();
		expect(travel(lines, keys[0] ?? '', 'last')).toBe(keys.at(-1));
	});

	test('goes down from the open field into its bits, and up again', () => {
		const into = go('tcp/tcp.flags', 'down');
		expect(into).toMatch(/^tcp\/tcp\.flags#/);
		expect(go(into ?? '', 'up')).toMatch(/^tcp\/tcp\.(hdr_len|flags|window_size_value|ack_raw)$/);
	});

	test('up and down keep to the place', () => {
		const x = new Map(lines.flat().map((stop) => [stop.key, stop.x]));
		const below = go('ip/ip.version', 'down');
		expect(Math.abs((x.get(below ?? '') ?? 0) - (x.get('ip/ip.version') ?? 0))).toBeLessThan(80);
	});
});
