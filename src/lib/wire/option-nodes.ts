/**
 * Option lists as nodes, for IPv4 and TCP alike. Every octet of the list is shown: known options by their table,
 * unknown ones by kind and length, padding, and whatever follows a length that cannot be true.
 */
import type { Header } from './layout.ts';
import type { Node } from './node.ts';
import { headerNodes, leaf, parent, type About } from './nodes.ts';
import { END_OF_LIST, optionEnd, optionProblem, rowFor, type OptionRow } from './options.ts';
import { count, octets } from './text.ts';

/** What tells one family of options from another. */
export interface OptionFamily {
	readonly rows: ReadonlyMap<number, OptionRow>;
	/** Kind and length. */
	readonly start: Header;
	readonly unknown: About;
	readonly unknownData: About;
	readonly padding: About;
}

function known(row: OptionRow, bytes: Uint8Array, at: number, end: number): Node {
	const { filter: name, label, rfc, note } = row;
	const children = headerNodes(row.layout, bytes, at, end);
	const fixed = children.length;
	for (let i = at + row.layout.octets; row.repeat && i < end;) {
		const entry = row.repeat(bytes, at, i);
		children.push(...headerNodes(entry, bytes, i, end));
		i += entry.octets;
	}
	// kind and length say nothing of what the option means
	const said = (children.length > fixed ? children.slice(fixed) : children.slice(2)).map((c) => c.shown);
	return parent({ name, label, rfc, note }, said.join(', ') || label, children);
}

/** An option without a table, or with one that its length does not fit. */
function opaque(family: OptionFamily, bytes: Uint8Array, at: number, end: number, problem?: string): Node {
	const children = headerNodes(family.start, bytes, at, end);
	const data = at + family.start.octets;
	if (end > data) children.push(leaf(family.unknownData, octets(bytes, data, end), data, end));
	const row = family.rows.get(bytes[at]!);
	if (!row) return parent(family.unknown, octets(bytes, at, end), children, problem);
	const { filter: name, label, rfc, note } = row;
	const wrong = problem ?? `${label} cannot be ${count(end - at, 'octet')} long`;
	return parent({ name, label, rfc, note }, octets(bytes, at, end), children, wrong);
}

/** The nodes of the list in octets `[from, to)`. */
export function optionNodes(family: OptionFamily, bytes: Uint8Array, from: number, to: number): Node[] {
	const nodes: Node[] = [];
	for (let at = from; at < to;) {
		const end = optionEnd(bytes, at, to);
		if (end < 0) {
			nodes.push(opaque(family, bytes, at, to, optionProblem(bytes, at, to)));
			break;
		}
		const row = rowFor(family.rows, bytes, at, end);
		nodes.push(row ? known(row, bytes, at, end) : opaque(family, bytes, at, end));
		if (bytes[at] === END_OF_LIST) {
			if (end < to) nodes.push(padding(family, bytes, end, to));
			break;
		}
		at = end;
	}
	return nodes;
}

function padding(family: OptionFamily, bytes: Uint8Array, from: number, to: number): Node {
	const dirty = bytes.subarray(from, to).some((octet) => octet !== 0);
	return leaf(
		family.padding,
		octets(bytes, from, to),
		from,
		to,
		dirty ? 'padding should be all zeros' : undefined
	);
}
