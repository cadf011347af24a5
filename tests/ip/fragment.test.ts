import { describe, expect, test } from 'vitest';
import { fragment, sealHeader } from '#lib/ip/fragment.ts';
import { Reassembly, REASSEMBLY_LIMITS } from '#lib/ip/reassembly.ts';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import { counting, datagram, DESK, POST, read } from './datagram.ts';

const shape = (bytes: Uint8Array) => {
	const { mf, fragmentOffset } = read(bytes);
	return [bytes.length, fragmentOffset, mf];
};
function together(pieces: readonly Uint8Array[]): Uint8Array | null {
	const reassembly = new Reassembly<number>();
	let whole: Uint8Array | null = null;
	for (const piece of pieces) {
		const taken = reassembly.take(piece, 0, 0);
		if (taken.kind === 'whole') whole = taken.datagram;
	}
	return whole;
}

describe('cutting (RFC 791 §3.2)', () => {
	test('1500 octets for a link of 600: 596, 596, 348 at 0, 72, 144', () => {
		expect(fragment(datagram(1480), 600).map(shape)).toEqual([
			[596, 0, 1],
			[596, 72, 1],
			[348, 144, 0]
		]);
	});

	test('a datagram that fits stays one', () => {
		const whole = datagram(580);
		expect(fragment(whole, 600)).toEqual([whole]);
	});

	test('the last piece may fill the link to the last octet', () => {
		expect(fragment(datagram(1160), 600).map(shape)).toEqual([
			[596, 0, 1],
			[596, 72, 1],
			[28, 144, 0]
		]);
		expect(fragment(datagram(576 + 580), 600).map(shape)).toEqual([
			[596, 0, 1],
			[600, 72, 0]
		]);
	});

	test('a piece is cut again: offsets go on, and MF stays', () => {
		const [first, second] = fragment(datagram(1480), 600);
		expect(fragment(second!, 300).map(shape)).toEqual([
			[300, 72, 1],
			[300, 107, 1],
			[36, 142, 1]
		]);
		expect(fragment(first!, 300).every((piece) => read(piece).mf === 1)).toBe(true);
	});

	test('every piece keeps identification, addresses, protocol, ECN and time to live', () => {
		for (const piece of fragment(datagram(1480, { ttl: 9, ecn: 2, dscp: 10 }), 68))
			expect(read(piece)).toMatchObject({
				src: DESK,
				dst: POST,
				protocol: 17,
				id: 0x1c46,
				ttl: 9,
				ecn: 2,
				dscp: 10
			});
	});

	test('options whose copied flag is set go into every piece, the others into the first', () => {
		const options = [
			{ kind: 'recordRoute', pointer: 4, route: [0, 0] },
			{ kind: 'nop' },
			{ kind: 'routerAlert', value: 0 }
		] as const;
		const pieces = fragment(encodeIpv4({ src: DESK, dst: POST, protocol: 17, options }, counting(400)), 200);
		const kinds = pieces.map((piece) => read(piece).options.map(({ kind }) => kind));
		expect(kinds[0]).toEqual(['recordRoute', 'nop', 'routerAlert']);
		expect(kinds.slice(1)).toEqual([['routerAlert'], ['routerAlert']]);
		expect(read(together(pieces)!).options).toHaveLength(3);
	});

	test('a link too narrow for eight octets is refused, not tried for ever', () => {
		expect(() => fragment(datagram(100), 27)).toThrow(RangeError);
	});
});

describe('putting together (RFC 815)', () => {
	const whole = datagram(1480);
	const [a, b, c] = fragment(whole, 600) as [Uint8Array, Uint8Array, Uint8Array];

	test.each([
		[[a, b, c]],
		[[c, b, a]],
		[[b, a, c]],
		[[a, a, b, b, c]],
		[[...fragment(a, 100), ...fragment(b, 300), c]]
	])('in any order, cut twice or come twice: the same datagram', (pieces) => {
		expect(together(pieces)).toEqual(whole);
	});

	test('for every length of data and every width', () => {
		for (let length = 1; length < 200; length += 3)
			for (const mtu of [68, 69, 75, 76, 100, 220]) {
				const datagrams = datagram(length);
				const pieces = fragment(datagrams, mtu);
				if (pieces.length > 1) expect(together(pieces.toReversed())).toEqual(datagrams);
			}
	});

	test('pieces of different datagrams do not meet', () => {
		const others = [
			datagram(1480, { id: 2 }),
			datagram(1480, { protocol: 6 }),
			datagram(1480, { src: 3 }),
			datagram(1480, { dst: 4 })
		];
		for (const other of others) expect(together([a, b, fragment(other, 600)[2]!])).toBeNull();
	});

	test('a lost piece: given up after 60 s, and the first piece is there to be reported', () => {
		const reassembly = new Reassembly<number>();
		expect(reassembly.take(a, 1_000, 7)).toEqual({ kind: 'kept', discarded: [] });
		// a later piece does not extend it (RFC 1122 §3.3.2)
		expect(reassembly.take(c, 50_000_000, 8)).toEqual({ kind: 'kept', discarded: [] });
		expect(reassembly.nextAt).toBe(60_001_000);
		expect(reassembly.expire(60_000_999)).toEqual([]);
		expect(reassembly.expire(60_001_000)).toEqual([{ first: a, tags: [7, 8] }]);
		expect([reassembly.size, reassembly.octets]).toEqual([0, 0]);
		expect(reassembly.take(b, 60_001_000, 9).kind).toBe('kept');
	});
});

test('one piece that was marked marks the whole (RFC 3168 §5.3)', () => {
	const pieces = fragment(datagram(3_000, { ecn: 2 }), 600);
	for (const marked of pieces.keys()) {
		const reassembly = new Reassembly<number>();
		const wholes = pieces.map((piece, i) => {
			const bytes = piece.slice();
			if (i === marked) {
				IPV4.set.ecn(bytes, 0, 3);
				sealHeader(bytes);
			}
			return reassembly.take(bytes, 0, i);
		});
		const last = wholes.at(-1);
		expect(last?.kind === 'whole' && read(last.datagram).ecn).toBe(3);
	}
});

describe('attacks on reassembly', () => {
	const piece = (offset: number, data: Uint8Array | number, mf: number) =>
		datagram(data, { fragmentOffset: offset, mf });

	test.each<[string, Uint8Array[], RegExp]>([
		['the middle written over', [piece(0, 16, 1), piece(1, 16, 0)], /overlap/],
		['a piece inside another', [piece(0, 24, 1), piece(1, 8, 1)], /overlap/],
		['a piece around another', [piece(1, 8, 1), piece(0, 24, 1)], /overlap/],
		['the same place with other octets', [piece(0, 16, 1), piece(0, new Uint8Array(16), 1)], /overlap/],
		['two ends', [piece(2, 8, 0), piece(4, 8, 0)], /ends at/],
		['data behind the end', [piece(2, 8, 0), piece(3, 8, 1)], /ends at/],
		['an end before what is there', [piece(4, 8, 1), piece(2, 8, 0)], /ends at/]
	])('%s: the whole datagram is condemned, with what still comes (RFC 5722)', (_, pieces, says) => {
		const reassembly = new Reassembly<number>();
		const results = pieces.map((one, i) => reassembly.take(one, 0, i));
		expect(results.at(-1)).toMatchObject({
			kind: 'refused',
			detail: expect.stringMatching(says) as string,
			discarded: [0]
		});
		expect(reassembly.octets).toBe(0);
		for (const rest of [piece(0, 8, 1), piece(1, 8, 0)])
			expect(reassembly.take(rest, 5, 9)).toMatchObject({ kind: 'refused' });
		// what was condemned is given up in silence
		expect(reassembly.expire(REASSEMBLY_LIMITS.timeout)).toEqual([]);
		expect(reassembly.size).toBe(0);
	});

	test('the datagram of death, longer than a datagram can be, is refused', () => {
		expect(new Reassembly<number>().take(piece(8_189, 100, 0), 0, 0)).toMatchObject({
			kind: 'refused',
			detail: 'the whole would exceed 65535 octets'
		});
	});

	test('too long by the options of the first piece: condemned, whichever comes last', () => {
		const options = [{ kind: 'recordRoute', pointer: 4, route: Array<number>(9).fill(0) }] as const;
		const first = datagram(65_472, { mf: 1, options });
		const end = datagram(43, { fragmentOffset: 65_472 / 8 });
		for (const pieces of [
			[first, end],
			[end, first]
		]) {
			const reassembly = new Reassembly<number>();
			expect(pieces.map((one, i) => reassembly.take(one, 0, i))).toMatchObject([
				{ kind: 'kept' },
				{ kind: 'refused', detail: 'the whole would exceed 65535 octets', discarded: [0] }
			]);
			expect(reassembly.octets).toBe(0);
		}
		const fits = datagram(3, { fragmentOffset: 65_472 / 8 });
		expect(together([first, fits])).toHaveLength(65_535);
	});

	test('pieces that end within eight octets, or hold nothing, are refused', () => {
		const reassembly = new Reassembly<number>();
		expect(reassembly.take(piece(0, 9, 1), 0, 0).kind).toBe('refused');
		expect(reassembly.take(piece(0, 0, 1), 0, 0).kind).toBe('refused');
		expect(reassembly.size).toBe(0);
	});

	test('many beginnings: memory is bounded, the oldest go, and it is said which', () => {
		const reassembly = new Reassembly<number>({ timeout: 10, datagrams: 4, octets: 1_000 });
		const gone: number[] = [];
		const take = (octets: number, id: number) => {
			const taken = reassembly.take(datagram(octets, { id, mf: 1 }), 0, id);
			gone.push(...taken.discarded);
			return taken;
		};
		for (let id = 0; id < 100; id++) take(104, id);
		expect([reassembly.size, reassembly.octets, gone.length]).toEqual([4, 416, 96]);
		for (let id = 100; id < 104; id++) take(400, id);
		expect(reassembly.octets).toBeLessThanOrEqual(1_000);
		expect(gone).toEqual(Array.from({ length: 102 }, (_, id) => id));
		expect(take(1_200, 200)).toMatchObject({ kind: 'refused' });
		// one datagram alone cannot take more either
		for (const fragmentOffset of [0, 100])
			reassembly.take(datagram(800, { id: 300, mf: 1, fragmentOffset }), 0, 300);
		expect(reassembly.octets).toBe(0);
	});
});
