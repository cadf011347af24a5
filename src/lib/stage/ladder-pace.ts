/**
 * How far down the ladder each departure and arrival stands: in rows of equal height, or true to time. True to time a hop
 * is a little higher than a row, a wait of more than a few hops is a tear with its seconds, and labels keep their distance. Pure.
 * Law: what is later in the log is never higher.
 */
import type { Micros } from '#lib/sim/event.ts';
import { lastAtMost } from '#lib/wire/last-at-most.ts';
import type { Parcel } from './parcel.ts';

export type Pace = 'event' | 'time';

/** Height of a row in px; the list under the drawing has rows of the same height. */
export const ROW = 44;
export const TOP = 4;
/** Within a row: where an arrow starts, and the part in which arrivals stand. */
const START = 0.36;
const FIRST = 0.42;
const LAST = 0.84;
/** True to time: least distance of two departures, the height of a tear, and what is torn. */
const APART = 17;
const TEAR = 46;
const TORN = 3.5 * ROW;
/** What a hop is high. */
const HOP = 1.4 * ROW;

export interface Height {
	readonly y1: number;
	/** Where it arrives, or would. */
	readonly y2: number;
	/** Of its row in the list. */
	readonly top: number;
	readonly height: number;
}

/** A wait that is not drawn at its length. */
export interface Tear {
	readonly y1: number;
	readonly y2: number;
	readonly gap: Micros;
	/** When it ends. */
	readonly until: Micros;
}

export interface Heights {
	/** By row. */
	readonly y1: Float64Array;
	readonly y2: Float64Array;
	readonly top: Float64Array;
	readonly height: Float64Array;
	readonly tears: readonly Tear[];
	/** Height of an instant; null: rows know no instants. */
	readonly yAt: ((at: Micros) => number) | null;
}

export const heightsOf = (
	parcels: readonly Parcel[],
	landed: readonly number[],
	pace: Pace,
	instants: readonly Micros[]
): Heights => (pace === 'event' ? inRows(parcels, landed) : inTime(parcels, instants));

const columns = (length: number) => ({
	y1: new Float64Array(length),
	y2: new Float64Array(length),
	top: new Float64Array(length),
	height: new Float64Array(length)
});

/** Rows of those that have ended, in the order in which they did. */
export function landedRows(parcels: readonly Parcel[]): readonly number[] {
	const rows: number[] = [];
	let sorted = true;
	let before = -1;
	for (let row = 0; row < parcels.length; row++) {
		const { ended } = parcels[row]!;
		if (ended === Infinity) continue;
		if (ended < before) sorted = false;
		before = ended;
		rows.push(row);
	}
	return sorted ? rows : rows.sort((a, b) => parcels[a]!.ended - parcels[b]!.ended);
}

/**
 * A parcel arrives within a row, in the order of the log between one departure and the next. The whole log counts, also
 * beyond the cursor, so that an arrow keeps its slope while packets leave after it.
 */
function inRows(parcels: readonly Parcel[], landed: readonly number[]): Heights {
	const heights = columns(parcels.length);
	for (let row = 0; row < parcels.length; row++) {
		heights.y1[row] = (row + START) * ROW + TOP;
		heights.y2[row] = (row + LAST) * ROW + TOP;
		heights.top[row] = row * ROW + TOP;
		heights.height[row] = ROW;
	}
	let at = -1;
	for (let from = 0, to = 0; from < landed.length; from = to) {
		while ((parcels[at + 1]?.sent ?? Infinity) < parcels[landed[from]!]!.ended) at++;
		const next = parcels[at + 1]?.sent ?? Infinity;
		while (to < landed.length && parcels[landed[to]!]!.ended <= next) to++;
		for (let i = from; i < to; i++)
			heights.y2[landed[i]!] = (at + FIRST + ((LAST - FIRST) * (i - from + 1)) / (to - from)) * ROW + TOP;
	}
	return { ...heights, tears: [], yAt: null };
}

/** The middle one of how long packets are under way: what a row stands for. */
function hopOf(parcels: readonly Parcel[]): Micros {
	const hops = new Float64Array(parcels.length);
	let count = 0;
	for (const { at, until, lost } of parcels)
		if (!lost && until !== Infinity && until > at) hops[count++] = until - at;
	return hops.subarray(0, count).sort()[count >> 1] ?? 20_000;
}

/** Every instant at which something leaves, ends or changes, once. */
function momentsOf(parcels: readonly Parcel[], instants: readonly Micros[]): Float64Array {
	const all = new Float64Array(2 * parcels.length + instants.length);
	let count = 0;
	for (const { at, until } of parcels) {
		all[count++] = at;
		if (until !== Infinity) all[count++] = until;
	}
	for (const at of instants) all[count++] = at;
	const sorted = all.subarray(0, count).sort();
	let kept = 0;
	for (const moment of sorted) if (kept === 0 || moment !== sorted[kept - 1]) sorted[kept++] = moment;
	return sorted.subarray(0, kept);
}

function inTime(parcels: readonly Parcel[], instants: readonly Micros[]): Heights {
	const scale = HOP / hopOf(parcels);
	const moments = momentsOf(parcels, instants);
	const tears: Tear[] = [];
	const ys = new Float64Array(moments.length);
	const heights = columns(parcels.length);
	const starts = heights.y1;
	let y = TOP + APART;
	let lowest = -Infinity;
	let next = 0;
	moments.forEach((moment, i) => {
		const gap = moment - (moments[i - 1] ?? moment);
		const from = Math.max(y, lowest);
		const torn = gap * scale > TORN;
		const leaves = parcels[next]?.at === moment;
		y = torn ? from + TEAR : Math.max(y + gap * scale, lowest);
		if (leaves) y = Math.max(y, lowest + APART);
		if (torn) tears.push({ y1: from, y2: y, gap, until: moment });
		ys[i] = y;
		for (let one = parcels[next]; one?.at === moment; one = parcels[++next]) {
			lowest = Math.max(y, lowest + APART);
			starts[next] = lowest;
		}
	});
	const yAt = (at: Micros): number => {
		const i = lastAtMost(moments, at);
		const [a, b] = [moments[i] ?? 0, moments[i + 1]];
		const [p, q] = [ys[i] ?? TOP, ys[i + 1]];
		return b === undefined || q === undefined ? p : p + ((q - p) * (at - a)) / (b - a);
	};
	parcels.forEach(({ until, lost, taken }, i) => {
		const y1 = starts[i] ?? TOP;
		const end = until === Infinity ? y1 + ROW : Math.max(yAt(until), y1 + 6);
		// a lost one is drawn as far as it came: there its loss stands at its time
		heights.y2[i] = lost ? y1 + (end - y1) / Math.max(0.1, taken ?? 0.5) : end;
		const below = (starts[i + 1] ?? y1 + ROW) - APART + 2;
		const top = (heights.top[i] = y1 - APART + 2);
		heights.height[i] = Math.max(APART, Math.min(ROW, below - top));
	});
	return { ...heights, tears, yAt };
}
