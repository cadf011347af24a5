import { describe, expect, test } from 'vitest';
import {
	bitStrip,
	cellNames,
	cellRanges,
	computedFields,
	layersOf,
	layerTag,
	nodeAt,
	nodesAt,
	opensAt,
	pathTo,
	placeOf,
	rawFields,
	rawHex,
	treeRows
} from '#lib/player/fields.ts';
import { datagram, STORY } from '../fixtures/exchange.ts';

const packet = (n: number) => {
	const segment = STORY[n - 1];
	if (!segment) throw new Error(`no packet ${n}`);
	return datagram(segment, n);
};
const bytes = packet(6); // USER ada
const layers = layersOf(bytes);

describe('the tree', () => {
	test('has the layers outermost first, read once', () => {
		expect(layers.map(layerTag)).toEqual(['IP', 'TCP', 'POP3']);
		expect(layersOf(bytes)).toBe(layers);
	});

	test('shows what is open, with level, place and number of siblings', () => {
		const rows = treeRows(layers, (key) => key === 'pop' || key === 'pop/pop.request');
		expect(rows.map((row) => `${row.level} ${row.position}/${row.size} ${row.key} ${row.open}`)).toEqual([
			'1 1/3 ip false',
			'1 2/3 tcp false',
			'1 3/3 pop true',
			'2 1/1 pop/pop.request true',
			'3 1/4 pop/pop.request/pop.request.command null',
			'3 2/4 pop/pop.request/pop.space null',
			'3 3/4 pop/pop.request/pop.request.parameter null',
			'3 4/4 pop/pop.request/pop.crlf null'
		]);
	});

	test('repeated names get numbers', () => {
		const two = layersOf(datagram({ at: 0, from: 'desk', flags: 'PA', seq: 1, text: 'NOOP\r\nNOOP\r\n' }));
		const keys = treeRows(two, (_, node) => node.name === 'pop').map((row) => row.key);
		expect(keys.slice(2)).toEqual(['pop', 'pop/pop.request', 'pop/pop.request~2']);
		expect(nodeAt(two, 'pop/pop.request~2')?.bits).toEqual([368, 416]);
		expect(nodeAt(two, 'pop/pop.request~3')).toBeNull();
	});

	test('a lens opens its layer, the last one everything', () => {
		const open = ([1, 2, 3, 4] as const).map((lens) =>
			layers.filter((layer) => opensAt(lens, layer, layer, 1)).map(layerTag)
		);
		expect(open).toEqual([['POP3'], ['TCP'], ['IP'], ['IP', 'TCP', 'POP3']]);
	});
});

describe('from bits to nodes', () => {
	test('a path leads to the deepest node that holds the range', () => {
		expect(pathTo(layers, [270, 271])).toEqual(['tcp', 'tcp/tcp.flags', 'tcp/tcp.flags/tcp.flags.syn']);
		expect(pathTo(layers, [150, 170])).toEqual([]);
	});

	test('an exact range is one node, any other the leaves it touches', () => {
		expect(nodesAt(layers, [64, 72]).map((node) => node.name)).toEqual(['ip.ttl']);
		expect(nodesAt(layers, [0, 8]).map((node) => node.name)).toEqual(['ip.version', 'ip.hdr_len']);
	});

	test('every octet knows the whole of its fields', () => {
		const cells = cellRanges(layers, bytes.length);
		expect(cells[0]).toEqual([0, 8]);
		expect(cells[6]).toEqual([48, 64]);
		expect(cells[26]).toEqual([192, 224]);
		expect(cellNames(layers, bytes.length)[0]).toBe('Version and Header length');
		expect(cells).toHaveLength(bytes.length);
	});
});

describe('as text', () => {
	test('hexadecimal in pairs, or as the number the bits make', () => {
		expect(rawHex(bytes, [192, 224])).toBe('00 00 03 e9');
		expect(rawHex(bytes, [320, 384])).toBe('55 53 45 …');
		expect(rawHex(bytes, [4, 8])).toBe('5');
		expect(rawHex(bytes, [51, 64])).toBe('0000');
		expect(rawHex(bytes, [49, 50])).toBe('1');
	});

	test('places', () => {
		expect(placeOf([64, 72])).toBe('byte 8');
		expect(placeOf([96, 128])).toBe('bytes 12 to 15');
		expect(placeOf([270, 271])).toBe('byte 33, bit 6');
		expect(placeOf([51, 64])).toBe('bytes 6 to 7, 13 bits');
	});

	test('a strip of bits marks the range and nothing else', () => {
		const strip = bitStrip(bytes, [267, 269]);
		expect(strip.map((octet) => octet.at)).toEqual([33]);
		const text = strip[0]?.bits.map((bit) => (bit.marked ? `[${bit.one ? 1 : 0}]` : bit.one ? '1' : '0'));
		expect(text?.join('')).toBe('000[1][1]000');
		expect(bitStrip(bytes, [0, bytes.length * 8])).toHaveLength(4);
	});
});

test('unchanged is a matter of raw bits', () => {
	const before = rawFields(layersOf(packet(5)), packet(5));
	const now = rawFields(layers, bytes);
	const changed = [...now].filter(([key, raw]) => key.startsWith('tcp/') && before.get(key) !== raw);
	expect(changed.map(([key]) => key)).toEqual([
		'tcp/tcp.flags',
		'tcp/tcp.flags/tcp.flags.push',
		'tcp/tcp.checksum'
	]);
});

test('lengths and checksums are computed, and only they', () => {
	expect([...computedFields].sort()).toEqual([
		'icmp.checksum',
		'ip.checksum',
		'ip.hdr_len',
		'ip.len',
		'tcp.checksum',
		'tcp.hdr_len',
		'udp.checksum',
		'udp.length'
	]);
});
