import { expect, test } from 'vitest';
import type { Event } from '#lib/sim/event.ts';
import { encodeIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { ACK, encodeTcp } from '#lib/wire/tcp.ts';
import { undetected } from './undetected.ts';

const [src, dst] = [0x0a000001, 0x0a000002];
const payload = Uint8Array.from([0x01, 0, 0, 0]);
const segment = {
	srcPort: 1,
	dstPort: 2,
	seq: 1,
	ack: 1,
	flags: ACK,
	window: 1,
	urgent: 0,
	options: [],
	payload
};
const sent = encodeIpv4({ src, dst, protocol: TCP_PROTOCOL }, encodeTcp(segment, src, dst));
const text = 40;

/** The datagram with these bits of its text flipped, one after another. */
function logOf(...bits: readonly (readonly [octet: number, bit: number])[]): Event[] {
	const bytes = Uint8Array.from(sent);
	const stamp = { at: 0, cause: null, packet: 1, link: 'a-b' };
	return [
		{ ...stamp, seq: 0, kind: 'packet.sent', from: 'a', to: 'b', arrives: 1, bytes: sent },
		...bits.map(([octet, bit], i): Event => {
			bytes[text + octet]! ^= bit;
			const detail = `${octet}`;
			return { ...stamp, seq: i + 1, kind: 'packet.changed', what: 'corrupt', detail, bytes: bytes.slice() };
		})
	];
}

test('one flipped bit is always found', () => {
	for (let octet = 0; octet < 4; octet++)
		for (let bit = 0; bit < 8; bit++) expect(undetected(logOf([octet, 1 << bit]))).toBe(false);
});

test('two that take each other back are not, two others are', () => {
	expect(undetected(logOf([0, 0x01], [2, 0x01]))).toBe(true);
	expect(undetected(logOf([1, 0x01], [3, 0x01]))).toBe(false);
	expect(undetected(logOf([0, 0x01], [3, 0x01]))).toBe(false);
});
