/**
 * What is drawn on and beside the links: where packets ended, dashed lines for packets under way while nothing moves,
 * queues before narrow links, facts and the badges of faults. Pure: places, parcels and a moment in, marks out, in px.
 */
import type { DropReason } from '#lib/sim/event.ts';
import type { LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { badgesOf, type Badge } from './faults.ts';
import { directionOf, hopEase, isWaiting, lossPoint, pointOn } from './flight.ts';
import type { Box, HostPlace, Layout, LinkPlace, Point } from './geometry.ts';
import { CHAR } from './mark.ts';
import { flyingAt, lossesAt, type Parcel } from './parcel.ts';

/** The place of each parcel's link, beside the parcel; those without one are left out. */
function onLinks(parcels: readonly Parcel[], { links }: Layout): { parcel: Parcel; link: LinkPlace }[] {
	const places = new Map(links.map((link) => [link.link.id, link]));
	return parcels.flatMap((parcel) => {
		const link = places.get(parcel.link);
		return link ? [{ parcel, link }] : [];
	});
}

export interface LossMark extends Point {
	/** The parcel's event. */
	readonly key: number;
	readonly reason: DropReason | null;
	/** On which side of the word the mark stands: `end` puts the word before it. */
	readonly anchor: 'start' | 'end';
}

/** Where packets have ended, on a level link on the wire itself. */
export const lossMarks = (parcels: readonly Parcel[], cursor: number, plan: Layout): readonly LossMark[] =>
	onLinks(lossesAt(parcels, cursor), plan).map(({ parcel, link }) => {
		const direction = directionOf(parcel, link);
		const own = parcel.lost ? hopEase(lossPoint(parcel, link)) : 1;
		const { x, y } = pointOn(link, direction, own);
		const level = link.y1 === link.y2;
		return {
			key: parcel.sent,
			x,
			y: parcel.lost && level ? link.y1 : y,
			reason: parcel.reason,
			anchor: direction > 0 === own > 0.5 ? 'end' : 'start'
		};
	});

export interface DashedLine extends Point {
	readonly key: string;
	readonly d: string;
	/** Transform of the arrow's head. */
	readonly head: string;
	/** Numbers of the packets that share it, in the order they were sent. */
	readonly packets: readonly number[];
}

/** A dashed line for each way that packets are under way, with a place for their numbers in its middle. */
export function dashedLines(parcels: readonly Parcel[], cursor: number, plan: Layout): readonly DashedLine[] {
	const lines = new Map<string, DashedLine>();
	for (const { parcel, link } of onLinks(flyingAt(parcels, cursor), plan)) {
		const direction = directionOf(parcel, link);
		const key = `${link.link.id} ${direction}`;
		const [from, to] = [pointOn(link, direction, 0), pointOn(link, direction, 1)];
		const turn = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
		lines.set(key, {
			key,
			d: `M${from.x} ${from.y}L${to.x} ${to.y}`,
			head: `translate(${to.x} ${to.y}) rotate(${turn})`,
			x: (from.x + to.x) / 2,
			y: (from.y + to.y) / 2,
			packets: [...(lines.get(key)?.packets ?? []), parcel.packet]
		});
	}
	return [...lines.values()];
}

export interface QueueMark extends Point {
	readonly key: string;
	readonly direction: 1 | -1;
	readonly count: number;
}

/** What waits for its turn before a narrow link, by the end that it waits at. */
export const queueMarks = (
	parcels: readonly Parcel[],
	cursor: number,
	time: number,
	{ links }: Layout
): readonly QueueMark[] =>
	links.flatMap((link) => {
		if (!link.narrow) return [];
		const waiting = flyingAt(parcels, cursor).filter(
			(parcel) => parcel.link === link.link.id && isWaiting(parcel, time, link)
		);
		return ([1, -1] as const).flatMap((direction) => {
			const count = waiting.filter((parcel) => directionOf(parcel, link) === direction).length;
			if (count === 0) return [];
			const { x, y } = pointOn(link, direction, 0);
			return [{ key: `${link.link.id} ${direction}`, x: x + direction * 4, y, direction, count }];
		});
	});

/** Hosts from which on words may meet. */
const CROWD = 6;

/** A link that takes no time and any datagram is one of which nothing is known: it was met in a capture. */
export const isKnown = ({ delay, mtu }: Pick<LinkSpec, 'delay' | 'mtu'>): boolean =>
	delay > 0 || mtu < 65_535;

/** As much as there is room for: latency, and the largest datagram. */
function facts({ link, room }: LinkPlace, compact: boolean): readonly string[] {
	const latency = `${Number((link.delay / 1000).toFixed(1))} ms`;
	const mtu = `MTU ${link.mtu}`;
	if (!isKnown(link) || room < latency.length * CHAR) return [];
	if (compact || room < mtu.length * CHAR) return [latency];
	return room < (latency.length + mtu.length + 3) * CHAR ? [latency, mtu] : [`${latency} · ${mtu}`];
}

export interface LinkMarks {
	readonly place: LinkPlace;
	readonly lines: readonly string[];
	readonly boxes: readonly (Badge & Point & { readonly width: number })[];
}

const overlap = (a: Box, b: Box): boolean =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What a host's picture and name take. */
const hostBoxes = ({ host, glyph, name, named }: HostPlace): readonly Box[] => {
	const wide = host.id.length * (named === 'small' ? CHAR : 1.3 * CHAR);
	return named === false
		? [glyph]
		: [glyph, { x: name.x - wide / 2, y: name.y - 12, width: wide, height: 14 }];
};

/**
 * Each link's facts, and the badges of the faults that it has at a time. Among many links a word that would stand on a
 * host or on another word is left out: the link's title still says it.
 */
export function linkMarks(plan: Layout, scenario: Scenario, time: number): readonly LinkMarks[] {
	const taken = plan.hosts.length > CROWD ? plan.hosts.flatMap(hostBoxes) : null;
	const free = (place: LinkPlace, lines: readonly string[]): readonly string[] => {
		const widest = Math.max(0, ...lines.map((line) => line.length)) * CHAR;
		const box = {
			x: place.label.x - widest / 2,
			y: place.label.y - 12,
			width: widest,
			height: 18 * lines.length
		};
		if (!taken || lines.length === 0) return lines;
		if (taken.some((other) => overlap(box, other))) return [];
		taken.push(box);
		return lines;
	};
	return plan.links.map((place) => {
		const badges = badgesOf(place.link, scenario, time);
		const lines = free(place, facts(place, plan.compact));
		const crowd = badges.map((badge) => ({
			...badge,
			width: 22 + (badge.number && place.room >= 60 ? badge.number.length * CHAR + 4 : 0)
		}));
		// under the words; without words on the wire itself; one below the other where they are too wide
		const total = crowd.reduce((sum, { width }) => sum + width + 4, -4);
		const stacked = total > place.room;
		let x = place.label.x - total / 2;
		let y = plan.compact ? place.y - 10 : place.label.y + 18 * lines.length - 10;
		const boxes = crowd.map((badge) => {
			const box = { ...badge, x: stacked ? place.label.x - badge.width / 2 : x, y };
			if (stacked) y += 22;
			else x += badge.width + 4;
			return box;
		});
		return { place, lines, boxes };
	});
}
