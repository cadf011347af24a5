/**
 * How far down the ladder each departure and arrival stands: in rows of equal height, or true to time. True to time a hop
 * is a little higher than a row, a wait of more than a few hops is a tear with its seconds, and labels keep their distance. Pure.
 * Law: what is later in the log is never higher.
 */
import type { Micros } from '#lib/sim/event.ts';
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
	readonly parcels: readonly Height[];
	readonly tears: readonly Tear[];
	/** Height of an instant; null: rows know no instants. */
	readonly yAt: ((at: Micros) => number) | null;
}

export const heightsOf = (parcels: readonly Parcel[], pace: Pace, instants: readonly Micros[]): Heights =>
	pace === 'event' ? inRows(parcels) : inTime(parcels, instants);

function inRows(parcels: readonly Parcel[]): Heights {
	const arrived = arrivals(parcels);
	const heights = parcels.map((parcel, row): Height => {
		const y2 = (arrived.get(parcel) ?? row + LAST) * ROW + TOP;
		return { y1: (row + START) * ROW + TOP, y2, top: row * ROW + TOP, height: ROW };
	});
	return { parcels: heights, tears: [], yAt: null };
}

/**
 * Row, with its fraction, at which each parcel arrives: in the order of the log between one departure and the next. The
 * whole log counts, also beyond the cursor, so that an arrow keeps its slope while packets leave after it.
 */
function arrivals(parcels: readonly Parcel[]): ReadonlyMap<Parcel, number> {
	const landed = parcels.filter(({ ended }) => ended < Infinity).sort((a, b) => a.ended - b.ended);
	const groups = new Map<number, Parcel[]>();
	let row = -1;
	for (const parcel of landed) {
		while ((parcels[row + 1]?.sent ?? Infinity) < parcel.ended) row++;
		const group = groups.get(row);
		if (group) group.push(parcel);
		else groups.set(row, [parcel]);
	}
	const heights = new Map<Parcel, number>();
	for (const [at, group] of groups)
		group.forEach((parcel, i) => heights.set(parcel, at + FIRST + ((LAST - FIRST) * (i + 1)) / group.length));
	return heights;
}

/** The middle one of how long packets are under way: what a row stands for. */
function hopOf(parcels: readonly Parcel[]): Micros {
	const hops = parcels
		.flatMap(({ at, until, lost }) => (lost || until === Infinity || until <= at ? [] : [until - at]))
		.sort((a, b) => a - b);
	return hops[hops.length >> 1] ?? 20_000;
}

function inTime(parcels: readonly Parcel[], instants: readonly Micros[]): Heights {
	const scale = HOP / hopOf(parcels);
	const ends = parcels.flatMap(({ until }) => (until === Infinity ? [] : [until]));
	const moments = [...new Set([...parcels.map(({ at }) => at), ...ends, ...instants])].sort((a, b) => a - b);
	const tears: Tear[] = [];
	const ys: number[] = [];
	const starts: number[] = [];
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
		ys.push(y);
		for (let one = parcels[next]; one?.at === moment; one = parcels[++next]) {
			lowest = Math.max(y, lowest + APART);
			starts.push(lowest);
		}
	});
	const yAt = (at: Micros): number => {
		const i = lastAtMost(moments, at);
		const [a, b] = [moments[i] ?? 0, moments[i + 1]];
		const [p, q] = [ys[i] ?? TOP, ys[i + 1]];
		return b === undefined || q === undefined ? p : p + ((q - p) * (at - a)) / (b - a);
	};
	const heights = parcels.map((parcel, i): Height => {
		const y1 = starts[i] ?? TOP;
		const end = parcel.until === Infinity ? y1 + ROW : Math.max(yAt(parcel.until), y1 + 6);
		// a lost one is drawn as far as it came: there its loss stands at its time
		const y2 = parcel.lost ? y1 + (end - y1) / Math.max(0.1, parcel.taken ?? 0.5) : end;
		const top = y1 - APART + 2;
		const below = (starts[i + 1] ?? y1 + ROW) - APART + 2;
		return { y1, y2, top, height: Math.max(APART, Math.min(ROW, below - top)) };
	});
	return { parcels: heights, tears, yAt };
}

/** Index of the last of ascending values that is at most `x`; 0 when none is. */
function lastAtMost(values: readonly number[], x: number): number {
	let low = 0;
	let high = values.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((values[middle] ?? Infinity) <= x) low = middle;
		else high = middle - 1;
	}
	return low;
}
