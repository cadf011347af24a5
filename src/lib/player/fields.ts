/**
 * Dissected fields as the tree, the bytes and the bit strip show them. Pure functions over nodes and octets: the screen
 * compares bit ranges and knows no layout. A `key` names a node by its place, so that what the player opened in one
 * packet stays open in the next.
 */
import type { Lens } from '#lib/levels/level.ts';
import { dissect } from '#lib/wire/dissect.ts';
import { ICMP } from '#lib/wire/icmp-header.ts';
import { IPV4 } from '#lib/wire/ipv4-header.ts';
import type { BitRange, Node } from '#lib/wire/node.ts';
import { TCP } from '#lib/wire/tcp-header.ts';
import { UDP } from '#lib/wire/udp.ts';
import * as words from '#words/packet-rows.ts';

const dissected = new WeakMap<Uint8Array, readonly Node[]>();

/** The layers of a datagram, outermost first. The same array is dissected once. */
export function layersOf(bytes: Uint8Array): readonly Node[] {
	let layers = dissected.get(bytes);
	if (!layers) {
		const root = dissect(bytes);
		dissected.set(bytes, (layers = root.children ?? [root]));
	}
	return layers;
}

export interface TreeRow {
	/** Names from the top down, `tcp/tcp.flags/tcp.flags.syn`; a repeated name gets its number: `pop/pop.line~2`. */
	readonly key: string;
	readonly node: Node;
	/** From 1, as `aria-level`. */
	readonly level: number;
	/** Place among its siblings, from 1, and their number. */
	readonly position: number;
	readonly size: number;
	/** Null on a leaf. */
	readonly open: boolean | null;
	/** Key of the row it hangs under. */
	readonly parent: string | null;
}

/** Calls `visit` for every node with its key and level; goes below a node where `visit` returns true. */
function walk(
	nodes: readonly Node[],
	visit: (node: Node, key: string, level: number, position: number, parent: string | null) => boolean,
	parent: string | null = null,
	level = 1
): void {
	const seen = new Map<string, number>();
	nodes.forEach((node, i) => {
		const nth = (seen.get(node.name) ?? 0) + 1;
		seen.set(node.name, nth);
		const key = `${parent === null ? '' : `${parent}/`}${node.name}${nth > 1 ? `~${nth}` : ''}`;
		if (visit(node, key, level, i + 1, parent)) walk(node.children ?? [], visit, key, level + 1);
	});
}

/** The rows a person sees: a closed node hides what is below it. */
export function treeRows(
	nodes: readonly Node[],
	isOpen: (key: string, node: Node, level: number) => boolean
): TreeRow[] {
	const rows: TreeRow[] = [];
	const sizes = new Map<string | null, number>([[null, nodes.length]]);
	walk(nodes, (node, key, level, position, parent) => {
		const children = node.children?.length ?? 0;
		sizes.set(key, children);
		const open = children > 0 ? isOpen(key, node, level) : null;
		rows.push({ key, node, level, position, size: sizes.get(parent) ?? 1, open, parent });
		return open === true;
	});
	return rows;
}

/** Which stop of the lens a layer belongs to: 3 the IP header, 2 what IP carries, 1 the text inside. */
export function stopOf(layer: Node): 1 | 2 | 3 {
	const protocol = layer.name.split('.')[0];
	if (protocol === 'ip') return 3;
	return protocol === 'tcp' || protocol === 'udp' || protocol === 'icmp' ? 2 : 1;
}

/** The short name of a layer, as the packet list has it. */
export function layerTag(layer: Node): string {
	const protocol = layer.name.split('.')[0] ?? '';
	return protocol === 'pop' ? 'POP3' : protocol.toUpperCase();
}

/** What stands open at a stop of the lens: the layer it is about, at 4 everything. */
export function opensAt(lens: Lens, top: Node, node: Node, level: number): boolean {
	if (lens === 4) return true;
	if (stopOf(top) !== lens) return false;
	return level === 1 || (lens === 1 && (top.children?.length ?? 0) <= 2 && level === 2 && node !== top);
}

/** The keys from the top down to the deepest node that holds all of `bits`; empty when none does. */
export function pathTo(nodes: readonly Node[], bits: BitRange): readonly string[] {
	const path: string[] = [];
	walk(nodes, (node, key) => {
		const holds = node.bits[0] <= bits[0] && node.bits[1] >= bits[1] && node.bits[1] > node.bits[0];
		if (holds) path.push(key);
		return holds;
	});
	return path;
}

/** The node with this key. */
export function nodeAt(nodes: readonly Node[], key: string): Node | null {
	let found: Node | null = null;
	walk(nodes, (node, at) => {
		if (at === key) found = node;
		return key.startsWith(`${at}/`);
	});
	return found;
}

/** Raw text of every field by key, for "unchanged since the last packet". */
export function rawFields(nodes: readonly Node[], bytes: Uint8Array): ReadonlyMap<string, string> {
	const raw = new Map<string, string>();
	walk(nodes, (node, key) => {
		raw.set(key, rawHex(bytes, node.bits, Infinity));
		return true;
	});
	return raw;
}

/**
 * Hexadecimal of a range: pairs with spaces for whole octets (at most `most`, else one less and `…`), else the number the bits make,
 * as many digits as it needs.
 */
export function rawHex(bytes: Uint8Array, [from, to]: BitRange, most = 4): string {
	if (from % 8 === 0 && to % 8 === 0) {
		const cut = (to - from) / 8 > most;
		const end = cut ? from / 8 + most - 1 : to / 8;
		return Array.from(bytes.subarray(from / 8, end), pair).join(' ') + (cut ? ' …' : '');
	}
	let value = 0;
	for (let bit = from; bit < to; bit++) value = value * 2 + bitAt(bytes, bit);
	return value.toString(16).padStart(Math.ceil((to - from) / 4), '0');
}

/** An octet as two lower-case digits. */
export const pair = (octet: number): string => octet.toString(16).padStart(2, '0');

/** Printable ASCII as it is, anything else as a middle dot, which no one takes for a full stop. */
export const character = (octet: number): string =>
	octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '\u00b7';

const bitAt = (bytes: Uint8Array, bit: number): number => ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;

/** Where a range lies, in words: `byte 8`, `bytes 12 to 15`, `byte 33, bit 6`. Bits count from the left, from 0. */
export function placeOf([from, to]: BitRange): string {
	const first = from >> 3;
	const last = Math.max(first, (to - 1) >> 3);
	const where = words.byteRange(first, last);
	if (from % 8 === 0 && to % 8 === 0) return where;
	if (first !== last) return `${where}, ${words.bits(to - from)}`;
	return `${where}, ${words.bitRange(from & 7, (to - 1) & 7)}`;
}

export interface StripOctet {
	/** Position in the packet. */
	readonly at: number;
	readonly bits: readonly { readonly one: boolean; readonly marked: boolean }[];
}

/** The octets that `bits` touches, at most `most`, bit by bit, with the range marked. */
export function bitStrip(bytes: Uint8Array, [from, to]: BitRange, most = 4): readonly StripOctet[] {
	const strip: StripOctet[] = [];
	for (let at = from >> 3; at * 8 < to && strip.length < most; at++) {
		const bits = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
			const bit = at * 8 + i;
			return { one: bitAt(bytes, bit) === 1, marked: bit >= from && bit < to };
		});
		strip.push({ at, bits });
	}
	return strip;
}

/** The leaves in the order of the bits. */
export function leavesOf(nodes: readonly Node[]): readonly Node[] {
	return nodes.flatMap((node) => (node.children?.length ? leavesOf(node.children) : [node]));
}

/** For every octet the range of all leaves that have a bit in it: what lights when that octet is touched. */
export function cellRanges(nodes: readonly Node[], octets: number): readonly BitRange[] {
	const from = Array.from({ length: octets }, (_, at) => at * 8);
	const to = from.map((bit) => bit + 8);
	for (const { bits } of leavesOf(nodes))
		for (let at = bits[0] >> 3; at * 8 < bits[1] && at < octets; at++) {
			from[at] = Math.min(from[at] ?? 0, bits[0]);
			to[at] = Math.max(to[at] ?? 0, bits[1]);
		}
	return from.map((bit, at) => [bit, to[at] ?? bit + 8]);
}

/** For every octet the labels of the leaves that have a bit in it: `Version and Header length`. */
export function cellNames(nodes: readonly Node[], octets: number): readonly string[] {
	const names: string[] = Array.from({ length: octets }, () => '');
	for (const { bits, label } of leavesOf(nodes))
		for (let at = bits[0] >> 3; at * 8 < bits[1] && at < octets; at++) {
			const other = names[at];
			names[at] = other ? words.both(other, label) : label;
		}
	return names;
}

/** The one node that is exactly this range (the deepest), else the leaves that have a bit in it. */
export function nodesAt(nodes: readonly Node[], bits: BitRange): readonly Node[] {
	let exact: Node | null = null;
	walk(nodes, (node) => {
		if (node.bits[0] === bits[0] && node.bits[1] === bits[1]) exact = node;
		return node.bits[0] <= bits[0] && node.bits[1] >= bits[1];
	});
	if (exact) return [exact];
	return leavesOf(nodes).filter((leaf) => leaf.bits[0] < bits[1] && bits[0] < leaf.bits[1]);
}

/** Names of the fields that the stack fills in by itself: lengths and checksums. */
export const computedFields: ReadonlySet<string> = new Set(
	[IPV4, TCP, UDP, ICMP].flatMap((header) =>
		header.fields.filter((field) => field.fill).map((field) => field.filter)
	)
);
