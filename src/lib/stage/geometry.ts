/**
 * Where everything on the stage stands: hosts in path order from left to right with their chips and trays, links with
 * a lane for each direction. Pure: scenario and size in, boxes out, in px. Nothing here knows of time.
 */
import { scalePoint } from 'd3-scale';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { HOST_GLYPHS } from './palette.ts';
import type { Parcel, Stage } from './parcel.ts';

export interface Point {
	readonly x: number;
	readonly y: number;
}
export interface Size {
	readonly width: number;
	readonly height: number;
}
export interface Box extends Point, Size {}

export interface HostPlace {
	readonly host: HostSpec;
	/** Centre of the host's column. */
	readonly x: number;
	readonly glyph: Box;
	/** Middle of the baseline. */
	readonly name: Point;
	/** null: no room. */
	readonly address: Point | null;
	readonly tcp: Box;
	readonly pop3: Box;
	/** Null on hosts without a maildrop. */
	readonly tray: Box | null;
}

export interface LinkPlace {
	readonly link: LinkSpec;
	/** Its left and right ends, by host id. */
	readonly hosts: readonly [left: string, right: string];
	/** Between these packets travel. */
	readonly x1: number;
	readonly x2: number;
	readonly y: number;
	/** The wire itself goes on into the hosts' pictures. */
	readonly wire: readonly [from: number, to: number];
	/** Middle of the label's baseline. */
	readonly label: Point;
}

export interface Layout extends Size {
	/** Too little room for second lines: no link words, small pictures, state names without their protocol. */
	readonly compact: boolean;
	readonly hosts: readonly HostPlace[];
	readonly links: readonly LinkPlace[];
	readonly packet: { readonly full: Size; readonly small: Size };
	/** Distance of a lane's middle from the wire: rightward packets ride above it, leftward ones below. */
	readonly lane: number;
	/** Baseline of the word beside a rightward and a leftward packet, from its middle. */
	readonly tag: readonly [rightward: number, leftward: number];
	/** The hosts' chips name their protocol. */
	readonly chipNames: boolean;
	/** Where the empty stage says what to do: the middle of the wire, and the width between the chips. */
	readonly empty: Point & { readonly width: number };
}

/** No packet is drawn smaller. */
export const MIN_PACKET: Size = { width: 34, height: 22 };
/** Finger-sized. */
export const MIN_HIT: Size = { width: 44, height: 28 };

/** Hosts as a packet meets them: from the first client along the links; whatever hangs off the path comes after. */
export function pathOrder({ hosts, links }: Scenario): readonly HostSpec[] {
	const byId = new Map(hosts.map((host) => [host.id, host]));
	const degree = (id: string) => links.filter(({ ends }) => ends.includes(id)).length;
	const ends = hosts.filter(({ id }) => degree(id) <= 1);
	const start = ends.find(({ role }) => role === 'client') ?? ends[0] ?? hosts[0];
	const order: HostSpec[] = [];
	const seen = new Set<string>();
	const visit = (host: HostSpec | undefined) => {
		if (!host || seen.has(host.id)) return;
		seen.add(host.id);
		order.push(host);
		for (const {
			ends: [a, b]
		} of links) {
			if (a === host.id) visit(byId.get(b));
			else if (b === host.id) visit(byId.get(a));
		}
	};
	visit(start);
	hosts.forEach(visit);
	return order;
}

const clamp = (low: number, x: number, high: number) => Math.max(low, Math.min(x, high));

/** Chip widths: state name alone, and with the protocol's name before it (12 px mono). */
const CHIP = { bare: 112, named: 154 };
const GLYPH: Size = { width: 96, height: 72 };

export function layout(scenario: Scenario, { width, height }: Size): Layout {
	const order = pathOrder(scenario);
	const compact = height < 233 || width < 440;
	const chipNames = !compact && width / Math.max(2, order.length) >= CHIP.named + 40;
	const column = chipNames ? CHIP.named : CHIP.bare;
	const margin = compact ? 5 : 14;
	const rows = compact ? compactRows(height) : fullRows(width, height);
	const across = scalePoint<string>()
		.domain(order.map(({ id }) => id))
		.range([margin + column / 2, width - margin - column / 2]);
	const glyphOf = (x: number): Box => ({
		x: x - rows.glyph.width / 2,
		y: rows.wire - rows.glyph.height / 2,
		...rows.glyph
	});

	const hosts = order.map((host): HostPlace => {
		const x = across(host.id) ?? width / 2;
		const chip = (y: number): Box => ({ x: x - column / 2, y, width: column, height: rows.chip });
		return {
			host,
			x,
			glyph: glyphOf(x),
			name: { x, y: rows.name },
			address: rows.address === null ? null : { x, y: rows.address },
			tcp: chip(rows.tcp),
			pop3: chip(rows.pop3),
			tray: !host.pop3
				? null
				: compact
					? { x: x + rows.glyph.width / 2 + 4, y: rows.wire - 16, width: 26, height: 32 }
					: { x: x - column / 2, y: rows.tray, width: column, height: 32 }
		};
	});

	const place = new Map(hosts.map((host, index) => [host.host.id, { ...host, index }]));
	const links = scenario.links.flatMap((link): LinkPlace[] => {
		const [a, b] = link.ends.map((id) => place.get(id));
		if (!a || !b) return [];
		const [left, right] = a.index < b.index ? [a, b] : [b, a];
		const x1 = left.glyph.x + left.glyph.width;
		const x2 = right.glyph.x;
		return [
			{
				link,
				hosts: [left.host.id, right.host.id],
				x1,
				x2,
				y: rows.wire,
				wire: [x1 - plugOf(left, 1), x2 + plugOf(right, 0)],
				label: { x: (x1 + x2) / 2, y: rows.label }
			}
		];
	});
	const [first, last] = [hosts[0], hosts[hosts.length - 1]];
	return {
		width,
		height,
		compact,
		hosts,
		links,
		packet: rows.packet,
		lane: rows.lane,
		// away from the wire; without room at the packet's outer side, across it
		tag: compact ? [rows.lane + 15, -rows.lane - 6] : [-27, 36],
		chipNames,
		empty: {
			x: width / 2,
			y: rows.empty,
			width: first && last && first !== last ? last.tcp.x - first.tcp.x - column - 16 : width - 2 * margin
		}
	};
}

/** How far inside its box a host's picture has its left (0) or right (1) plug. */
function plugOf({ host, glyph }: HostPlace, side: 0 | 1): number {
	return ((HOST_GLYPHS[host.role]?.plugs[side] ?? 0) * glyph.width) / GLYPH.width;
}

interface Rows {
	readonly wire: number;
	readonly glyph: Size;
	readonly name: number;
	readonly address: number | null;
	readonly chip: number;
	readonly tcp: number;
	readonly pop3: number;
	readonly tray: number;
	readonly label: number;
	readonly empty: number;
	readonly lane: number;
	readonly packet: Layout['packet'];
}

function fullRows(width: number, height: number): Rows {
	const scale = clamp(0.75, Math.min(width / 552, (height - 160) / 88), 1.3);
	const glyph = { width: Math.round(GLYPH.width * scale), height: Math.round(GLYPH.height * scale) };
	const lane = 26;
	// name 18, address 18, gap 8, glyph; then, clear of a packet below the wire and its word, chips 22 + 5 + 22, gap 9, tray 32
	const below = Math.max(glyph.height / 2 + 12, lane + 20 + 19);
	const total = 44 + glyph.height / 2 + below + 49 + 9 + 32;
	const top = Math.floor(Math.max(5, (height - total) / 2));
	const wire = top + 44 + glyph.height / 2;
	const tcp = wire + below;
	return {
		wire,
		glyph,
		name: top + 15,
		address: top + 33,
		chip: 22,
		tcp,
		pop3: tcp + 27,
		tray: tcp + 27 + 22 + 9,
		label: wire + lane + 20 + 44,
		empty: wire,
		lane,
		packet: { full: { width: 60, height: 40 }, small: { width: 40, height: 22 } }
	};
}

function compactRows(height: number): Rows {
	const address = height >= 122;
	const glyph = { width: 44, height: 33 };
	// name 17, glyph 33, gap 5 to 14, chips 18 + 3 + 18, address 16; the gap keeps packets below the wire clear of the chips
	const fixed = 17 + glyph.height + 39 + (address ? 17 : 0);
	const gap = clamp(5, height - fixed - 3, 14);
	const top = Math.round(Math.max(0, (height - fixed - gap) / 2));
	const wire = top + 17 + glyph.height / 2;
	const tcp = top + 17 + glyph.height + gap;
	return {
		wire,
		glyph,
		name: top + 12,
		address: address ? tcp + 39 + 14 : null,
		chip: 18,
		tcp,
		pop3: tcp + 21,
		tray: 0,
		label: Math.min(tcp + 53, height - 4),
		empty: wire,
		lane: 16,
		packet: { full: { width: 44, height: 28 }, small: { width: 34, height: 22 } }
	};
}

const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

/** What a card about a parcel points at when the parcel itself is not drawn: its receiver, or the link it is on. */
export function anchorOf(
	{ link: id, to }: Pick<Parcel, 'link' | 'to'>,
	stage: Stage,
	{ hosts, links, width, height }: Layout
): Point {
	const link = links.find((place) => place.link.id === id);
	const host = hosts.find((place) => place.host.id === to);
	if (stage === 'arrived' && host) return middle(host.glyph);
	return link ? { x: (link.x1 + link.x2) / 2, y: link.y } : { x: width / 2, y: height / 2 };
}

/** Nearest place for a card of `size` beside `anchor`, wholly inside `bounds` with a margin: below or above it, else at a side. */
export function cardPlace(anchor: Point, size: Size, bounds: Size, gap = 30, margin = 8): Point {
	const within = (at: number, length: number, limit: number) =>
		clamp(margin, at, Math.max(margin, limit - length - margin));
	const centred = within(anchor.x - size.width / 2, size.width, bounds.width);
	const below = anchor.y + gap;
	const above = anchor.y - gap - size.height;
	if (below + size.height <= bounds.height - margin) return { x: centred, y: below };
	if (above >= margin) return { x: centred, y: above };
	const side = gap + 12;
	const right = anchor.x + side + size.width <= bounds.width - margin;
	return {
		x: within(right ? anchor.x + side : anchor.x - side - size.width, size.width, bounds.width),
		y: within(anchor.y - size.height / 2, size.height, bounds.height)
	};
}
