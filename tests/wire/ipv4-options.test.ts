import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipOptions, type IpOption } from '#lib/wire/ipv4-option-table.ts';
import { encodeIpOptions, readIpOptions } from '#lib/wire/ipv4-options.ts';
import { encodeIpv4, parseIpv4 } from '#lib/wire/ipv4.ts';
import { bytesOf, hexOf } from './support.ts';

const EOL: IpOption = { kind: 'eol' };
const NOP: IpOption = { kind: 'nop' };

const examples: [string, string, IpOption[]][] = [
	['end and no operation', '01 00 00 00', [NOP, EOL]],
	[
		'record route (RFC 791 §3.1)',
		'07 0b 08 c0 00 02 01 00 00 00 00 00',
		[{ kind: 'recordRoute', pointer: 8, route: [0xc0000201, 0] }, EOL]
	],
	[
		'loose source route',
		'01 83 07 04 c6 33 64 19',
		[NOP, { kind: 'looseSourceRoute', pointer: 4, route: [0xc6336419] }]
	],
	[
		'strict source route',
		'01 89 07 08 c6 33 64 19',
		[NOP, { kind: 'strictSourceRoute', pointer: 8, route: [0xc6336419] }]
	],
	[
		'timestamps',
		'44 0c 09 50 00 00 00 05 00 00 00 00',
		[{ kind: 'timestamp', pointer: 9, overflow: 5, flag: 0, entries: [{ time: 5 }, { time: 0 }] }]
	],
	[
		'timestamps with addresses',
		'44 0c 0d 01 c0 00 02 01 05 26 5b ff',
		[
			{
				kind: 'timestamp',
				pointer: 13,
				overflow: 0,
				flag: 1,
				entries: [{ address: 0xc0000201, time: 86399999 }]
			}
		]
	],
	['router alert (RFC 2113)', '94 04 00 00', [{ kind: 'routerAlert', value: 0 }]],
	['an unknown type', '5e 04 01 02', [{ kind: 'unknown', type: 0x5e, data: Uint8Array.of(1, 2) }]],
	[
		'a known type of a wrong length',
		'94 03 00 01',
		[{ kind: 'unknown', type: 0x94, data: Uint8Array.of(0) }, NOP]
	],
	[
		'a timestamp with half an entry',
		'44 06 05 00 01 02 01 01',
		[{ kind: 'unknown', type: 0x44, data: Uint8Array.of(5, 0, 1, 2) }, NOP, NOP]
	]
];

describe.each(examples)('%s', (_, hex, options) => {
	const octets = bytesOf(hex);

	test('is read', () => {
		expect(readIpOptions(octets, 0, octets.length)).toEqual({ options, at: octets.length });
	});

	test('is written', () => {
		expect(hexOf(encodeIpOptions(options))).toBe(hex);
	});

	test('survives a whole datagram', () => {
		const parsed = parseIpv4(encodeIpv4({ src: 1, dst: 2, protocol: 6, options }, Uint8Array.of(9)));
		expect(parsed.ok && [parsed.packet.options, [...parsed.packet.payload]]).toEqual([options, [9]]);
	});

	test('cut short at every length, ends with what was whole', () => {
		for (let length = 0; length < octets.length; length++) {
			const { options: read, problem } = readIpOptions(octets, 0, length);
			expect(options.slice(0, read.length)).toEqual([...read]);
			if (problem === undefined && read.at(-1)?.kind !== 'eol') {
				expect(hexOf(encodeIpOptions(read)).startsWith(hexOf(octets.subarray(0, length)))).toBe(true);
			}
		}
	});
});

describe('lengths that cannot be true', () => {
	test.each([
		['07 00 00 00', 20, 'option length says 0 octets, at least 2 are needed'],
		['01 07 01 00', 21, 'option length says 1 octet, at least 2 are needed'],
		['01 01 01 07', 23, 'option ends before its length'],
		['94 05 00 00', 20, 'option length says 5 octets, 4 are left']
	])('%s', (hex, octet, detail) => {
		// four octets of options that no encoder of ours would write
		const options: IpOption[] = [{ kind: 'routerAlert', value: 0 }];
		const bytes = encodeIpv4({ src: 1, dst: 2, protocol: 6, options, checksum: 0 }, new Uint8Array(0));
		bytes.set(bytesOf(hex), 20);
		const refused = parseIpv4(bytes);
		const right = refused.ok ? '' : refused.detail.slice(-4);
		bytes.set(bytesOf(right), 10);
		expect(parseIpv4(bytes)).toEqual({ ok: false, reason: 'option', at: octet * 8, detail });
	});

	test('a list is done in as many steps as it has octets', () => {
		expect(readIpOptions(new Uint8Array(40).fill(1), 0, 40).options).toHaveLength(40);
		expect(readIpOptions(new Uint8Array(40).fill(2), 0, 40).options).toHaveLength(20);
	});
});

test('more than 40 octets are refused', () => {
	expect(encodeIpOptions(new Array<IpOption>(40).fill(NOP))).toHaveLength(40);
	expect(() => encodeIpOptions(new Array<IpOption>(41).fill(NOP))).toThrow(RangeError);
});

test('random lists survive', () => {
	const u32 = fc.integer({ min: 0, max: 0xffffffff });
	const one: fc.Arbitrary<IpOption> = fc.oneof(
		fc.constant<IpOption>(NOP),
		fc.record({ kind: fc.constant('routerAlert' as const), value: fc.integer({ min: 0, max: 0xffff }) }),
		fc.record({
			kind: fc.constantFrom(
				'recordRoute' as const,
				'looseSourceRoute' as const,
				'strictSourceRoute' as const
			),
			pointer: fc.integer({ min: 0, max: 255 }),
			route: fc.array(u32, { maxLength: 2 })
		}),
		fc.record({
			kind: fc.constant('timestamp' as const),
			pointer: fc.integer({ min: 0, max: 255 }),
			overflow: fc.integer({ min: 0, max: 15 }),
			flag: fc.constantFrom(1, 3),
			entries: fc.array(fc.record({ address: u32, time: u32 }), { maxLength: 1 })
		}),
		fc.record({
			kind: fc.constant('unknown' as const),
			type: fc.integer({ min: 2, max: 255 }).filter((type) => !ipOptions.has(type)),
			data: fc.uint8Array({ maxLength: 5 })
		})
	);
	fc.assert(
		fc.property(fc.array(one, { maxLength: 3 }), (options) => {
			const bytes = encodeIpOptions(options);
			const read = readIpOptions(bytes, 0, bytes.length).options;
			const padding = read.length > options.length ? [EOL] : [];
			expect(read).toEqual([...options, ...padding]);
		})
	);
});
