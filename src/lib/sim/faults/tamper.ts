/**
 * What can be done to the octets of one datagram, for a fault on a link and for a person with one packet in hand. Each
 * returns new octets and what was done in words, or text: why it cannot be done. Nothing is changed in place.
 */
import { endpointOf, sealAll } from '#lib/ip/rewrite.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { parseIpv4 } from '#lib/wire/ipv4.ts';
import { writer } from '#lib/wire/layout.ts';
import type { BitRange, Node } from '#lib/wire/node.ts';
import { add } from '#lib/wire/seq.ts';
import { FIN, parseTcp, PSH, SYN } from '#lib/wire/tcp.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import type { Change } from './fault.ts';
import type { Edit } from './spec.ts';

export type Tampered = Change & { readonly bytes: Uint8Array };

const flags = TCP.run('cwr', 'fin');

/** Flips one bit, counted from the first of the first octet. */
export function flip(bytes: Uint8Array, bit: number): Tampered | string {
	if (bit >= bytes.length * 8) return `there is no bit ${bit}`;
	const flipped = bytes.slice();
	flipped[bit >> 3] = flipped[bit >> 3]! ^ (0x80 >> (bit & 7));
	return { bytes: flipped, what: 'corrupt', detail: `bit ${bit} flipped` };
}

function find(node: Node, name: string): Node | null {
	if (node.name === name) return node;
	for (const child of node.children ?? []) {
		const found = find(child, name);
		if (found) return found;
	}
	return null;
}

function setBits(bytes: Uint8Array, [from, to]: BitRange, value: number): string | null {
	const width = to - from;
	if (from < 0 || to > bytes.length * 8 || width < 1 || width > 32)
		return `no value has bits ${from} to ${to}`;
	if ((to - 1) >> 3 > (from >> 3) + 3) return `bits ${from} to ${to} touch five octets`;
	if (value >= 2 ** width) return `${value} does not fit into ${width} bits`;
	writer(from, width)(bytes, 0, value);
	return null;
}

/** Where `text` is in `bytes`, from octet `start`; -1: nowhere. */
export function indexOf(bytes: Uint8Array, text: string, start = 0): number {
	for (let at = start; at + text.length <= bytes.length; at++) {
		let same = 0;
		while (same < text.length && bytes[at + same] === text.charCodeAt(same)) same++;
		if (same === text.length) return at;
	}
	return -1;
}

export function edited(bytes: Uint8Array, edit: Edit): Tampered | string {
	const changed = bytes.slice();
	let detail: string;
	if ('find' in edit) {
		if (edit.find.length !== edit.replace.length || edit.find === '')
			return 'both texts must be of one length';
		const at = indexOf(bytes, edit.find, 20);
		if (at < 0) return `"${edit.find}" is not in it`;
		for (let i = 0; i < edit.replace.length; i++) changed[at + i] = edit.replace.charCodeAt(i);
		detail = `"${edit.find}" is now "${edit.replace}"`;
	} else {
		const range = 'bits' in edit ? edit.bits : find(dissect(bytes), edit.field)?.bits;
		if (!range) return `it has no ${'field' in edit ? edit.field : 'such bits'}`;
		const problem = setBits(changed, range, edit.value);
		if (problem) return problem;
		detail = `${'field' in edit ? edit.field : `bits ${range[0]} to ${range[1]}`} set to ${edit.value}`;
	}
	if (edit.checksums === 'fixed') sealAll(changed);
	return { bytes: changed, what: 'edit', detail: `${detail}, checksums ${edit.checksums}` };
}

/**
 * Octets of the IP header, of both headers and of the whole. Null: it is no whole TCP segment, or a damaged one, and
 * nobody who cuts and joins may hide damage under new sums.
 */
function shape(bytes: Uint8Array): { ip: number; headers: number; total: number } | null {
	const parsed = parseIpv4(bytes);
	if (!parsed.ok || parsed.packet.protocol !== TCP_PROTOCOL) return null;
	const { mf, fragmentOffset, payload, src, dst } = parsed.packet;
	if (mf || fragmentOffset) return null;
	const segment = parseTcp(payload, src, dst);
	if (!segment.ok) return null;
	const total = IPV4.get.totalLength(bytes, 0);
	return { ip: total - payload.length, headers: total - segment.packet.payload.length, total };
}

/** Cuts a TCP segment after `at` octets of its data. PSH and FIN stay with the end. */
export function splitSegment(bytes: Uint8Array, at: number): (Tampered & { rest: Uint8Array }) | string {
	const place = shape(bytes);
	if (!place) return 'it is no whole, undamaged TCP segment';
	const { ip, headers, total } = place;
	if (at < 1 || headers + at >= total) return `it has no ${at} octets of data to cut off`;
	const bits = flags.get(bytes, ip);
	if (bits & SYN) return 'a SYN is not cut';
	const first = bytes.slice(0, headers + at);
	const rest = new Uint8Array(total - at);
	rest.set(bytes.subarray(0, headers));
	rest.set(bytes.subarray(headers + at, total), headers);
	flags.set(first, ip, bits & ~(FIN | PSH));
	TCP.set.seq(rest, ip, add(TCP.get.seq(bytes, ip), at));
	for (const part of [first, rest]) {
		IPV4.set.totalLength(part, 0, part.length);
		sealAll(part);
	}
	return { bytes: first, rest, what: 'split', detail: `cut after ${at} octets of data` };
}

/** Joins two TCP segments of which the second continues the first; its acknowledgement and window are the newer ones. */
export function joinSegments(first: Uint8Array, second: Uint8Array): Tampered | string {
	const [a, b] = [shape(first), shape(second)];
	if (!a || !b) return 'both must be whole, undamaged TCP segments';
	for (const side of ['src', 'dst'] as const) {
		const [one, two] = [endpointOf(first, 0, side), endpointOf(second, 0, side)];
		if (one.address !== two.address || one.port !== two.port) return 'they belong to different connections';
	}
	const data = a.total - a.headers;
	const ends = add(TCP.get.seq(first, a.ip), data);
	const bits = flags.get(first, a.ip);
	if (bits & (SYN | FIN) || data === 0 || b.total === b.headers)
		return 'both must carry data and nothing else';
	if (ends !== TCP.get.seq(second, b.ip)) return 'the second does not continue the first';
	const length = a.total + b.total - b.headers;
	if (length > 0xffff) return 'together they are too long';
	const bytes = new Uint8Array(length);
	bytes.set(first.subarray(0, a.total));
	bytes.set(second.subarray(b.headers, b.total), a.total);
	flags.set(bytes, a.ip, bits | flags.get(second, b.ip));
	TCP.set.ack(bytes, a.ip, TCP.get.ack(second, b.ip));
	TCP.set.window(bytes, a.ip, TCP.get.window(second, b.ip));
	IPV4.set.totalLength(bytes, 0, length);
	sealAll(bytes);
	return {
		bytes,
		what: 'coalesce',
		detail: `${b.total - b.headers} octets of the next segment joined to it`
	};
}
