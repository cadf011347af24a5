// Octets from anywhere: no exception, no row without its number, nothing remembered beyond its bound.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyse, createAnalysis, type Analysis } from '#lib/capture/analysis/analyse.ts';
import { MOST_FIRSTS, MOST_WAITING } from '#lib/capture/analysis/flow.ts';
import { remarksOf } from '#lib/player/notes.ts';
import { datagramOf } from '#lib/capture/capture.ts';
import { readCapture } from '#lib/capture/pcap.ts';
import { datagram, STORY } from '../../fixtures/exchange.ts';

const folder = new URL('../../fixtures/captures/', import.meta.url);
const real = readdirSync(folder)
	.filter((file) => /\.pcap(ng)?$/.test(file))
	.flatMap((file) => {
		const capture = readCapture(readFileSync(new URL(file, folder)));
		return capture.packets.map((packet) => datagramOf(capture, packet) ?? new Uint8Array());
	});

function bounded({ tcp, pieces, messages }: Analysis): void {
	for (const { out, back } of tcp.latest.values())
		for (const flow of [out, back]) {
			expect(flow.waiting.length).toBeLessThanOrEqual(MOST_WAITING);
			expect(flow.firsts.size).toBeLessThanOrEqual(MOST_FIRSTS);
		}
	expect(pieces.size).toBeLessThanOrEqual(256);
	expect(messages.datagrams.size).toBeLessThanOrEqual(4096);
	expect(messages.requests.size).toBeLessThanOrEqual(4096);
}

test('any octets at any time', () => {
	const packet = fc.record({
		at: fc.integer({ min: 0, max: 1e12 }),
		bytes: fc.uint8Array({ maxLength: 120 }),
		originalLength: fc.option(fc.nat(70_000), { nil: undefined })
	});
	fc.assert(
		fc.property(fc.array(packet, { maxLength: 40 }), (packets) => {
			const analysis = createAnalysis();
			const rows = packets.map((one) => analyse(analysis, one));
			expect(rows.map((row) => row.packet)).toEqual(packets.map((_, i) => i + 1));
			rows.forEach(remarksOf);
			bounded(analysis);
		})
	);
});

test('real packets with some octets changed, in any order, as one capture', () => {
	const change = fc.record({ at: fc.nat(80), to: fc.nat(255) });
	const packet = fc.tuple(fc.nat(real.length - 1), fc.array(change, { maxLength: 3 }), fc.nat(1500));
	fc.assert(
		fc.property(fc.array(packet, { maxLength: 200 }), (packets) => {
			const analysis = createAnalysis();
			packets.forEach(([which, changes, end], i) => {
				const bytes = real[which]!.slice(0, end);
				for (const { at, to } of changes) if (at < bytes.length) bytes[at] = to;
				const row = analyse(analysis, { at: i, bytes });
				expect(row.packet).toBe(i + 1);
				const { tcp } = row;
				if (tcp)
					for (const value of [tcp.seq, tcp.ack ?? 0, tcp.length]) expect(value).toBeGreaterThanOrEqual(0);
			});
			bounded(analysis);
		}),
		{ numRuns: 60 }
	);
});

test('a flood that nobody acknowledges, and pieces that nobody completes, stay within their bounds', () => {
	const analysis = createAnalysis();
	const bytes = datagram({ at: 0, from: 'post', flags: 'A', seq: 0, ack: 1, text: 'x' });
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < 20_000; i++) {
		view.setUint32(24, i * 3);
		analyse(analysis, { at: i, bytes });
	}
	bounded(analysis);
	const piece = bytes.slice();
	piece[6] = 0x20;
	for (let id = 0; id < 2000; id++) {
		new DataView(piece.buffer).setUint16(4, id);
		analyse(analysis, { at: id, bytes: piece });
	}
	bounded(analysis);
	expect(analysis.pieces.size).toBe(256);
});

test('the fold says of a packet what it said when later ones were not there yet', () => {
	const seen = STORY.map((one) => ({ at: one.at, bytes: datagram(one) }));
	const rows = (count: number) => {
		const analysis = createAnalysis();
		return seen.slice(0, count).map((one) => analyse(analysis, one));
	};
	const all = rows(seen.length);
	for (let count = 0; count < seen.length; count++) expect(rows(count)).toEqual(all.slice(0, count));
});
