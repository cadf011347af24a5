/**
 * From tables to nodes, and the small questions one asks of a tree of nodes. What a table says of a field goes into the
 * node as it is; a field of which only a part is there becomes a shorter node with a problem, so that leaves always
 * cover the octets exactly.
 */
import type { Field, Group, Header, Placed } from './layout.ts';
import type { Node } from './node.ts';
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

/** A leaf over octets `[from, to)`. */
export function leaf(about: About, shown: string, from: number, to: number, problem?: string): Node {
	const { name, label, rfc, note } = about;
	return { name, label, shown, bits: [from * 8, to * 8], rfc, note, ...(problem && { problem }) };
}

/** A node around `children`, which must not be empty and must follow each other without gaps. */
export function parent(about: About, shown: string, children: readonly Node[], problem?: string): Node {
	const { name, label, rfc, note } = about;
	const bits = [children[0]!.bits[0], children.at(-1)!.bits[1]] as const;
	return { name, label, shown, bits, rfc, note, ...(problem && { problem }), children };
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

function fieldNode(field: Placed, bytes: Uint8Array, at: number, limit: number, problem?: string): Node {
	const from = at * 8 + field.from;
	const { filter: name, label, rfc, note } = field;
	if (from + field.bits > limit) {
		const here = `${label} takes ${count(field.bits, 'bit')}, ${limit - from} are here`;
		return { name, label, shown: 'cut off', bits: [from, limit], rfc, note, problem: here };
	}
	const value = field.read(bytes, at);
	const shown = field.show ? field.show(value) : String(value);
	const bits = [from, from + field.bits] as const;
	return { name, label, shown, value, bits, rfc, note, ...(problem && { problem }) };
}

function groupNode(group: Group, children: readonly Node[], problem?: string): Node {
	const complete = children.length === group.fields.length && children.every((c) => c.value !== undefined);
	const { filter: name, label, rfc, note } = group;
	const about = { name, label, rfc, note };
	if (!complete) return parent(about, 'cut off', children, problem ?? `${label} is cut off`);
	const value = children.reduce((sum, child) => sum * 2 ** (child.bits[1] - child.bits[0]) + child.value!, 0);
	return { ...parent(about, group.show ? group.show(value) : String(value), children, problem), value };
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
	function take(field: Field): Node | null {
		const placed = header.fields[next++]!;
		return at * 8 + placed.from < limit ? fieldNode(placed, bytes, at, limit, problems[field.name]) : null;
	}
	for (const row of header.rows) {
		if ('fields' in row) {
			const children = row.fields.map(take).filter((child) => child !== null);
			if (children.length > 0) nodes.push(groupNode(row, children, problems[row.filter]));
		} else {
			const node = take(row);
			if (node) nodes.push(node);
		}
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
