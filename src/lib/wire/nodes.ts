/**
 * From tables to nodes, and the small questions one asks of a tree of nodes. What a table says of a field goes into the
 * node as it is; a field of which only a part is there becomes a shorter node with a problem, so that leaves always
 * cover the octets exactly.
 */
import type { Field, Group, Header, Placed } from './layout.ts';
import type { BitRange, Node } from './node.ts';
import { count, octets } from './text.ts';

/** What is wrong, by field name. */
export type Problems = Readonly<Record<string, string | undefined>>;

/** What a node says about itself besides its value and place. */
export interface About {
	readonly name: string;
	readonly label: string;
	readonly rfc: string;
	readonly note: string;
}

/** All nodes are made here, alike in shape, because a screenful of them is made at once. */
function make(
	about: About,
	shown: string,
	bits: BitRange,
	problem?: string,
	children?: readonly Node[],
	value?: number
): Node {
	const { name, label, rfc, note } = about;
	return { name, label, shown, value, bits, rfc, note, problem, children };
}

/** A leaf over octets `[from, to)`. */
export function leaf(about: About, shown: string, from: number, to: number, problem?: string): Node {
	return make(about, shown, [from * 8, to * 8], problem);
}

/** A node around `children`, which must not be empty and must follow each other without gaps. */
export function parent(about: About, shown: string, children: readonly Node[], problem?: string): Node {
	return make(about, shown, [children[0]!.bits[0], children.at(-1)!.bits[1]], problem, children);
}

const DATA: About = {
	name: 'data.data',
	label: 'Data',
	rfc: 'RFC 9293 §3.1',
	note: 'The octets that the program on top wanted to send.'
};

/** Octets that no table here explains. */
export function dataNode(bytes: Uint8Array, from: number, to: number): Node {
	return leaf(DATA, octets(bytes, from, to), from, to);
}

/** What a row of a table says, as a node says it. */
function aboutRow(row: Field | Group): About {
	return { name: row.filter, label: row.label, rfc: row.rfc, note: row.note };
}

function fieldNode(field: Placed, bytes: Uint8Array, at: number, limit: number, problem?: string): Node {
	const from = at * 8 + field.from;
	const end = from + field.bits;
	if (end > limit) {
		const here = `${field.label} takes ${count(field.bits, 'bit')}, ${limit - from} are here`;
		return make(aboutRow(field), 'cut off', [from, limit], here);
	}
	const value = field.read(bytes, at);
	const shown = field.show ? field.show(value) : String(value);
	return make(aboutRow(field), shown, [from, end], problem, undefined, value);
}

function groupNode(group: Group, children: readonly Node[], problem?: string): Node {
	const bits = [children[0]!.bits[0], children.at(-1)!.bits[1]] as const;
	if (children.length < group.fields.length || children.some((child) => child.value === undefined)) {
		const here = `${group.label}: only ${count(bits[1] - bits[0], 'bit')} are here`;
		return make(aboutRow(group), 'cut off', bits, problem ?? here, children);
	}
	const value = children.reduce((sum, child) => sum * 2 ** (child.bits[1] - child.bits[0]) + child.value!, 0);
	const shown = group.show ? group.show(value) : String(value);
	return make(aboutRow(group), shown, bits, problem, children, value);
}

/**
 * One node per row of `header`, which starts at octet `at`; octets from `to` on do not belong to it. Rows without a
 * single bit there are left out.
 */
export function headerNodes(
	header: Header,
	bytes: Uint8Array,
	at: number,
	to: number,
	problems: Problems = {}
): Node[] {
	const limit = Math.min(to, at + header.octets) * 8;
	const nodes: Node[] = [];
	let next = 0;
	for (const row of header.rows) {
		const into: Node[] = 'fields' in row ? [] : nodes;
		const last = next + ('fields' in row ? row.fields.length : 1);
		for (; next < last; next++) {
			const field = header.fields[next]!;
			if (at * 8 + field.from >= limit) break;
			into.push(fieldNode(field, bytes, at, limit, problems[field.name]));
		}
		next = last;
		if ('fields' in row && into.length > 0) nodes.push(groupNode(row, into, problems[row.filter]));
	}
	return nodes;
}

/** The first node called `name`, in the order of the bits, parents before children. */
export function find(root: Node, name: string): Node | undefined {
	if (root.name === name) return root;
	for (const child of root.children ?? []) {
		const found = find(child, name);
		if (found) return found;
	}
	return undefined;
}

/** Every node called `name`, in the same order. */
export function findAll(root: Node, name: string): Node[] {
	const below = (root.children ?? []).flatMap((child) => findAll(child, name));
	return root.name === name ? [root, ...below] : below;
}

/** The nodes without children, in the order of the bits. */
export function leaves(root: Node): Node[] {
	return root.children ? root.children.flatMap(leaves) : [root];
}

/** The nodes from `root` down to the leaf that holds `bit`; empty when the bit lies outside. */
export function path(root: Node, bit: number): Node[] {
	if (bit < root.bits[0] || bit >= root.bits[1]) return [];
	const child = root.children?.find((c) => bit >= c.bits[0] && bit < c.bits[1]);
	return child ? [root, ...path(child, bit)] : [root];
}

/** The leaf that holds `bit`, counted from the first bit of the packet. */
export function at(root: Node, bit: number): Node | undefined {
	return path(root, bit).at(-1);
}

/** Every node that has a problem, in the order of the bits. */
export function problems(root: Node): Node[] {
	const below = (root.children ?? []).flatMap(problems);
	return root.problem === undefined ? below : [root, ...below];
}
