/**
 * A packet laid open where it is: each layer a ring round the next, each ring with its fields as cells in the order of the
 * wire, a cell with its parts or its bits under it. Pure: dissected nodes, octets, a width and what is open in, rows out.
 * Law: the cells of a ring, read row by row, are the bits of its layer, and the bits of a cell are the bits of its field.
 */
import type { BitRange, Node } from '#lib/wire/node.ts';
import type { Speech } from '#lib/wire/spoken.ts';
import { contentsOf } from './contents.ts';
import { CHAR } from './mark.ts';
import { bitRows, type BitRow } from './unfold-bits.ts';

export interface Cell {
	/** Names from the layer down, `tcp/tcp.flags`; a repeated name gets its number. */
	readonly key: string;
	readonly node: Node;
	readonly width: number;
	/** What its opening shows: its parts as cells, or its bits. */
	readonly opens: 'parts' | 'bits';
	readonly open: boolean;
}

/** What lies under a row while one of its cells is open. */
export interface Drawer {
	readonly cell: Cell;
	readonly parts: readonly Row[];
	readonly bits: readonly BitRow[];
	/** Octets that are not drawn. */
	readonly more: number;
}

export interface Row {
	readonly cells: readonly Cell[];
	readonly drawer: Drawer | null;
}

export interface Ring {
	readonly key: string;
	readonly node: Node;
	/** `ip`, `tcp`, `pop`. */
	readonly protocol: string;
	/** Paper: it is the innermost and not a header. */
	readonly paper: boolean;
	/** Of a paper whose octets are not laid out here: what it is written in. */
	readonly speech: Speech | null;
	readonly open: boolean;
	/** What it has inside its border. */
	readonly width: number;
	/** Empty while it is closed. */
	readonly rows: readonly Row[];
}

/** How thick a ring is on each side of what it holds, in px. */
export const RING = 9;
/** Between cells. */
export const GAP = 4;
/** A drawer's own border and padding on both sides. */
export const DRAWER = 18;

/** Width of a character of a label (12 px) and what is beside it in a cell. */
const LETTER = 6.5;
const SIDES = 18;
const LEAST = 58;

export const HEADERS: readonly string[] = ['ip', 'tcp', 'udp', 'icmp'];
const protocolOf = ({ name }: Node): string => name.split('.')[0] ?? '';

/** The children of a node with their keys. */
function keyed(nodes: readonly Node[], parent: string): readonly { key: string; node: Node }[] {
	const seen = new Map<string, number>();
	return nodes.map((node) => {
		const nth = (seen.get(node.name) ?? 0) + 1;
		seen.set(node.name, nth);
		return { key: `${parent && `${parent}/`}${node.name}${nth > 1 ? `~${nth}` : ''}`, node };
	});
}

/** Flags and other parts of single octets are seen best as bits; anything longer in parts first. */
function opensAs({ children, bits }: Node): Cell['opens'] {
	if (!children?.length) return 'bits';
	const small = children.every((child) => child.bits[1] - child.bits[0] < 8);
	return small && bits[1] - bits[0] <= 32 ? 'bits' : 'parts';
}

/** What a value is cut to in a cell: the whole is in the drawer. */
const VALUE = 30;
const wishOf = ({ label, shown }: Node): number =>
	Math.ceil(Math.max(LEAST, label.length * LETTER + SIDES, Math.min(VALUE, shown.length) * CHAR + SIDES));

/** Packs wishes into rows, none wider than `room`, as evenly as they go: the least sum of squared slack. */
function packed(wishes: readonly number[], room: number): readonly (readonly [from: number, to: number])[] {
	const least: number[] = [0];
	const from: number[] = [0];
	for (let end = 1; end <= wishes.length; end++) {
		let taken = -GAP;
		least[end] = Infinity;
		for (let start = end - 1; start >= 0; start--) {
			taken += (wishes[start] ?? 0) + GAP;
			if (taken > room && start < end - 1) break;
			const slack = Math.max(0, room - taken);
			// another row costs as much as a third of a row left empty
			const cost = (least[start] ?? 0) + slack * slack + (room / 3) ** 2;
			if (cost < (least[end] ?? Infinity)) {
				least[end] = cost;
				from[end] = start;
			}
		}
	}
	const rows: [number, number][] = [];
	for (let end = wishes.length; end > 0; end = from[end] ?? 0) rows.unshift([from[end] ?? 0, end]);
	return rows;
}

/** Widths that fill `room` with the gaps between them, in whole px; each gets its share of what is left over. */
function filled(wishes: readonly number[], room: number): readonly number[] {
	const free = room - GAP * (wishes.length - 1);
	const sum = wishes.reduce((all, wish) => all + wish, 0);
	let before = 0;
	let edge = 0;
	return wishes.map((wish) => {
		before += wish;
		const to = Math.round((before / Math.max(1, sum)) * free);
		const width = to - edge;
		edge = to;
		return width;
	});
}

/** What a ring shows: of a layer that is one line, the parts of the line. */
function contentOf(key: string, node: Node): { readonly key: string; readonly nodes: readonly Node[] } {
	const all = node.children ?? [];
	const [only] = all;
	return only?.children?.length && all.length === 1
		? { key: `${key}/${only.name}`, nodes: only.children }
		: { key, nodes: all.length ? all : [node] };
}

function rowsOf(
	nodes: readonly Node[],
	parent: string,
	bytes: Uint8Array,
	room: number,
	isOpen: (key: string) => boolean
): readonly Row[] {
	const all = keyed(nodes, parent);
	const wishes = all.map(({ node }) => Math.min(room, wishOf(node)));
	return packed(wishes, room).map(([from, to]): Row => {
		const widths = filled(wishes.slice(from, to), room);
		const cells = all.slice(from, to).map(({ key, node }, i): Cell => {
			return { key, node, width: widths[i] ?? LEAST, opens: opensAs(node), open: isOpen(key) };
		});
		const cell = cells.find(({ open }) => open);
		return { cells, drawer: cell ? drawerOf(cell, bytes, room - DRAWER, isOpen) : null };
	});
}

function drawerOf(cell: Cell, bytes: Uint8Array, room: number, isOpen: (key: string) => boolean): Drawer {
	const { key, node, opens } = cell;
	if (opens === 'parts') {
		const parts = rowsOf(node.children ?? [], key, bytes, room, isOpen);
		return { cell, parts, bits: [], more: 0 };
	}
	return { cell, parts: [], ...bitRows(node, bytes, room) };
}

/**
 * The rings of a packet, outermost first, in a box of `width`. `open`: the rings that show their fields, and the one cell
 * that is open in them, with the cells that it is a part of.
 */
export function unfold(
	layers: readonly Node[],
	bytes: Uint8Array,
	width: number,
	open: { readonly rings: (key: string, node: Node) => boolean; readonly cell: string | null }
): readonly Ring[] {
	const isOpen = (key: string) => open.cell === key || open.cell?.startsWith(`${key}/`) === true;
	return keyed(layers, '').map(({ key, node }, depth): Ring => {
		const protocol = protocolOf(node);
		const paper = depth > 0 && !HEADERS.includes(protocol);
		const room = width - 2 * RING * (depth + 1);
		const shown = open.rings(key, node);
		const inside = contentOf(key, node);
		return {
			key,
			node,
			protocol,
			paper,
			speech: paper && protocol === 'data' ? contentsOf(bytes).speech : null,
			open: shown,
			width: room,
			rows: shown ? rowsOf(inside.nodes, inside.key, bytes, room, isOpen) : []
		};
	});
}

/** The ring and the cell to open so that `bits` are seen; null: no layer has them. */
export function holderOf(
	layers: readonly Node[],
	bits: BitRange
): { readonly ring: string; readonly cell: string | null } | null {
	const holds = ({ bits: [from, to] }: Node) => from <= bits[0] && to >= bits[1] && to > from;
	const whole = ({ bits: [from, to] }: Node) => from === bits[0] && to === bits[1];
	const ring = keyed(layers, '').find(({ node }) => holds(node));
	if (!ring) return null;
	if (whole(ring.node)) return { ring: ring.key, cell: null };
	let at = ring;
	for (;;) {
		if (at !== ring && (opensAs(at.node) === 'bits' || (whole(at.node) && !at.node.children?.some(whole))))
			break;
		const next = keyed(at.node.children ?? [], at.key).find(({ node }) => holds(node));
		if (!next) break;
		at = next;
	}
	return { ring: ring.key, cell: at === ring ? null : at.key };
}
