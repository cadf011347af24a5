/**
 * The departures and arrivals beside which the states of a host change, found by log position. Pure; no more is kept of
 * them than which rows they are.
 */
import type { Micros } from '#lib/sim/event.ts';
import type { Heights } from './ladder-pace.ts';
import type { Parcel } from './parcel.ts';

/** A departure or an arrival at a host. */
export interface Landmark {
	readonly seq: number;
	readonly at: Micros;
	readonly y: number;
}

export interface Landmarks {
	/** The last at the host before a log position, and the first from there on. */
	beside(host: string, seq: number): readonly [Landmark | undefined, Landmark | undefined];
}

/** `landed`: rows of those that have ended, in that order. */
export function landmarksOf(
	parcels: readonly Parcel[],
	landed: readonly number[],
	{ y1, y2 }: Pick<Heights, 'y1' | 'y2'>
): Landmarks {
	const departures = grouped(
		parcels.map((_, row) => row),
		(row) => parcels[row]!.from
	);
	const arrivals = grouped(
		landed.filter((row) => !parcels[row]!.lost),
		(row) => parcels[row]!.to
	);
	const leaving = (row: number | undefined): Landmark | undefined =>
		row === undefined ? row : { seq: parcels[row]!.sent, at: parcels[row]!.at, y: y1[row]! };
	const arriving = (row: number | undefined): Landmark | undefined =>
		row === undefined ? row : { seq: parcels[row]!.ended, at: parcels[row]!.until, y: y2[row]! };

	return {
		beside(host, seq) {
			const [left, came] = [departures.get(host) ?? [], arrivals.get(host) ?? []];
			const i = firstFrom(left, (row) => parcels[row]!.sent, seq);
			const k = firstFrom(came, (row) => parcels[row]!.ended, seq);
			return [
				nearest(leaving(left[i - 1]), arriving(came[k - 1]), (a, b) => a.seq > b.seq),
				nearest(leaving(left[i]), arriving(came[k]), (a, b) => a.seq < b.seq)
			];
		}
	};
}

function grouped(
	rows: readonly number[],
	keyOf: (row: number) => string
): ReadonlyMap<string, readonly number[]> {
	const groups = new Map<string, number[]>();
	for (const row of rows) {
		const group = groups.get(keyOf(row));
		if (group) group.push(row);
		else groups.set(keyOf(row), [row]);
	}
	return groups;
}

/** Index of the first row whose log position is `seq` or later. */
function firstFrom(rows: readonly number[], seqOf: (row: number) => number, seq: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (seqOf(rows[middle]!) < seq) low = middle + 1;
		else high = middle;
	}
	return low;
}

const nearest = (
	a: Landmark | undefined,
	b: Landmark | undefined,
	nearer: (a: Landmark, b: Landmark) => boolean
): Landmark | undefined => (a && b ? (nearer(a, b) ? a : b) : (a ?? b));
