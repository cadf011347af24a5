import { describe, expect, test } from 'vitest';
import { dissect } from '#lib/wire/dissect.ts';
import { at, find, findAll, leaves, path, problems } from '#lib/wire/nodes.ts';
import { bytesOf } from './support.ts';

const tree = dissect(bytesOf('45 00 00 14 1c 46 40 00 40 06 32 47 c0 00 02 0a c6 33 64 19'));

describe('questions to a tree', () => {
	test('find: the first of that name, parents before children', () => {
		expect(find(tree, 'frame')).toBe(tree);
		expect(find(tree, 'ip.ttl')?.value).toBe(64);
		expect(find(tree, 'ip.flags.df')?.bits).toEqual([49, 50]);
		expect(find(tree, 'tcp.srcport')).toBeUndefined();
	});

	test('findAll: every one', () => {
		expect(findAll(tree, 'ip.src').map((node) => node.shown)).toEqual(['192.0.2.10']);
		expect(findAll(tree, 'none')).toEqual([]);
	});

	test('leaves: in the order of the bits', () => {
		const list = leaves(tree);
		expect(list[0]!.name).toBe('ip.version');
		expect(list.at(-1)!.name).toBe('ip.dst');
		expect(list.reduce((sum, leaf) => sum + leaf.bits[1] - leaf.bits[0], 0)).toBe(160);
	});

	test('path and at: from the packet down to the field that holds a bit', () => {
		expect(path(tree, 49).map((node) => node.name)).toEqual(['frame', 'ip', 'ip.flags', 'ip.flags.df']);
		expect(at(tree, 64)?.name).toBe('ip.ttl');
		expect(at(tree, 71)?.name).toBe('ip.ttl');
		expect(at(tree, 72)?.name).toBe('ip.proto');
		expect(path(tree, 160)).toEqual([]);
		expect(path(tree, -1)).toEqual([]);
		expect(at(tree, 160)).toBeUndefined();
	});

	test('problems: where something is wrong', () => {
		expect(problems(tree)).toEqual([]);
		const broken = dissect(bytesOf('45 00 00 14 1c 46 40 00 40 06 be ef c0 00 02 0a c6 33 64 19'));
		expect(problems(broken).map((node) => [node.name, node.problem])).toEqual([
			['ip.checksum', 'checksum is 0xbeef, should be 0x3247']
		]);
	});
});
