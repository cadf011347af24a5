/**
 * Packets in flight: where each is at a moment of virtual time. A pure function of (parcels, time, layout): pausing,
 * slow motion and scrubbing cost nothing, and no arrival is ever decided here.
 */
import { easeCubicIn, easeCubicOut } from 'd3-ease';
import type { Micros } from '#lib/sim/event.ts';
import type { Layout, LinkPlace, Point } from './geometry.ts';
import { sizeOf } from './glyph.ts';
import { lookOf, meanwhile, recent, stageOf, type Now, type Parcel } from './parcel.ts';

export interface Flying extends Point {
	/** The packet; of a train, its first. */
	readonly parcel: Parcel;
	/** How it looks at this moment. */
	readonly now: Now;
	readonly scale: number;
	readonly opacity: number;
	/** +1: to the right, above the wire; −1: to the left, below it. */
	readonly direction: 1 | -1;
	/** A lost packet on its way down. */
	readonly ghost: boolean;
	/** How many identical packets it stands for. */
	readonly train: number;
}

/** More identical segments than this in one lane become a train with a count. */
export const TRAIN = 8;
const ARC = 6;
/** Shares of a hop: growing from .6 at the start, shrinking at the end, fading at either end without motion. */
const CREATE = 140 / 700;
const DELIVER = 180 / 700;
const FADE = 120 / 700;
const DROP = 48;

/** CSS `cubic-bezier(x1, y1, x2, y2)` as a function of time in [0, 1]. */
export function cubicBezier(x1: number, y1: number, x2: number, y2: number): (t: number) => number {
	const at = (a: number, b: number, s: number) =>
		((1 - 3 * b + 3 * a) * s + (3 * b - 6 * a)) * s * s + 3 * a * s;
	return (t) => {
		if (t <= 0) return 0;
		if (t >= 1) return 1;
		let low = 0;
		let high = 1;
		// the curve's x ascends: 24 halvings leave an error under 1e-7
		for (let i = 0; i < 24; i++) {
			const s = (low + high) / 2;
			if (at(x1, x2, s) < t) low = s;
			else high = s;
		}
		return at(y1, y2, (low + high) / 2);
	};
}

export const hopEase = cubicBezier(0.45, 0, 0.25, 1);
export const fallEase = cubicBezier(0.5, 0, 0.9, 0.5);

const clamp01 = (x: number) => Math.max(0, Math.min(1, x));

/** Share of the way that a parcel has behind it in time, before easing. A lost one goes on to where it is lost. */
export function progressOf(parcel: Parcel, time: Micros, link?: LinkPlace): number {
	const { at, until } = parcel;
	const plain = parcel.bends.length === 0 && parcel.taken === null && !parcel.copy && !parcel.lost;
	const delay = link?.link.delay ?? 0;
	// a narrow link: it waits at the door for its turn, and then it is under way for no longer than any other
	if (plain && link?.narrow && until - at > delay)
		return clamp01((time - (until - delay)) / Math.max(1, delay));
	return until > at ? meanwhile(parcel, time) : 1;
}

/** It waits for its turn on a narrow link. */
export const isWaiting = (parcel: Parcel, time: Micros, link: LinkPlace): boolean =>
	link.narrow && !parcel.lost && time < parcel.until - link.link.delay && parcel.bends.length === 0;

/** Where on the link, from 0 at the sender to 1 at the receiver, a lost packet is lost: where it was taken, else never at either end's door. */
export function lossPoint(parcel: Parcel, link: LinkPlace): number {
	const { delay } = link.link;
	if (parcel.taken !== null) return parcel.taken;
	if (parcel.reason === 'queue' || parcel.reason === 'mtu') return 0.12;
	return delay > 0 ? Math.max(0.25, Math.min(0.75, (parcel.until - parcel.at) / delay)) : 0.5;
}

export const directionOf = (parcel: Parcel, link: LinkPlace): 1 | -1 =>
	parcel.from === link.hosts[0] ? 1 : -1;

/** Middle of the lane at a share of the way: rightward packets above the wire, leftward ones below. */
export function pointOn({ x1, y1, x2, y2, lane }: LinkPlace, direction: 1 | -1, share: number): Point {
	const along = direction > 0 ? share : 1 - share;
	const length = Math.max(1, Math.hypot(x2 - x1, y2 - y1));
	const off = direction * (lane + 4 * ARC * share * (1 - share));
	return {
		x: x1 + (x2 - x1) * along + (off * (y2 - y1)) / length,
		y: y1 + (y2 - y1) * along - (off * (x2 - x1)) / length
	};
}

interface Slot {
	readonly parcel: Parcel;
	readonly now: Now;
	/** Progress in time. */
	readonly time: number;
	/** Share of the way. */
	readonly share: number;
	readonly count: number;
}

/**
 * Everything to be drawn in the moving layer at `time`, with the log shown up to `cursor`. With `still` nothing travels:
 * a packet fades out at its sender and in at its receiver.
 */
export function flight(
	parcels: readonly Parcel[],
	time: Micros,
	cursor: number,
	layout: Layout,
	still = false
): readonly Flying[] {
	const flying: Flying[] = [];
	const lanes = new Map<string, { link: LinkPlace; direction: 1 | -1; parcels: Parcel[] }>();
	const links = new Map(layout.links.map((link) => [link.link.id, link]));
	for (const parcel of recent(parcels, cursor, cursor, time)) {
		const link = links.get(parcel.link);
		if (!link) continue;
		const direction = directionOf(parcel, link);
		const stage = stageOf(parcel, cursor);
		if (stage === 'lost' && time < parcel.until + parcel.fall && !still)
			flying.push(falling(parcel, time, link, direction, lookOf(parcel, cursor)));
		if (stage !== 'flying' || isWaiting(parcel, time, link)) continue;
		const key = `${parcel.link} ${direction}`;
		const lane = lanes.get(key);
		if (lane) lane.parcels.push(parcel);
		else lanes.set(key, { link, direction, parcels: [parcel] });
	}
	for (const { link, direction, parcels: lane } of lanes.values()) {
		const slots = lane.map((parcel) => slotOf(parcel, time, link, cursor));
		if (still) flying.push(...slots.flatMap((slot) => fading(slot, link, direction)));
		else flying.push(...travelling(trains(slots), link, direction, layout));
	}
	return flying;
}

function slotOf(parcel: Parcel, time: Micros, link: LinkPlace, cursor: number): Slot {
	const progress = progressOf(parcel, time, link);
	const end = parcel.lost && parcel.taken === null ? lossPoint(parcel, link) : 1;
	return { parcel, now: lookOf(parcel, cursor), time: progress, share: hopEase(progress * end), count: 1 };
}

const sameLook = (a: Slot, b: Slot): boolean =>
	a.now.contents.kind === b.now.contents.kind &&
	a.now.contents.letters === b.now.contents.letters &&
	a.now.contents.paper === b.now.contents.paper &&
	a.now.contents.speech === b.now.contents.speech &&
	a.now.held === b.now.held &&
	a.now.edited === b.now.edited &&
	a.parcel.lost === b.parcel.lost;

/** Folds what would crowd the lane: identical segments beyond `TRAIN` are drawn once, at their middle. */
function trains(slots: readonly Slot[]): readonly Slot[] {
	if (slots.length <= TRAIN) return slots;
	const groups: Slot[][] = [];
	for (const slot of slots) {
		const group = groups.find(([first]) => first && sameLook(first, slot));
		if (group) group.push(slot);
		else groups.push([slot]);
	}
	return groups.flatMap((group) => {
		const [first] = group;
		if (!first || group.length <= TRAIN) return group;
		const mean = (of: (slot: Slot) => number) =>
			group.reduce((sum, slot) => sum + of(slot), 0) / group.length;
		return [{ ...first, time: mean((s) => s.time), share: mean((s) => s.share), count: group.length }];
	});
}

/** How much a packet takes part in the spacing: not at all at the ends, so that nothing jumps when one comes or goes. */
const presence = (time: number) => clamp01(Math.min(time / 0.25, (1 - time) / 0.25));

/**
 * Spreads positions that would cover each other: each packet keeps its distance from the next, groups stay centred where
 * they would be, as far as [0, 1] allows. `wanted` descends (the first is ahead). Result in the same order.
 */
export function spread(
	wanted: readonly number[],
	weight: readonly number[],
	gap: readonly number[]
): readonly number[] {
	// shifted by the gaps before them, positions must not ascend: pool adjacent violators
	let before = 0;
	const offsets = wanted.map((_, i) => (before += i > 0 ? (gap[i - 1] ?? 0) : 0));
	const pools: { sum: number; weight: number; count: number }[] = [];
	wanted.forEach((x, i) => {
		const w = Math.max(1e-3, weight[i] ?? 0);
		let pool = { sum: w * (x + (offsets[i] ?? 0)), weight: w, count: 1 };
		for (let last = pools[pools.length - 1]; last; last = pools[pools.length - 1]) {
			if (last.sum / last.weight >= pool.sum / pool.weight) break;
			pools.pop();
			pool = {
				sum: pool.sum + last.sum,
				weight: pool.weight + last.weight,
				count: pool.count + last.count
			};
		}
		pools.push(pool);
	});
	// within [0, 1]: shifted, the last may not be before its gaps and the first not beyond 1
	const placed = pools.flatMap(({ sum, weight: w, count }) =>
		Array<number>(count).fill(Math.min(1, Math.max(before, sum / w)))
	);
	return placed.map((x, i) => x - (offsets[i] ?? 0));
}

function travelling(
	slots: readonly Slot[],
	link: LinkPlace,
	direction: 1 | -1,
	layout: Layout
): readonly Flying[] {
	const ahead = [...slots].sort((a, b) => b.share - a.share || a.parcel.sent - b.parcel.sent);
	const length = Math.max(1, Math.hypot(link.x2 - link.x1, link.y2 - link.y1));
	const widths = ahead.map(({ now }) => sizeOf(now.contents.kind, layout.packet).width);
	const presences = ahead.map(({ time }) => presence(time));
	const wanted = ahead.slice(1).map((_, i) => {
		const apart = ((widths[i] ?? 0) + (widths[i + 1] ?? 0)) / 2 + 6;
		return apart * Math.min(presences[i] ?? 0, presences[i + 1] ?? 0);
	});
	// no more than the room there is
	const total = wanted.reduce((sum, gap) => sum + gap, 0);
	const squeeze = Math.min(1, (length - 12) / Math.max(1, total)) / length;
	const shares = spread(
		ahead.map(({ share }) => share),
		presences,
		wanted.map((gap) => gap * squeeze)
	);
	return ahead.map(({ parcel, now, time, count }, i) => {
		const share = clamp01(shares[i] ?? 0);
		const grown = 0.6 + 0.4 * easeCubicOut(clamp01(time / CREATE));
		const sunk = parcel.lost ? 0 : easeCubicIn(clamp01((time - 1 + DELIVER) / DELIVER));
		return {
			parcel,
			now,
			direction,
			...pointOn(link, direction, share),
			scale: grown * (1 - 0.4 * sunk),
			opacity: 1 - 0.5 * sunk,
			ghost: false,
			train: count
		};
	});
}

function fading({ parcel, now, time, count }: Slot, link: LinkPlace, direction: 1 | -1): Flying[] {
	const leaving = 1 - time / FADE;
	const arriving = parcel.lost ? 0 : 1 - (1 - time) / FADE;
	// what is held stays to be seen where it was stopped
	const opacity = now.held ? 1 : Math.max(leaving, arriving);
	if (opacity <= 0) return [];
	const share = now.held ? time : leaving > 0 ? 0 : 1;
	const point = pointOn(link, direction, share);
	return [{ parcel, now, direction, ...point, scale: 1, opacity, ghost: false, train: count }];
}

function falling(parcel: Parcel, time: Micros, link: LinkPlace, direction: 1 | -1, now: Now): Flying {
	const fallen = clamp01((time - parcel.until) / Math.max(1, parcel.fall));
	const point = pointOn(link, direction, hopEase(lossPoint(parcel, link)));
	return {
		parcel,
		now,
		direction,
		x: point.x,
		y: point.y + DROP * fallEase(fallen),
		scale: 1,
		opacity: 1 - 0.75 * fallen,
		ghost: true,
		train: 1
	};
}
