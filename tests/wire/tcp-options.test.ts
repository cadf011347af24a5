import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { putTcpOptions, readTcpOptions, tcpOptions, tcpOptionsLength } from '#lib/wire/tcp-options.ts';
import { encodeTcp, parseTcp, type TcpOption } from '#lib/wire/tcp.ts';
import { bytesOf, hexOf } from './support.ts';

const EOL: TcpOption = { kind: 'eol' };
const NOP: TcpOption = { kind: 'nop' };

function written(options: readonly TcpOption[]): Uint8Array {
	const bytes = new Uint8Array(tcpOptionsLength(options)).fill(0xa5);
	expect(putTcpOptions(bytes, 0, options)).toBe(bytes.length);
	return bytes;
}

const examples: [string, string, TcpOption[]][] = [
	['MSS', '02 04 05 b4', [{ kind: 'mss', value: 1460 }]],
	['window scale', '01 03 03 0a', [NOP, { kind: 'windowScale', shift: 10 }]],
	['SACK permitted', '01 01 04 02', [NOP, NOP, { kind: 'sackPermitted' }]],
	[
		'SACK',
		'01 01 05 12 00 00 00 05 ff ff ff ff 00 00 00 08 00 00 00 09',
		[
			NOP,
			NOP,
			{
				kind: 'sack',
				blocks: [
					[5, 4294967295],
					[8, 9]
				]
			}
		]
	],
	[
		'timestamps',
		'01 01 08 0a e3 3a de 16 00 00 00 01',
		[NOP, NOP, { kind: 'timestamps', value: 3812285974, echo: 1 }]
	],
	['end of list and padding', '02 04 05 b4 00 00 00 00', [{ kind: 'mss', value: 1460 }, EOL]],
	['an unknown kind', '63 04 01 02', [{ kind: 'unknown', number: 99, data: Uint8Array.of(1, 2) }]],
	[
		'an unknown kind without data',
		'63 02 01 01',
		[{ kind: 'unknown', number: 99, data: new Uint8Array(0) }, NOP, NOP]
	],
	['MSS of a wrong length', '02 03 05 01', [{ kind: 'unknown', number: 2, data: Uint8Array.of(5) }, NOP]],
	['half a SACK block', '05 04 00 01', [{ kind: 'unknown', number: 5, data: Uint8Array.of(0, 1) }]]
];

describe.each(examples)('%s', (_, hex, options) => {
	const octets = bytesOf(hex);

	test('is read', () => {
		expect(readTcpOptions(octets, 0, octets.length)).toEqual(options);
	});

	test('is written', () => {
		expect(hexOf(written(options))).toBe(hex);
	});

	test('cut short at every length, ends with what was whole', () => {
		for (let length = 0; length < octets.length; length++) {
			const read = readTcpOptions(octets, 0, length);
			expect(options.slice(0, read.length)).toEqual(read);
		}
	});
});

test('padding after the end of the list is not read', () => {
	expect(readTcpOptions(bytesOf('00 02 04 05 b4 01 01 01'), 0, 8)).toEqual([EOL]);
});

describe('lengths that cannot be true end the list', () => {
	test.each([
		['a length of 0', '01 63 00 01'],
		['a length of 1', '01 63 01 01'],
		['a length past the end', '01 63 04 01'],
		['no length at all', '01 01 01 63']
	])('%s', (_, hex) => {
		const segment = encodeTcp(
			{
				srcPort: 1,
				dstPort: 2,
				seq: 3,
				ack: 4,
				flags: 16,
				window: 5,
				urgent: 0,
				options: [NOP, NOP, NOP, NOP],
				payload: Uint8Array.of(7)
			},
			1,
			2
		);
		const sound = bytesOf(hex);
		// the same octets as an unknown option's, so that the checksum is right
		segment.set(sound, 20);
		const refused = parseTcp(segment, 1, 2);
		if (!refused.ok) segment.set(bytesOf(refused.detail.slice(-4)), 16);
		const parsed = parseTcp(segment, 1, 2);
		const before = sound.findIndex((octet) => octet !== 1);
		expect(parsed.ok && parsed.packet.options).toEqual(new Array<TcpOption>(before).fill(NOP));
		expect(parsed.ok && [...parsed.packet.payload]).toEqual([7]);
	});
});

test('a list is done in as many steps as it has octets', () => {
	expect(readTcpOptions(new Uint8Array(40).fill(1), 0, 40)).toHaveLength(40);
	expect(readTcpOptions(new Uint8Array(40).fill(2), 0, 40)).toHaveLength(20);
	expect(readTcpOptions(new Uint8Array(40), 0, 40)).toHaveLength(1);
});

test('random lists survive', () => {
	const u32 = fc.integer({ min: 0, max: 0xffffffff });
	const one: fc.Arbitrary<TcpOption> = fc.oneof(
		fc.constant<TcpOption>(NOP),
		fc.record({ kind: fc.constant('mss' as const), value: fc.integer({ min: 0, max: 0xffff }) }),
		fc.record({ kind: fc.constant('windowScale' as const), shift: fc.integer({ min: 0, max: 255 }) }),
		fc.record({ kind: fc.constant('sackPermitted' as const) }),
		fc.record({ kind: fc.constant('sack' as const), blocks: fc.array(fc.tuple(u32, u32), { maxLength: 4 }) }),
		fc.record({ kind: fc.constant('timestamps' as const), value: u32, echo: u32 }),
		fc.record({
			kind: fc.constant('unknown' as const),
			number: fc.integer({ min: 2, max: 255 }).filter((kind) => !tcpOptions.has(kind)),
			data: fc.uint8Array({ maxLength: 20 })
		})
	);
	fc.assert(
		fc.property(fc.array(one, { maxLength: 6 }), (options) => {
			const bytes = written(options);
			const read = readTcpOptions(bytes, 0, bytes.length);
			expect(read).toEqual([...options, ...(read.length > options.length ? [EOL] : [])]);
		})
	);
});
