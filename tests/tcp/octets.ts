/** Octets, control bits and dice for the TCP tests. */
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from '#lib/wire/tcp.ts';

/** `length` octets of a stream from position `from` on: no two kilobytes alike. */
export function pattern(length: number, from = 0): Uint8Array<ArrayBuffer> {
	return Uint8Array.from({ length }, (_, index) => ((from + index) * 31 + ((from + index) >> 8)) & 0xff);
}

export const latin1 = (text: string): Uint8Array =>
	Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
export const text = (octets: Uint8Array): string => String.fromCharCode(...octets);

/** Length and FNV-1a hash: two long strings of octets compared in no time. */
export function digest(octets: Uint8Array): string {
	let hash = 0x811c9dc5;
	for (const octet of octets) hash = Math.imul(hash ^ octet, 0x01000193);
	return `${octets.length} octets, ${(hash >>> 0).toString(16)}`;
}

/** `SYN,ACK` as the RFC writes control bits. */
export function control(flags: number): string {
	const names: [number, string][] = [
		[SYN, 'SYN'],
		[FIN, 'FIN'],
		[RST, 'RST'],
		[PSH, 'PSH'],
		[URG, 'URG'],
		[ACK, 'ACK'],
		[ECE, 'ECE'],
		[CWR, 'CWR']
	];
	return names
		.filter(([bit]) => flags & bit)
		.map(([, name]) => name)
		.join(',');
}

/** A small seeded generator (mulberry32), in [0, 1). */
export function random(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
