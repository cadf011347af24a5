// Why a value is what it is, in the words of the story's own numbers; and the checksum worked through by hand.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkOf } from '#lib/player/checksum-walk.ts';
import { layersOf } from '#lib/player/fields.ts';
import { packetRows } from '#lib/player/packets.ts';
import { sumOf } from '#lib/player/sums.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import type { Node } from '#lib/wire/node.ts';
import { encodeUdp } from '#lib/wire/udp.ts';
import { datagram, logOf, scenario, STORY } from '../fixtures/exchange.ts';

const rows = packetRows(logOf(STORY), scenario);
const row = (packet: number) => rows.find((one) => one.packet === packet)!;
const src = parseAddress('192.0.2.10');
const dst = parseAddress('198.51.100.25');

function fieldIn(bytes: Uint8Array, name: string): Node {
	const field = layersOf(bytes)
		.flatMap(({ children }) => children ?? [])
		.find((node) => node.name === name);
	if (!field) throw new Error(`no ${name}`);
	return field;
}
const told = (packet: number, name: string) => {
	const { bytes } = row(packet);
	return sumOf(fieldIn(bytes, name), layersOf(bytes), row(packet), rows)?.text;
};

test('lengths add up from the layers', () => {
	expect(told(6, 'ip.len')).toBe('20 IP + 20 TCP + 10 POP3 = 50 octets');
	expect(told(6, 'ip.hdr_len')).toBe('20 octets = 5 words of 4');
	expect(told(1, 'tcp.hdr_len')).toBe('20 + 4 of options = 24 octets = 6 words of 4');
});

test('sequence and acknowledgment numbers name the packet that they follow', () => {
	expect(told(2, 'tcp.seq_raw')).toBe('5000 is the initial number, chosen by post');
	expect(told(2, 'tcp.ack_raw')).toBe('1000 of #1 + 1 for SYN = 1001, the next awaited');
	expect(told(7, 'tcp.ack_raw')).toBe('1001 of #6 + 10 octets = 1011, the next awaited');
	expect(told(8, 'tcp.seq_raw')).toBe('1001 of #6 + 10 octets = 1011');
	expect(told(9, 'tcp.seq_raw')).toBe('as in #8, which it repeats');
	expect(told(1, 'tcp.ack_raw')).toBe('no ACK: the number means nothing');
});

test('nobody computed the time to live', () => expect(told(6, 'ip.ttl')).toBeUndefined());

test("IPv4's checksum: ten words, its own place as zero", () => {
	const { bytes } = row(6);
	const walk = walkOf(fieldIn(bytes, 'ip.checksum'), layersOf(bytes), bytes)!;
	expect(walk.steps).toHaveLength(10);
	expect(walk.steps[5]).toMatchObject({ odd: 'field', word: 0 });
	expect(walk.steps[0]).toMatchObject({ before: 0, word: 0x4500, after: 0x4500, bits: [0, 16] });
	expect(walk.result).toBe(walk.carried);
	expect(told(6, 'ip.checksum')).toMatch(/^10 words: sum 0x[0-9a-f]{4}, complement 0x/);
});

test("TCP's begins with the pseudo-header", () => {
	const { bytes } = row(6);
	const { steps, result, carried } = walkOf(fieldIn(bytes, 'tcp.checksum'), layersOf(bytes), bytes)!;
	expect(steps.slice(0, 6).map(({ word, bits }) => [word, bits])).toEqual([
		[0xc000, [96, 112]],
		[0x020a, [112, 128]],
		[0xc633, [128, 144]],
		[0x6419, [144, 160]],
		[6, [72, 80]],
		[30, null]
	]);
	expect(steps.at(-1)).toMatchObject({ text: '\u00b7\u00b7', word: 0x0d0a });
	expect(result).toBe(carried);
});

test('worked through, the checksum of any sound packet is what it carries, and of a bad one what it should be', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), fc.nat(0xffff), (text, bad) => {
			const segment = { at: 0, from: 'desk', flags: 'PA', seq: 1, ack: 1, text } as const;
			const good = datagram(segment);
			const sound = walkOf(fieldIn(good, 'tcp.checksum'), layersOf(good), good)!;
			expect(sound.result).toBe(sound.carried);
			const broken = datagram({ ...segment, checksum: bad });
			const walk = walkOf(fieldIn(broken, 'tcp.checksum'), layersOf(broken), broken)!;
			expect(walk).toMatchObject({ carried: bad, result: sound.result });
			expect(walk.steps.at(-1)?.odd).toBe(text.length % 2 === 1 ? 'pad' : undefined);
		})
	);
});

test('ICMP and UDP too; a piece of a datagram has not all that its checksum covers', () => {
	const echo = encodeIcmp({ kind: 'echoRequest', identifier: 1, sequence: 1, data: new Uint8Array(3) });
	const ping = encodeIpv4({ src, dst, protocol: ICMP_PROTOCOL, id: 1, df: 0 }, echo);
	const icmp = walkOf(fieldIn(ping, 'icmp.checksum'), layersOf(ping), ping)!;
	expect(icmp.result).toBe(icmp.carried);
	const udp = encodeIpv4(
		{ src, dst, protocol: UDP_PROTOCOL, id: 1, df: 0 },
		encodeUdp({ srcPort: 1, dstPort: 2, payload: Uint8Array.of(1, 2, 3) }, src, dst)
	);
	const walk = walkOf(fieldIn(udp, 'udp.checksum'), layersOf(udp), udp)!;
	expect(walk.result).toBe(walk.carried);
	const piece = Uint8Array.from(row(6).bytes);
	piece[6] = 0x20;
	expect(walkOf(fieldIn(piece, 'tcp.checksum'), layersOf(piece), piece)).toBeNull();
});
