/**
 * Where everything on the stage stands: hosts with their chips and trays, a path from left to right and anything else as
 * graph.ts places it, links with a lane for each direction. Pure: scenario and size in, boxes out, in px.
 */
import { scalePoint } from 'd3-scale';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { clear, isPath, pathOrder, placed } from './graph.ts';
import { compactRows, fullRows } from './rows.ts';
import { hangingName, spine } from './spine.ts';
import { linksOf, middle } from './wires.ts';

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
	/** `small`: in small type, among many; false: no room for names. */
	readonly named?: boolean | 'small';
	/** It has chips and room for them. */
	readonly chips: boolean;
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
	readonly y1: number;
	readonly x2: number;
	readonly y2: number;
	/** Height of its middle. */
	readonly y: number;
	/** Distance of a lane's middle from the wire. */
	readonly lane: number;
	/** The wire itself goes on into the hosts' pictures. */
	readonly wire: readonly [from: number, to: number];
	/** Middle of the label's baseline, and the width it may have. */
	readonly label: Point;
	readonly room: number;
	/** What does not fit on it at once waits before it. */
	readonly narrow: boolean;
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
	/** Where the empty stage says what to do, and the width between the chips; null: no room. */
	readonly empty: (Point & { readonly width: number }) | null;
}

export { pathOrder } from './graph.ts';

/** Width of a character of 12 px mono. */
const CHAR = 7.2;

/** No packet is drawn smaller. */
export const MIN_PACKET: Size = { width: 34, height: 22 };
/** Finger-sized. */
export const MIN_HIT: Size = { width: 44, height: 28 };

/** Chip widths: state name alone, and with the protocol's name before it (12 px mono). */
const CHIP = { bare: 112, named: 154 };
/** Width of a character of a host's name. */
const NAME = 8.2;

const clamp = (low: number, x: number, high: number) => Math.max(low, Math.min(x, high));

/** Routers have no connection to show. */
const hasChips = ({ role }: HostSpec): boolean => role !== 'router';

const widthOf = (host: HostSpec, column: number): number =>
	hasChips(host) ? column : Math.max(48, host.id.length * NAME);

/**
 * All places for a stage of this size. `moved`: where somebody has put the middle of a host's picture instead.
 */
export function layout(
	scenario: Scenario,
	size: Size,
	moved: ReadonlyMap<string, Point> = new Map()
): Layout {
	const order = pathOrder(scenario);
	const plan = inRow(scenario, order, size) ?? inGraph(scenario, order, size);
	const hosts = plan.hosts.map((place) => {
		const to = moved.get(place.host.id);
		return to ? shifted(place, to, size) : place;
	});
	return { ...plan, ...size, hosts, links: linksOf(scenario, hosts, plan) };
}

/** A layout before its links. */
export type Plan = Omit<Layout, 'links' | 'width' | 'height'> & { readonly labelY: number | null };

/** A path in one row, where it has the room. */
function inRow(scenario: Scenario, order: readonly HostSpec[], { width, height }: Size): Plan | null {
	const compact = height < 233 || width < 440;
	const chipNames = !compact && width / Math.max(2, order.length) >= CHIP.named + 40;
	const column = chipNames ? CHIP.named : CHIP.bare;
	const margin = compact && width < 500 ? 5 : 14;
	const pitch = (width - 2 * margin - column) / Math.max(1, order.length - 1);
	const widths = order.map((host) => widthOf(host, column));
	const fits = widths.every((own, i) => i === 0 || (own + (widths[i - 1] ?? 0)) / 2 + 4 <= pitch);
	if (order.length > 2 && (!isPath(scenario) || !fits || pitch < 84)) return null;
	const rows = compact ? compactRows(height) : fullRows(width, height);
	const across = scalePoint<string>()
		.domain(order.map(({ id }) => id))
		.range([margin + column / 2, width - margin - column / 2]);
	const crowded = order.length > 2 && pitch < 240;
	const glyph = crowded && !compact ? { width: 64, height: 48 } : rows.glyph;

	const hosts = order.map((host): HostPlace => {
		const x = across(host.id) ?? width / 2;
		const own = hasChips(host) ? glyph : { width: glyph.width * 0.75, height: glyph.height * 0.75 };
		const chip = (y: number): Box => ({ x: x - column / 2, y, width: column, height: rows.chip });
		const shown = rows.address !== null && (hasChips(host) || host.address.length * CHAR + 4 <= pitch);
		return {
			host,
			x,
			glyph: { x: x - own.width / 2, y: rows.wire - own.height / 2, ...own },
			name: { x, y: rows.name },
			address: shown && rows.address !== null && host.address !== host.id ? { x, y: rows.address } : null,
			chips: hasChips(host),
			tcp: chip(rows.tcp),
			pop3: chip(rows.pop3),
			tray: !host.pop3
				? null
				: compact
					? { x: x + glyph.width / 2 + 4, y: rows.wire - 16, width: 26, height: 32 }
					: { x: x - column / 2, y: rows.tray, width: column, height: 32 }
		};
	});
	const [first, last] = [hosts[0], hosts[hosts.length - 1]];
	const between =
		first && last && first !== last ? last.tcp.x - first.tcp.x - column - 16 : width - 2 * margin;
	return {
		compact,
		hosts,
		packet: crowded ? SMALL : rows.packet,
		lane: crowded && !compact ? 20 : rows.lane,
		// away from the wire; without room at the packet's outer side, across it
		tag: compact ? [rows.lane + 15, -rows.lane - 6] : crowded ? [-20, 28] : [-27, 36],
		chipNames,
		labelY: rows.label,
		// where hosts stand on the wire, below it
		empty:
			order.length === 2 || order.length === 1
				? { x: width / 2, y: rows.empty, width: between }
				: compact
					? null
					: { x: width / 2, y: rows.label + 48, width: between }
	};
}

const SMALL: Layout['packet'] = { full: { width: 44, height: 28 }, small: { width: 34, height: 22 } };

/** Any topology: tiles with chips where they fit, without where not, smaller ones among many, and at last without names. */
function inGraph(scenario: Scenario, order: readonly HostSpec[], size: Size): Plan {
	const area = { width: size.width - 8, height: size.height - 8 };
	const longest = Math.max(...order.map(({ id }) => id.length), 1);
	const plain = { width: Math.max(56, longest * NAME + 8), height: 58 };
	const little = { width: Math.max(44, longest * CHAR + 6), height: 45 };
	const rich = { width: CHIP.bare + 34, height: 128 };
	const across = Math.ceil(Math.sqrt((order.length * area.width) / Math.max(1, area.height)));
	const rows = Math.max(1, Math.ceil(order.length / across));
	const last = { width: area.width / across, height: area.height / rows };
	const cells = Math.floor(area.width / plain.width) * Math.floor(area.height / plain.height);
	const tries = [
		{
			tile: rich,
			fits: (points: readonly Point[], tile: Size) => airy(points, tile) && clear(scenario, order, points),
			chips: true,
			named: true,
			glyph: { width: 44, height: 33 }
		},
		// links must be told from each other between the pictures
		{
			tile: plain,
			fits: () => cells >= 2 * order.length,
			chips: false,
			named: true,
			glyph: { width: 44, height: 33 }
		},
		{ tile: little, chips: false, named: 'small', glyph: { width: 32, height: 24 } },
		{
			tile: last,
			chips: false,
			named: false,
			glyph: { width: Math.min(32, last.width - 4), height: Math.min(24, last.height - 4) }
		}
	] as const;
	const standing = (points: readonly Point[], { chips, ...look }: (typeof tries)[number]): Plan => ({
		compact: true,
		packet: SMALL,
		lane: 16,
		tag: [31, -22],
		chipNames: false,
		labelY: null,
		empty: null,
		hosts: order.map((host, i) =>
			tileOf(host, points[i] ?? { x: 0, y: 0 }, { ...look, chips: chips && hasChips(host) })
		)
	});
	const hung = spine(scenario, order, (host) => widthOf(host, CHIP.bare), rich.height, area);
	if (hung) {
		const plan = standing(hung, tries[0]);
		return { ...plan, hosts: plan.hosts.map((place) => hangingName(place, size)) };
	}
	for (const look of tries) {
		const points = placed(scenario, order, look.tile, area);
		if (points && (!('fits' in look) || look.fits(points, look.tile))) return standing(points, look);
	}
	throw new RangeError('a grid for all hosts always has room');
}

/** Links between neighbours must be long enough to see something travel. */
const airy = (points: readonly Point[], { width }: Size): boolean =>
	points.every((a, i) => points.every((b, j) => j <= i || Math.hypot(a.x - b.x, a.y - b.y) >= width));

function tileOf(
	host: HostSpec,
	centre: Point,
	look: {
		readonly tile: Size;
		readonly glyph: Size;
		readonly chips: boolean;
		readonly named: boolean | 'small';
	}
): HostPlace {
	const x = centre.x + 4;
	const top = centre.y + 4 - look.tile.height / 2;
	const { glyph, chips, named } = look;
	const head = named === 'small' ? 15 : named ? 18 : (look.tile.height - glyph.height) / 2;
	const under = top + head + glyph.height;
	const chip = (y: number): Box => ({ x: x - CHIP.bare / 2, y, width: CHIP.bare, height: 18 });
	return {
		host,
		x,
		glyph: { x: x - glyph.width / 2, y: under - glyph.height, ...glyph },
		name: { x, y: top + (named === 'small' ? 11 : 13) },
		named,
		address: null,
		chips,
		tcp: chip(under + 20),
		pop3: chip(under + 41),
		tray:
			host.pop3 && chips
				? { x: x + glyph.width / 2 + 4, y: under - glyph.height, width: 26, height: 32 }
				: null
	};
}

/** The same host with the middle of its picture elsewhere, as near as the stage allows. */
function shifted(place: HostPlace, to: Point, size: Size): HostPlace {
	const { glyph, tcp, pop3, tray, name, address } = place;
	const half = Math.max(place.host.id.length * NAME, address ? place.host.address.length * CHAR : 0) / 2;
	const words = { ...name, x: name.x - half, width: 2 * half, height: 0 };
	const all = [words, glyph, ...(place.chips ? [tcp, pop3] : []), ...(tray ? [tray] : [])];
	const left = Math.min(...all.map((box) => box.x));
	const right = Math.max(...all.map((box) => box.x + box.width));
	const top = Math.min(name.y - 13, ...all.map((box) => box.y));
	const bottom = Math.max(address?.y ?? 0, ...all.map((box) => box.y + box.height));
	const from = middle(glyph);
	const dx = clamp(2 - left, to.x - from.x, Math.max(2 - left, size.width - 2 - right));
	const dy = clamp(2 - top, to.y - from.y, Math.max(2 - top, size.height - 2 - bottom));
	const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + dx, y: point.y + dy });
	return {
		...place,
		x: place.x + dx,
		glyph: move(glyph),
		name: move(name),
		address: address && move(address),
		tcp: move(tcp),
		pop3: move(pop3),
		tray: tray && move(tray)
	};
}
