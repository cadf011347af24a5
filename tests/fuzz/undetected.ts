/**
 * What no checksum can find. One's complement sums do not see two flipped bits that take each other back (RFC 1071 §2), and a
 * datagram can be hit twice: on two links, or in two of its pieces. One that was hit once is always found.
 */
import type { Event } from '#lib/sim/event.ts';
import { parseIpv4 } from '#lib/wire/ipv4.ts';
import { parseTcp } from '#lib/wire/tcp.ts';

/** Whether a segment that was hit at least twice has passed its checksum all the same. */
export function undetected(log: readonly Event[]): boolean {
	const hits = new Map<number, number>();
	const last = new Map<number, Uint8Array>();
	for (const event of log) {
		if (event.kind === 'packet.sent') last.set(event.packet, event.bytes);
		if (event.kind !== 'packet.changed' || !event.bytes) continue;
		last.set(event.packet, event.bytes);
		if (event.what === 'corrupt') hits.set(event.packet, (hits.get(event.packet) ?? 0) + 1);
	}
	const datagrams = [
		...[...hits.keys()].map((packet) => [packet]),
		...log.flatMap((event) => (event.kind === 'ip.reassembled' ? [event.packets] : []))
	];
	return datagrams.some((packets) => {
		const hit = packets.reduce((sum, packet) => sum + (hits.get(packet) ?? 0), 0);
		return hit > 1 && passes(packets.flatMap((packet) => last.get(packet) ?? []));
	});
}

/** Whether the segment in these pieces has a right checksum. */
function passes(pieces: readonly Uint8Array[]): boolean {
	const parsed = pieces.map((bytes) => parseIpv4(bytes));
	const whole: number[] = [];
	let ends: readonly [src: number, dst: number] | null = null;
	for (const piece of parsed) {
		if (!piece.ok) return false;
		const { src, dst, fragmentOffset, payload } = piece.packet;
		ends = [src, dst];
		for (const [at, octet] of payload.entries()) whole[fragmentOffset * 8 + at] = octet;
	}
	return ends !== null && parseTcp(Uint8Array.from(whole), ...ends).ok;
}
