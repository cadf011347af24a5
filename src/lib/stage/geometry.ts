/**
 * Where everything on the stage stands: hosts in path order from left to right with their chips and trays, links with
 * a lane for each direction. Pure: scenario and size in, boxes out, in px. Nothing here knows of time.
 */
import { scalePoint } from 'd3-scale';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';

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
	readonly x1: number;
	readonly x2: number;
	readonly y: number;
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
	/** The hosts' chips name their protocol. */
	readonly chipNames: boolean;
	/** Where the empty stage says what to do: middle of the first line. */
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
const CHIP = { bare: 104, named: 146 };
const GLYPH: Size = { width: 96, height: 72 };

export function layout(scenario: Scenario, { width, height }: Size): Layout {
	const order = pathOrder(scenario);
	const compact = height < 216 || width < 440;
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
		chipNames,
		empty: {
			x: width / 2,
			y: rows.empty,
			width: first && last && first !== last ? last.tcp.x - first.tcp.x - column - 16 : width - 2 * margin
		}
	};
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
	const scale = clamp(0.75, Math.min(width / 552, (height - 160) / 96), 1.3);
	const glyph = { width: Math.round(GLYPH.width * scale), height: Math.round(GLYPH.height * scale) };
	// name 18, address 18, gap 8, glyph, gap 12, chips 22 + 5 + 22, gap 9, tray 32
	const total = 44 + glyph.height + 12 + 49 + 9 + 32;
	const top = Math.round(Math.max(6, (height - total) / 2));
	const wire = top + 44 + glyph.height / 2;
	const tcp = top + 44 + glyph.height + 12;
	const lane = 26;
	return {
		wire,
		glyph,
		name: top + 15,
		address: top + 33,
		chip: 22,
		tcp,
		pop3: tcp + 27,
		tray: tcp + 27 + 22 + 9,
		label: wire + lane + 20 + 36,
		empty: wire + lane + 20 + 64,
		lane,
		packet: { full: { width: 60, height: 40 }, small: { width: 40, height: 22 } }
	};
}

function compactRows(height: number): Rows {
	const address = height >= 122;
	const glyph = { width: 44, height: 33 };
	// name 16, glyph 33, gap 6, chips 18 + 3 + 18, address 16
	const top = Math.round(Math.max(1, (height - (address ? 114 : 97)) / 2));
	const wire = top + 17 + glyph.height / 2;
	const tcp = top + 17 + glyph.height + 6;
	return {
		wire,
		glyph,
		name: top + 12,
		address: address ? tcp + 39 + 14 : null,
		chip: 18,
		tcp,
		pop3: tcp + 21,
		tray: 0,
		label: tcp + 39 + 14 - (address ? 0 : 10),
		empty: wire + 22,
		lane: 16,
		packet: { full: { width: 44, height: 28 }, small: { width: 34, height: 22 } }
	};
}

export const middle = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height / 2 });

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
