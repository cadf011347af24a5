/**
 * 100,000 inputs, random and mutated, through `dissect` and every parser: no exception, and nodes that cover every bit
 * exactly once. Seeded, so that a failure can be repeated: its message holds the octets.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { datagramOf } from '#lib/capture/capture.ts';
import { readCapture } from '#lib/capture/pcap.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { parseIcmp } from '#lib/wire/icmp.ts';
import { encodeIpv4, parseIpv4 } from '#lib/wire/ipv4.ts';
import type { Reason } from '#lib/wire/parsed.ts';
import { encodeTcp, parseTcp } from '#lib/wire/tcp.ts';
import { encodeUdp, parseUdp } from '#lib/wire/udp.ts';
import { coverFault, hexOf, stream } from './support.ts';

const folder = new URL('../fixtures/captures/', import.meta.url);
const corpus = readdirSync(folder)
	.filter((file) => /[.]pcap(ng)?$/.test(file))
	.map((file) => readCapture(new Uint8Array(readFileSync(new URL(file, folder)))))
	.flatMap((capture) => capture.packets.map((packet) => datagramOf(capture, packet)))
	.filter((datagram) => datagram !== null);

type Random = () => number;

function below(random: Random, limit: number): number {
	return Math.floor(random() * limit);
}

function noise(random: Random): Uint8Array {
	const bytes = new Uint8Array(below(random, 90));
	for (let i = 0; i < bytes.length; i++) bytes[i] = below(random, 256);
	// half of them look like IPv4 with a likely protocol, to get past the first look
	if (bytes.length > 9 && random() < 0.5) {
		bytes[0] = 0x45 + below(random, 4);
		bytes[9] = [1, 6, 17, 99][below(random, 4)]!;
	}
	return bytes;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(one.length + other.length);
	bytes.set(one);
	bytes.set(other, one.length);
	return bytes;
}

function mutated(random: Random): Uint8Array {
	let bytes: Uint8Array = corpus[below(random, corpus.length)]!.slice();
	for (let n = 1 + below(random, 4); n > 0 && bytes.length > 0; n--) {
		const at = below(random, bytes.length);
		switch (below(random, 6)) {
			case 0:
				bytes[at]! ^= 1 << below(random, 8);
				break;
			case 1:
				bytes[at] = [0, 1, 0x7f, 0x80, 0xff][below(random, 5)]!;
				break;
			case 2:
				bytes = bytes.slice(0, at);
				break;
			case 3:
				bytes = joined(bytes, bytes.subarray(at, at + 20));
				break;
			case 4:
				bytes.copyWithin(at, below(random, bytes.length), below(random, bytes.length));
				break;
			default:
				// the first 60 octets hold the lengths and kinds
				bytes[below(random, Math.min(60, bytes.length))] = below(random, 256);
		}
	}
	return bytes;
}

/** Through all parsers, once as it is and once with sums that are right, so that the deeper checks are reached too. */
function parseAll(bytes: Uint8Array): (Reason | 'ok')[] {
	const seen: (Reason | 'ok')[] = [];
	for (const parsed of [parseIpv4(bytes), parseTcp(bytes, 1, 2), parseUdp(bytes, 1, 2), parseIcmp(bytes)]) {
		seen.push(parsed.ok ? 'ok' : parsed.reason);
		if (!parsed.ok && (parsed.at < 0 || parsed.at > bytes.length * 8))
			throw new Error('refused outside the octets');
	}
	const first = parseIpv4(bytes);
	if (!first.ok) return seen;
	const { src, dst, payload, protocol } = first.packet;
	const inner =
		protocol === 6 ? parseTcp(payload, src, dst) : protocol === 17 ? parseUdp(payload, src, dst) : null;
	if (inner) seen.push(inner.ok ? 'ok' : inner.reason);
	if (inner?.ok && 'seq' in inner.packet) {
		const again = parseTcp(encodeTcp(inner.packet, src, dst), src, dst);
		if (!again.ok) throw new Error(`not parsed again: ${again.detail}`);
	} else if (inner?.ok && !('seq' in inner.packet)) {
		const again = parseUdp(encodeUdp(inner.packet, src, dst), src, dst);
		if (!again.ok) throw new Error(`not parsed again: ${again.detail}`);
	}
	const again = parseIpv4(encodeIpv4(first.packet, payload));
	if (!again.ok) throw new Error(`not parsed again: ${again.detail}`);
	return seen;
}

/** The IPv4 header's sum put right, where there is room for one. */
function mended(bytes: Uint8Array): Uint8Array {
	const refused = parseIpv4(bytes);
	if (refused.ok || refused.reason !== 'checksum') return bytes;
	const right = Number(refused.detail.slice(-6));
	const copy = bytes.slice();
	copy[10] = right >> 8;
	copy[11] = right & 0xff;
	return copy;
}

function run(make: (random: Random) => Uint8Array, seed: number, times: number): Map<string, number> {
	const random = stream(seed);
	const seen = new Map<string, number>();
	for (let i = 0; i < times; i++) {
		const bytes = random() < 0.5 ? make(random) : mended(make(random));
		let fault: string;
		try {
			fault = coverFault(dissect(bytes), bytes.length * 8);
			for (const one of parseAll(bytes)) seen.set(one, (seen.get(one) ?? 0) + 1);
		} catch (error) {
			fault = String(error);
		}
		if (fault) expect.fail(`input ${i} of seed ${seed}: ${fault}\n${hexOf(bytes)}`);
	}
	return seen;
}

const REASONS: (Reason | 'ok')[] = [
	'checksum',
	'header-length',
	'ok',
	'option',
	'total-length',
	'truncated',
	'version'
];
/** A busy machine may take its time. */
const PATIENCE = 60_000;

describe('100,000 inputs', () => {
	test(
		'40,000 random ones',
		() => {
			const seen = run(noise, 1, 40_000);
			expect([...seen.keys()]).toEqual(
				expect.arrayContaining(['checksum', 'header-length', 'truncated', 'version'])
			);
		},
		PATIENCE
	);

	test(
		'60,000 mutated ones, which reach every reason to refuse',
		() => {
			expect([...run(mutated, 2, 60_000).keys()].sort()).toEqual(REASONS);
		},
		PATIENCE
	);
});
