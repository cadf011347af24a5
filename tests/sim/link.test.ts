import { describe, expect, test } from 'vitest';
import { createLine, createLink } from '#lib/sim/link.ts';
import type { LinkSpec } from '#lib/sim/scenario.ts';

const spec: LinkSpec = { id: 'desk-post', ends: ['desk', 'post'], delay: 20_000, mtu: 1500 };
const octets = (n: number) => new Uint8Array(n);

describe('a line', () => {
	test('without a rate only delays', () => {
		const line = createLine({ delay: 20_000 });
		expect(line.carry(octets(1500), 5)).toEqual([{ bytes: octets(1500), arrives: 20_005 }]);
		expect(line.carry(octets(40), 5)[0]?.arrives).toBe(20_005);
	});

	test('with a rate sends one datagram at a time, first in, first out', () => {
		// 1,000 octets at 8 Mbit/s take 1 ms
		const line = createLine({ delay: 20_000, rate: 8_000_000 });
		expect(line.carry(octets(1000), 0)[0]?.arrives).toBe(21_000);
		expect(line.carry(octets(1000), 0)[0]?.arrives).toBe(22_000);
		expect(line.carry(octets(1000), 500)[0]?.arrives).toBe(23_000);
		// the line has been idle since 3 ms
		expect(line.carry(octets(1000), 10_000)[0]?.arrives).toBe(31_000);
	});

	test('rounds serialisation up to a whole microsecond', () => {
		expect(createLine({ delay: 0, rate: 3_000_000 }).carry(octets(1), 0)[0]?.arrives).toBe(3);
	});
});

describe('a link', () => {
	test('has two ends and two lines that do not wait for each other', () => {
		const link = createLink({ ...spec, rate: 8_000_000 }, 1);
		expect([link.other('desk'), link.other('post'), link.other('eve')]).toEqual(['post', 'desk', null]);
		expect(link.carry('desk', octets(1000), 0)[0]?.arrives).toBe(21_000);
		expect(link.carry('post', octets(1000), 0)[0]?.arrives).toBe(21_000);
	});

	const fates = (loss: number, seed: number, from: string) => {
		const link = createLink({ ...spec, loss }, seed);
		return Array.from({ length: 2_000 }, (_, i) => link.carry(from, octets(40), i)[0]?.arrives === null);
	};

	test('loses its share, and says where', () => {
		const lost = fates(0.3, 110, 'desk').filter(Boolean).length;
		expect(lost).toBeGreaterThan(530);
		expect(lost).toBeLessThan(670);
		const [fate] = createLink({ ...spec, loss: 1 }, 1).carry('desk', octets(40), 100);
		expect(fate).toMatchObject({ arrives: null, lostAt: 10_100, detail: 'link desk-post lost it' });
	});

	test('a lost datagram has taken its time on the wire', () => {
		const link = createLink({ ...spec, rate: 8_000_000, loss: 1 }, 1);
		link.carry('desk', octets(1000), 0);
		expect(link.carry('desk', octets(1000), 0)[0]?.lostAt).toBe(11_000);
	});

	test('each direction and each seed has chances of its own', () => {
		expect(fates(0.5, 1, 'desk')).toEqual(fates(0.5, 1, 'desk'));
		expect(fates(0.5, 1, 'desk')).not.toEqual(fates(0.5, 1, 'post'));
		expect(fates(0.5, 1, 'desk')).not.toEqual(fates(0.5, 2, 'desk'));
	});
});
