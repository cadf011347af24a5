/**
 * A field bit by bit: cells with their digits, in groups that have a name (flags) or are octets. Pure. Law: the digits of
 * the rows, read in order, are the field's bits.
 */
import type { BitRange, Node } from '#lib/wire/node.ts';

export interface BitCell {
	/** Counted from the first bit of the packet. */
	readonly at: number;
	readonly one: boolean;
	/** What the bit is worth where it is set; null: it counts for nothing by itself. */
	readonly worth: number | null;
}

export interface BitGroup {
	readonly range: BitRange;
	readonly bits: readonly BitCell[];
	/** `SYN`, or the octet in hexadecimal. */
	readonly name: string;
	/** Of a text the character, of an address the number. */
	readonly also: string;
	/** The part of the field that it is; null: an octet of it. */
	readonly part: Node | null;
}

export interface BitRow {
	readonly groups: readonly BitGroup[];
	/** Width of a bit in px. */
	readonly unit: number;
}

/** Between groups, in px. */
export const GROUP_GAP = 8;
/** Octets of a field that are drawn. */
export const MOST = 48;

const UNIT = { least: 15, named: 30, most: 34 };

const bitAt = (bytes: Uint8Array, bit: number): number => ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;

/** `Synchronize (SYN)` → `SYN`; `Reserved bit` → `Reserved`. */
function shortOf({ label, name }: Node): string {
	const own = /\(([^)]+)\)$/.exec(label)?.[1];
	if (own) return own;
	const last = name.split('.').pop() ?? '';
	return last.length <= 4 ? last.toUpperCase() : (label.split(' ')[0] ?? label);
}

function cellsOf(bytes: Uint8Array, [from, to]: BitRange, worth: boolean): readonly BitCell[] {
	return Array.from({ length: to - from }, (_, i) => ({
		at: from + i,
		one: bitAt(bytes, from + i) === 1,
		worth: worth ? 2 ** (to - from - 1 - i) : null
	}));
}

function hex(bytes: Uint8Array, [from, to]: BitRange): string {
	let value = 0;
	for (let bit = from; bit < to; bit++) value = value * 2 + bitAt(bytes, bit);
	return value.toString(16).padStart(Math.ceil((to - from) / 4), '0');
}

function groupsOf(node: Node, bytes: Uint8Array): readonly BitGroup[] {
	const [from, to] = node.bits;
	if (node.children?.length)
		return node.children.map((part) => ({
			range: part.bits,
			bits: cellsOf(bytes, part.bits, false),
			name: shortOf(part),
			also: '',
			part
		}));
	const groups: BitGroup[] = [];
	const end = Math.min(to, from + MOST * 8);
	for (let at = from; at < end;) {
		const next = Math.min(end, (at | 7) + 1);
		const range: BitRange = [at, next];
		const octet = bytes[at >> 3] ?? 0;
		groups.push({
			range,
			bits: cellsOf(bytes, range, node.value !== undefined && to - from <= 8),
			name: hex(bytes, range),
			also: next - at === 8 ? readingOf(node, octet) : '',
			part: null
		});
		at = next;
	}
	return groups;
}

/** An octet of an address is a number, an octet of a text a character; of a longer number it is nothing by itself. */
function readingOf({ value, shown }: Node, octet: number): string {
	if (value !== undefined) return /^\d+(\.\d+){3}$/.test(shown) ? String(octet) : '';
	return octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : (NAMED[octet] ?? '·');
}

/** Characters that cannot be seen, as ASCII names them. */
const NAMED: Readonly<Record<number, string>> = { 0x09: 'HT', 0x0a: 'LF', 0x0d: 'CR', 0x20: 'SP' };

/** The bits of a field in rows that fit into `room`, and how many octets are left out. */
export function bitRows(
	node: Node,
	bytes: Uint8Array,
	room: number
): { readonly bits: readonly BitRow[]; readonly more: number } {
	const groups = groupsOf(node, bytes);
	const named = groups.some(({ part }) => part !== null);
	const total = groups.reduce((sum, { bits }) => sum + bits.length, 0);
	const fits = (unit: number, count: number, gaps: number) => count * unit + gaps * GROUP_GAP <= room;
	const least = named ? UNIT.named : UNIT.least;
	// as many to a row as a word of the RFCs has, or half of it, or an octet
	const most = fits(least, total, groups.length - 1)
		? total
		: ([32, 16, 8].find((count) => fits(least, count, named ? count - 1 : count / 8 - 1)) ?? 8);
	const rows: BitGroup[][] = [];
	let left = 0;
	for (const group of groups) {
		if (group.bits.length > left || rows.length === 0) {
			rows.push([]);
			left = most;
		}
		rows[rows.length - 1]?.push(group);
		left -= group.bits.length;
	}
	const gaps = Math.max(0, ...rows.map((row) => row.length - 1)) * GROUP_GAP;
	const longest = Math.max(1, ...rows.map((row) => row.reduce((sum, { bits }) => sum + bits.length, 0)));
	const unit = Math.max(UNIT.least - 3, Math.min(UNIT.most, Math.floor((room - gaps) / longest)));
	const drawn = (groups[groups.length - 1]?.range[1] ?? 0) >> 3;
	return {
		bits: rows.map((row) => ({ groups: row, unit })),
		more: node.children?.length ? 0 : Math.max(0, ((node.bits[1] + 7) >> 3) - drawn)
	};
}
