import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { PacketReader, PacketWriter } from '../../scripts/host/wire.ts';

const octets = (...values: number[]) => Uint8Array.from(values);

describe('reading packets', () => {
	const stream = octets(0, 3, 1, 2, 3, 0, 0, 1, 0, ...new Array<number>(256).fill(7), 0, 1, 9);
	const packets = [[1, 2, 3], [], new Array(256).fill(7), [9]];

	test.each([1, 2, 3, 4, 5, 100, 1000])('in pieces of %i octets', (size) => {
		const reader = new PacketReader();
		const came: number[][] = [];
		for (let at = 0; at < stream.length; at += size)
			reader.push(stream.subarray(at, at + size), (packet) => came.push([...packet]));
		expect(came).toEqual(packets);
		expect(reader.unfinished).toBe(0);
	});

	test('a packet that is cut off is known', () => {
		const reader = new PacketReader();
		reader.push(octets(0, 5, 1, 2), () => expect.unreachable());
		expect(reader.unfinished).toBe(4);
	});
});

describe('writing packets', () => {
	test('leave together at the flush, each with its length before it', () => {
		const stream = new PassThrough();
		const writer = new PacketWriter(stream);
		writer.write(octets(1, 2, 3));
		writer.write(new Uint8Array(0x102).fill(5));
		expect(stream.read()).toBeNull();
		writer.flush();
		expect([...stream.read()]).toEqual([0, 3, 1, 2, 3, 1, 2, ...new Array(0x102).fill(5)]);
	});

	test('what nobody fetches is dropped, and memory is bounded', () => {
		const stuck = new Writable({ write: () => {} });
		const writer = new PacketWriter(stuck);
		let taken = 0;
		for (let i = 0; i < 10_000; i++) {
			if (writer.write(new Uint8Array(1500))) taken += 1;
			writer.flush();
		}
		expect(taken * 1502).toBeLessThanOrEqual(4 << 20);
		expect(taken).toBeGreaterThan(2000);
		expect(writer.dropped).toBe(10_000 - taken);
	});
});
