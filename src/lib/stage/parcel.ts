/**
 * Parcels: what the drawings need to know of each packet on each link it crosses. A parcel knows its whole fate, also what
 * the cursor has not reached; whoever draws asks `stageOf` and `lookOf` first.
 */
import type { DropReason, Micros } from '#lib/sim/event.ts';
import type { Contents } from './contents.ts';

/** How far it is at an instant, from 0 at the sender to 1; in between it moves evenly. */
export interface Knot {
	readonly at: Micros;
	readonly progress: number;
}

/** Something that was done to it on the way. */
export interface Bend {
	/** Log position. */
	readonly seq: number;
	readonly what: string;
	readonly detail: string;
	/** What it carries from then on; null: as before. */
	readonly contents: Contents | null;
}

export interface Parcel extends Contents {
	/** Datagram number. */
	readonly packet: number;
	/** Log position of `packet.sent`. */
	readonly sent: number;
	/** Log position of its arrival or loss on this link; Infinity: not in the log yet. */
	readonly ended: number;
	readonly link: string;
	readonly from: string;
	readonly to: string;
	readonly at: Micros;
	/** When it is at the other end, or is lost; Infinity: it is held, and nobody has released it yet. */
	readonly until: Micros;
	readonly path: readonly Knot[];
	readonly bends: readonly Bend[];
	readonly lost: boolean;
	/** Why it was dropped, once it was. */
	readonly reason: DropReason | null;
	/** Share of the way that it had behind it when somebody took it off the link; null: the link lost it by itself. */
	readonly taken: number | null;
	/** How long the fall of a lost packet is shown; 0 otherwise. */
	readonly fall: Micros;
	/** Number of the packet that this one repeats. */
	readonly again: number | null;
	/** No host sent it. */
	readonly forged: boolean;
	/** Another of the same number was on the same link when it entered. */
	readonly copy: boolean;
	/** `2/3` of a fragment, as far as the pieces are known; '' otherwise. */
	readonly piece: string;
	/** A host that discarded it after it had arrived. */
	readonly refused: { readonly at: number; readonly reason: DropReason } | null;
}

/** Progress along its way at an instant, from 0 to 1. */
export function meanwhile({ path }: Parcel, time: Micros): number {
	let before = path[0];
	if (!before || time < before.at) return 0;
	for (let i = 1; i < path.length; i++) {
		const after = path[i];
		if (!after) break;
		if (time < after.at) {
			const share = (time - before.at) / (after.at - before.at);
			return before.progress + (after.progress - before.progress) * share;
		}
		before = after;
	}
	return before.progress;
}

export type Stage = 'future' | 'flying' | 'arrived' | 'lost';

/** How far the log up to the cursor has brought it. */
export function stageOf(parcel: Parcel, cursor: number): Stage {
	if (parcel.sent >= cursor) return 'future';
	if (parcel.ended >= cursor) return 'flying';
	return parcel.lost ? 'lost' : 'arrived';
}

/** How it looks at the cursor, after what has been done to it by then. */
export interface Now {
	readonly contents: Contents;
	readonly held: boolean;
	/** Its octets are not those that were sent. */
	readonly edited: boolean;
}

const asSent = new WeakMap<Parcel, Now>();

export function lookOf(parcel: Parcel, cursor: number): Now {
	const [first] = parcel.bends;
	if (!first || first.seq >= cursor) {
		let known = asSent.get(parcel);
		if (!known) asSent.set(parcel, (known = { contents: parcel, held: false, edited: false }));
		return known;
	}
	let contents: Contents = parcel;
	let held = false;
	let edited = false;
	for (const { seq, what, contents: news } of parcel.bends) {
		if (seq >= cursor) break;
		if (news) {
			contents = news;
			edited = true;
		}
		if (what === 'hold') held = true;
		else if (what === 'release') held = false;
	}
	return { contents, held, edited };
}

/** How many parcels have left by the cursor; they stand in the order of the log. */
export function leftBy(parcels: readonly Parcel[], cursor: number): number {
	let low = 0;
	let high = parcels.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((parcels[middle]?.sent ?? Infinity) < cursor) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** So many parcels are passed over at once where none of them matters. */
const BLOCK = 64;

/** What is known of a block of parcels: the last log position that tells of one, and when the last has fallen. */
interface Block {
	readonly last: number;
	readonly fallen: Micros;
}

const known = new WeakMap<readonly Parcel[], readonly Block[]>();

function blocksOf(parcels: readonly Parcel[]): readonly Block[] {
	let blocks = known.get(parcels);
	if (blocks) return blocks;
	const made: Block[] = [];
	for (let from = 0; from < parcels.length; from += BLOCK) {
		let [last, fallen] = [-1, -Infinity];
		for (let i = from; i < Math.min(from + BLOCK, parcels.length); i++) {
			const { ended, refused, lost, until, fall } = parcels[i]!;
			last = Math.max(last, ended, refused?.at ?? -1);
			if (lost) fallen = Math.max(fallen, until + fall);
		}
		made.push({ last, fallen });
	}
	known.set(parcels, (blocks = made));
	return blocks;
}

/**
 * Those of the parcels that have left by the cursor, in their order, without most of which the log tells nothing from
 * position `since` on and which have fallen by `time`. However long the log, few are looked at.
 */
export function recent(
	parcels: readonly Parcel[],
	cursor: number,
	since: number,
	time = Infinity
): readonly Parcel[] {
	const left = leftBy(parcels, cursor);
	const found: Parcel[] = [];
	blocksOf(parcels).forEach(({ last, fallen }, block) => {
		if (last < since && fallen <= time) return;
		const end = Math.min(left, (block + 1) * BLOCK);
		for (let i = block * BLOCK; i < end; i++) found.push(parcels[i]!);
	});
	return found;
}

/** Parcels on their way at the cursor. */
export const flyingAt = (parcels: readonly Parcel[], cursor: number): readonly Parcel[] =>
	recent(parcels, cursor, cursor).filter(({ ended }) => ended >= cursor);

/** The parcels whose end was a loss or a refusal, and no packet has left since. */
export function lossesAt(parcels: readonly Parcel[], cursor: number): readonly Parcel[] {
	const last = parcels[leftBy(parcels, cursor) - 1]?.sent ?? -1;
	return recent(parcels, cursor, last + 1).filter((parcel) => {
		const end = parcel.lost ? parcel.ended : (parcel.refused?.at ?? Infinity);
		return end < cursor && end > last;
	});
}
