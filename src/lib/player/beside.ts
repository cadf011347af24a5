/**
 * The packets of two futures of one past beside each other: those that are the same are counted, and from the first that
 * is not each stands beside the one that the other run sent in its place, with the names of the fields that differ. Pure.
 */
import * as words from '#words/compare.ts';
import { diffRows } from './diff.ts';
import { layersOf } from './fields.ts';
import type { PacketRow } from './packets.ts';
import { tableText } from './table-text.ts';

export interface Pair {
	/** Null: that run has sent no more. */
	readonly here: PacketRow | null;
	readonly there: PacketRow | null;
	/** Names of what differs; nothing where there is only one of them. */
	readonly in: readonly string[];
}

export interface Beside {
	/** Packets before the first difference. */
	readonly same: number;
	/** From the first difference on, at most so many as were asked for. */
	readonly pairs: readonly Pair[];
	/** Packets of either run that stand in none of them. */
	readonly more: number;
}

/** What follows from other fields: told only where nothing else differs. */
const COMPUTED = /checksum$|\.len$|\.hdr_len$|\/ip\.id$|pop\.space/;

const sameOctets = (a: Uint8Array, b: Uint8Array): boolean =>
	a.length === b.length && a.every((octet, i) => octet === b[i]);

const same = (a: PacketRow, b: PacketRow): boolean =>
	a.at === b.at && a.link === b.link && a.lostWhere === b.lostWhere && sameOctets(a.bytes, b.bytes);

function differences(a: PacketRow, b: PacketRow): readonly string[] {
	const side = ({ bytes }: PacketRow) => ({ nodes: layersOf(bytes), bytes });
	const fields = diffRows(side(a), side(b)).filter(({ difference }) => difference !== null);
	const own = fields.filter(({ key }) => !COMPUTED.test(key));
	const told = [...new Set((own.length ? own : fields).map(({ label }) => label))];
	return [
		...told,
		...(a.at === b.at ? [] : [words.time]),
		...(a.lostWhere === b.lostWhere ? [] : [words.fate])
	];
}

/** What of a packet a person would know again in the other run. */
const face = ({ from, flags, info }: PacketRow): string => `${from} ${flags} ${info}`;

/** Places of the longest common part of two lists, in order. */
function common(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
	const width = b.length + 1;
	const longest = new Uint32Array((a.length + 1) * width);
	const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	const places: [number, number][] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length;)
		if (a[i] === b[j]) places.push([i++, j++]);
		else if (at(i + 1, j) >= at(i, j + 1)) i++;
		else j++;
	return places;
}

/** Packets between two that both runs have: one sent in the other's place stands beside it, else each alone, by time. */
function between(here: readonly PacketRow[], there: readonly PacketRow[]): readonly Both[] {
	const both: Both[] = [];
	let [i, j] = [0, 0];
	while (i < here.length || j < there.length) {
		const [a = null, b = null] = [here[i], there[j]];
		const paired = a !== null && b !== null && a.from === b.from;
		const first = a && b ? a.at <= b.at : a !== null;
		if (paired || first) i++;
		if (paired || !first) j++;
		both.push([paired || first ? a : null, paired || !first ? b : null]);
	}
	return both;
}
type Both = readonly [PacketRow | null, PacketRow | null];

/** `most`: pairs that are made. */
export function beside(here: readonly PacketRow[], there: readonly PacketRow[], most: number): Beside {
	let first = 0;
	for (; ; first++) {
		const [a, b] = [here[first], there[first]];
		if (!a || !b || !same(a, b)) break;
	}
	const [mine, other] = [here.slice(first, first + most), there.slice(first, first + most)];
	const both: Both[] = [];
	let [i, j] = [0, 0];
	for (const [a, b] of [...common(mine.map(face), other.map(face)), [mine.length, other.length] as const]) {
		both.push(...between(mine.slice(i, a), other.slice(j, b)));
		const [one, two] = [mine[a], other[b]];
		if (one && two) both.push([one, two]);
		[i, j] = [a + 1, b + 1];
	}
	const pairs = both
		.slice(0, most)
		.map(([a, b]): Pair => ({ here: a, there: b, in: a && b && !same(a, b) ? differences(a, b) : [] }));
	const made = (side: 'here' | 'there') => pairs.filter((pair) => pair[side]).length;
	return {
		same: first,
		pairs,
		more: here.length + there.length - 2 * first - made('here') - made('there')
	};
}

const seconds = (micros: number): string => (micros / 1e6).toFixed(3);

/** A packet of one of the runs in a line. */
export const besideText = (row: PacketRow): string =>
	`${seconds(row.at)} s ${row.from} > ${row.to} ${row.flags} ${row.info}${row.lostWhere ? `, ${row.lostWhere}` : ''}`;

/** How the two of a pair stand to each other. */
export const relationText = ({ here, there, in: fields }: Pair): string =>
	!there ? words.onlyHere : !here ? words.onlyThere : fields.join(', ') || words.equal;

/** All of it in lines: what each run sent, and what differs. */
export const besideLines = ({ same: before, pairs, more }: Beside): string =>
	[
		words.before(before),
		...pairs.flatMap((pair) => [
			'',
			...(pair.here ? [`${words.here} #${pair.here.packet} ${besideText(pair.here)}`] : []),
			...(pair.there ? [`${words.there} #${pair.there.packet} ${besideText(pair.there)}`] : []),
			relationText(pair)
		]),
		...(more ? ['', words.more(more)] : [])
	].join('\n') + '\n';

/** All of it as a table that a spreadsheet takes. */
export const besideTable = ({ pairs }: Beside): string =>
	tableText(
		words.columns,
		pairs.map((pair) => [
			pair.here?.packet ?? '',
			pair.here ? besideText(pair.here) : '',
			pair.there?.packet ?? '',
			pair.there ? besideText(pair.there) : '',
			relationText(pair)
		])
	);
