/**
 * Two packets side by side, field by field. Pure; fields are the same where they stand at the same place in the tree,
 * and what differs is counted and numbered, so that it need not be seen by colour.
 */
import type { BitRange, Node } from '#lib/wire/node.ts';
import { layerTag, rawHex, treeRows, type TreeRow } from './fields.ts';

export interface Side {
	readonly nodes: readonly Node[];
	readonly bytes: Uint8Array;
}

export interface DiffRow {
	readonly key: string;
	readonly label: string;
	readonly level: number;
	/** A layer or a group: its fields follow. */
	readonly head: boolean;
	/** Null: that packet has no such field. */
	readonly left: { readonly shown: string; readonly bits: BitRange } | null;
	readonly right: { readonly shown: string; readonly bits: BitRange } | null;
	/** Which difference this is, from 1; null: both are the same, or it is a head. */
	readonly difference: number | null;
	/** `+15`, where both are numbers of the same kind. */
	readonly by: string;
}

/** All fields of either packet, in order. */
export function diffRows(left: Side, right: Side): readonly DiffRow[] {
	const a = treeRows(left.nodes, () => true);
	const b = treeRows(right.nodes, () => true);
	const other = new Map(b.map((row, i) => [row.key, i]));
	const pairs: (readonly [TreeRow | null, TreeRow | null])[] = [];
	let next = 0;
	for (const row of a) {
		const at = other.get(row.key);
		// what only the right one has comes where the right one has it
		for (; at !== undefined && next < at; next++) pairs.push([null, b[next] ?? null]);
		pairs.push([row, at === undefined ? null : (b[at] ?? null)]);
		if (at !== undefined) next = Math.max(next, at + 1);
	}
	for (; next < b.length; next++) pairs.push([null, b[next] ?? null]);

	let differences = 0;
	return pairs.flatMap(([l, r]): DiffRow[] => {
		const one = l ?? r;
		if (!one) return [];
		const head = (l?.open ?? r?.open ?? null) !== null;
		const same =
			l !== null &&
			r !== null &&
			rawHex(left.bytes, l.node.bits, Infinity) === rawHex(right.bytes, r.node.bits, Infinity);
		return [
			{
				key: one.key,
				label: one.level === 1 ? layerTag(one.node) : one.node.label,
				level: one.level,
				head,
				left: l && { shown: l.node.shown, bits: l.node.bits },
				right: r && { shown: r.node.shown, bits: r.node.bits },
				difference: same || head ? null : ++differences,
				by: same ? '' : distance(l?.node.value, r?.node.value, one.node.name)
			}
		];
	});
}

/** Fields whose numbers are counted with; of a checksum or an address the distance says nothing. */
const COUNTED = /seq|ack_raw|len|offset|ttl|\.id$|window|port|pointer|tsval|tsecr/;

function distance(left: number | undefined, right: number | undefined, name: string): string {
	if (left === undefined || right === undefined || left === right || !COUNTED.test(name)) return '';
	return right > left ? `+${right - left}` : `\u2212${left - right}`;
}
