/**
 * What can be done by hand to one packet at the playhead: where it is, what its octets are by now, and why an act would be
 * refused. Pure; the world itself judges again.
 */
import type { Act, Event, EventOf, Input } from '#lib/sim/event.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { IPV4, TCP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import { writer } from '#lib/wire/layout.ts';
import type { BitRange, Node } from '#lib/wire/node.ts';
import { add } from '#lib/wire/seq.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { latin1 } from '#lib/wire/text.ts';
import * as words from '#words/bend.ts';

/** A packet on a link, as the cursor shows it. */
export interface InHand {
	readonly packet: number;
	readonly link: string;
	readonly from: string;
	readonly to: string;
	readonly bytes: Uint8Array;
	readonly held: boolean;
}

/** The packet where it is on its way; null: it is on no link. `shown` is the log up to the cursor. */
export function inHand(shown: readonly Event[], packet: number): InHand | null {
	const onLinks: { sent: EventOf<'packet.sent'>; bytes: Uint8Array; held: boolean }[] = [];
	for (const event of shown) {
		if (!('packet' in event) || event.packet !== packet) continue;
		if (event.kind === 'packet.sent') {
			if (event.arrives !== null) onLinks.push({ sent: event, bytes: event.bytes, held: false });
			continue;
		}
		const at = onLinks.findIndex(({ sent }) => sent.link === event.link);
		const flight = onLinks[at];
		if (!flight) continue;
		if (event.kind === 'packet.changed') {
			if (event.bytes) flight.bytes = event.bytes;
			if (event.what === 'hold') flight.held = true;
			if (event.what === 'release') flight.held = false;
		} else onLinks.splice(at, 1);
	}
	const [first] = onLinks;
	if (!first) return null;
	const { link, from, to } = first.sent;
	return { packet, link, from, to, bytes: first.bytes, held: first.held };
}

/** Of a packet's links one that somebody has cut; null: none is. `shown` as in `inHand`. */
export function cutLink(shown: readonly Event[], packet: number): string | null {
	const down = new Set<string>();
	const crossed = new Set<string>();
	for (const event of shown) {
		if (event.kind === 'packet.sent' && event.packet === packet) crossed.add(event.link);
		if (event.kind !== 'input' || event.input.kind !== 'link') continue;
		if (event.input.up) down.delete(event.input.link);
		else down.add(event.input.link);
	}
	return [...crossed].find((link) => down.has(link)) ?? null;
}

/** The packet on the same link whose octets continue this one's; null: there is none. */
export function continuation(shown: readonly Event[], { packet, link, to, bytes }: InHand): number | null {
	const end = endOf(bytes);
	if (end === null) return null;
	for (let i = shown.length - 1; i >= 0; i--) {
		const event = shown[i];
		if (event?.kind !== 'packet.sent' || event.link !== link || event.to !== to) continue;
		if (event.packet === packet) break;
		const other = inHand(shown, event.packet);
		if (other?.link === link && startOf(other.bytes) === end) return other.packet;
	}
	return null;
}

/** Ports and sequence number at which the data of a whole TCP segment begins, and ends; null: it has none. */
function startOf(bytes: Uint8Array): string | null {
	return dataOf(bytes) ? placeOf(bytes, 0) : null;
}
function endOf(bytes: Uint8Array): string | null {
	const data = dataOf(bytes);
	// a FIN is the end, and has a number of its own
	return data && !TCP.get.fin(bytes, IPV4.get.ihl(bytes, 0) * 4) ? placeOf(bytes, data) : null;
}
function placeOf(bytes: Uint8Array, after: number): string {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const { srcPort, dstPort, seq } = TCP.get;
	return `${srcPort(bytes, at)} ${dstPort(bytes, at)} ${add(seq(bytes, at), after)}`;
}

/** Where a field is by its name in the dissection. */
function bitsOf(bytes: Uint8Array, name: string): BitRange | null {
	const nodes: Node[] = [dissect(bytes)];
	for (const node of nodes) {
		if (node.name === name) return node.bits;
		nodes.push(...(node.children ?? []));
	}
	return null;
}

/** Octets of TCP data; null: it is no whole TCP segment. */
function dataOf(bytes: Uint8Array): number | null {
	const at = IPV4.get.ihl(bytes, 0) * 4;
	const piece = IPV4.get.mf(bytes, 0) || IPV4.get.fragmentOffset(bytes, 0);
	if (IPV4.get.protocol(bytes, 0) !== TCP_PROTOCOL || piece || bytes.length < at + TCP.octets) return null;
	return bytes.length - at - TCP.get.dataOffset(bytes, at) * 4;
}

/** Why it cannot be done; null: the world will do it. */
export function refusal({ bytes, held }: InHand, act: Act): string | null {
	if (act.do === 'delay') return held ? words.held : null;
	if (act.do === 'corrupt') return act.bit < bytes.length * 8 ? null : words.noBit(act.bit);
	if (act.do === 'split') {
		const data = dataOf(bytes);
		if (data === null) return words.noWholeSegment;
		const at = IPV4.get.ihl(bytes, 0) * 4;
		if (TCP.get.syn(bytes, at)) return words.synIsWhole;
		return act.at >= 1 && act.at < data ? null : words.octetsOfData(data);
	}
	if (act.do !== 'edit' || !('field' in act)) return null;
	const bits = bitsOf(bytes, act.field);
	if (!bits) return words.noField;
	const width = bits[1] - bits[0];
	return act.value < 2 ** width ? null : words.tooLarge(act.value, width);
}

/** Fields that can be set by hand, by their names in the dissection. */
export const EDITABLE = [
	{ field: 'ip.ttl', label: 'TTL' },
	{ field: 'tcp.seq_raw', label: words.sequence },
	{ field: 'tcp.ack_raw', label: words.acknowledgement },
	{ field: 'tcp.window_size_value', label: words.window },
	{ field: 'tcp.srcport', label: words.sourcePort },
	{ field: 'tcp.dstport', label: words.destinationPort },
	{ field: 'tcp.flags.syn', label: 'SYN' },
	{ field: 'tcp.flags.fin', label: 'FIN' },
	{ field: 'tcp.flags.reset', label: 'RST' },
	{ field: 'ip.flags.df', label: words.dontFragment }
] as const;

/** What an edit can be of, as a form names it. */
export interface Editable {
	readonly field: string;
	readonly label: string;
}
const OFTEN = new Set<string>(EDITABLE.map(({ field }) => field));
/** Headers whose fields can be set, by the beginning of their names. */
const HEADERS = /^(ip|tcp|udp|icmp)\./;

/** Every other field of its headers that is a number of at most 32 bits, by its first place. */
export function otherFields(bytes: Uint8Array): Editable[] {
	const found = new Map<string, string>();
	function walk({ name, label, value, bits: [from, to], children }: Node): void {
		const settable = value !== undefined && (to - 1) >> 3 <= (from >> 3) + 3;
		if (settable && !children && HEADERS.test(name) && !OFTEN.has(name) && !found.has(name))
			found.set(name, `${label} (${name})`);
		children?.forEach(walk);
	}
	walk(dissect(bytes));
	return [...found].map(([field, label]) => ({ field, label }));
}

/** A datagram that follows this one to the same host: the same again, or with one control bit more. */
export function forgery(hand: InHand, bit: 'none' | 'reset' | 'fin'): Input | string {
	const bytes = hand.bytes.slice();
	const bits = bit === 'none' ? null : bitsOf(bytes, `tcp.flags.${bit}`);
	if (bit !== 'none' && !bits) return words.noSegment;
	if (bits) writer(bits[0], bits[1] - bits[0])(bytes, 0, 1);
	return {
		kind: 'forge',
		link: hand.link,
		towards: hand.to,
		octets: latin1(bytes),
		checksums: 'fixed'
	};
}
