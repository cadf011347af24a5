/**
 * The ladder: time runs down, an arrow for each packet put on a link. It starts where its packet left and ends where its
 * arrival stands, so packets that crossed on the wire cross on paper. Pure: the plan of a whole log is made once; a cursor
 * and what is in view take their part of it, however long the log.
 */
import { scalePoint } from 'd3-scale';
import type { Micros } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/ladder-model.ts';
import { pathOrder } from './geometry.ts';
import { wayBetween } from './graph.ts';
import { progressOf } from './flight.ts';
import { CHAR } from './mark.ts';
import { barsAt, barsOf, type Bar } from './ladder-bars.ts';
import { landmarksOf } from './ladder-landmarks.ts';
import {
	heightsOf,
	landedRows,
	TOP,
	type Height,
	type Heights,
	type Pace,
	type Tear
} from './ladder-pace.ts';
import { lookOf, stageOf, type Parcel, type Stage } from './parcel.ts';
import type { Change } from './world.ts';

export interface Lifeline {
	readonly host: string;
	readonly x: number;
	/** Side on which the state bars run; null: a host in the middle has none. */
	readonly side: 'left' | 'right' | null;
}

export interface Slot extends Height {
	readonly parcel: Parcel;
	readonly x1: number;
	/** The far lifeline. */
	readonly x2: number;
	/** On a retransmission: where the packet that it repeats left. */
	readonly origin: number | null;
	/** Beside the start of the arrow: `3 PA USER ada`, cut to the room there is. */
	readonly label: string;
}

export interface Rung extends Slot {
	/** Place among all packets, from 0. */
	readonly row: number;
	readonly stage: Stage;
	/** Somebody holds it. */
	readonly held: boolean;
}

export interface LadderPlan {
	readonly lifelines: readonly Lifeline[];
	readonly slots: readonly Slot[];
	readonly bars: readonly Bar[];
	readonly tears: readonly Tear[];
	/** How far down the arrows up to each slot reach. */
	readonly reach: Float64Array;
	/** No arrow is higher than this. */
	readonly tallest: number;
}

/** Room beside an outer lifeline for bars and names of up to 13 characters. */
const MARGIN = { wide: 26 + 13 * CHAR + 6, narrow: 15 + 13 * CHAR + 2 };
export const BAR_WIDTH = { wide: 7, narrow: 4 };

export const isNarrow = (width: number): boolean => width < 480;

/** More hosts than this do not stand beside each other: only those that matter to the run do. */
const MOST = 6;

/** The hosts of the lifelines: all of few; of many the way from the first client to the first server, and where packets were. */
export function standing(scenario: Scenario, parcels: readonly Parcel[]): readonly string[] {
	const order = pathOrder(scenario).map(({ id }) => id);
	const [client, server] = ['client', 'server'].map(
		(role) => scenario.hosts.find((host) => host.role === role)?.id
	);
	if (order.length <= MOST || client === undefined || server === undefined) return order;
	const way = wayBetween(scenario, client, server);
	const met = new Set(parcels.flatMap(({ from, to }) => [from, to]));
	const aside = order.filter((id) => met.has(id) && !way.includes(id));
	return way.length ? [...way.slice(0, -1), ...aside, server] : order.filter((id) => met.has(id));
}

export function lifelinesOf(
	scenario: Scenario,
	width: number,
	parcels: readonly Parcel[] = []
): readonly Lifeline[] {
	const order = standing(scenario, parcels);
	const margin = MARGIN[isNarrow(width) ? 'narrow' : 'wide'];
	const across = scalePoint<string>()
		.domain(order)
		.range([margin, Math.max(margin + 40, width - margin)]);
	return order.map((host, i) => ({
		host,
		x: across(host) ?? margin,
		side: i === 0 ? 'left' : i === order.length - 1 ? 'right' : null
	}));
}

/** Everything that is known of a log, also beyond any cursor, so that nothing moves while packets leave. */
export function ladderPlan(
	scenario: Scenario,
	parcels: readonly Parcel[],
	changes: readonly Change[],
	width: number,
	pace: Pace = 'event'
): LadderPlan {
	const lifelines = lifelinesOf(scenario, width, parcels);
	const byHost = new Map(lifelines.map((line) => [line.host, line]));
	const drawn = parcels.filter(({ from, to }) => byHost.has(from) && byHost.has(to));
	const landed = landedRows(drawn);
	const heights = heightsOf(
		drawn,
		landed,
		pace,
		changes.map(({ at }) => at)
	);
	const timed = pace === 'time' && !isNarrow(width);
	const sheet: Sheet = { heights, byHost, timed, origins: originsOf(drawn, heights) };
	const slots = drawn.map((parcel, row) => new Place(parcel, row, sheet));
	const bars = barsOf(
		scenario,
		lifelines,
		changes,
		landmarksOf(drawn, landed, heights),
		heights.yAt,
		isNarrow(width)
	);
	const reached = new Float64Array(drawn.length);
	let [reach, tallest] = [0, 0];
	for (let row = 0; row < reached.length; row++) {
		const [y1, y2] = [heights.y1[row]!, heights.y2[row]!];
		tallest = Math.max(tallest, y2 - y1);
		reached[row] = reach = Math.max(reach, y2 + TOP, heights.top[row]! + heights.height[row]!);
	}
	return { lifelines, slots, bars, tears: heights.tears, reach: reached, tallest };
}

/** Where each packet that is repeated left first. */
function originsOf(parcels: readonly Parcel[], { y1 }: Heights): ReadonlyMap<number, number> {
	const repeated = new Set(parcels.flatMap(({ again }) => again ?? []));
	const origins = new Map<number, number>();
	if (repeated.size === 0) return origins;
	parcels.forEach(({ packet }, row) => {
		if (repeated.has(packet) && !origins.has(packet)) origins.set(packet, y1[row] ?? TOP);
	});
	return origins;
}

/** What the slots of a plan share. */
interface Sheet {
	readonly heights: Heights;
	readonly byHost: ReadonlyMap<string, Lifeline>;
	/** Labels begin with the time. */
	readonly timed: boolean;
	readonly origins: ReadonlyMap<number, number>;
}

/** A slot whose words are made when it is drawn. */
class Place implements Slot {
	readonly parcel: Parcel;
	readonly #row: number;
	readonly #sheet: Sheet;

	constructor(parcel: Parcel, row: number, sheet: Sheet) {
		this.parcel = parcel;
		this.#row = row;
		this.#sheet = sheet;
	}

	get y1(): number {
		return this.#sheet.heights.y1[this.#row] ?? TOP;
	}
	get y2(): number {
		return this.#sheet.heights.y2[this.#row] ?? TOP;
	}
	get top(): number {
		return this.#sheet.heights.top[this.#row] ?? TOP;
	}
	get height(): number {
		return this.#sheet.heights.height[this.#row] ?? 0;
	}
	get x1(): number {
		return this.#sheet.byHost.get(this.parcel.from)?.x ?? 0;
	}
	get x2(): number {
		return this.#sheet.byHost.get(this.parcel.to)?.x ?? 0;
	}
	get origin(): number | null {
		const { again } = this.parcel;
		return again === null ? null : (this.#sheet.origins.get(again) ?? null);
	}
	get label(): string {
		return labelOf(this.parcel, Math.abs(this.x2 - this.x1), this.#sheet.timed);
	}
}

interface Ladder {
	readonly rungs: readonly Rung[];
	readonly bars: readonly Bar[];
	readonly tears: readonly Tear[];
	readonly height: number;
	/** How many packets there are at the cursor. */
	readonly count: number;
}

/** First index at which `after` holds; it holds for all that follow. */
function firstThat<T>(values: readonly T[], after: (value: T) => boolean): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (after(values[middle] as T)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** What there is of a plan at a cursor; of the arrows only those in view. */
export function ladderAt(
	plan: LadderPlan,
	cursor: number,
	view: { readonly top: number; readonly bottom: number } = { top: -Infinity, bottom: Infinity }
): Ladder {
	const count = firstThat(plan.slots, ({ parcel }) => parcel.sent >= cursor);
	const from = firstThat(plan.slots, ({ y1 }) => y1 >= view.top - plan.tallest);
	const to = Math.min(
		count,
		firstThat(plan.slots, ({ y1 }) => y1 > view.bottom)
	);
	const rungs: Rung[] = [];
	for (let row = Math.min(from, count); row < to; row++) {
		const slot = plan.slots[row];
		if (slot && Math.max(slot.y1, slot.y2) >= view.top) rungs.push(rungOf(slot, row, cursor));
	}
	const bars = barsAt(plan.bars, cursor);
	const reach = plan.reach[count - 1] ?? 0;
	const begun = bars.reduce((y, bar) => Math.max(y, bar.nameY, bar.y1), 0);
	const height = Math.max(reach, begun) + TOP;
	// a wait is over once something stands below it
	const tears = plan.tears.filter(({ y1, y2 }) => y2 <= height && y2 >= view.top && y1 <= view.bottom);
	return { rungs, bars, tears, height, count };
}

/** One arrow at a cursor; undefined: there is none in this row. */
export function rungAt(plan: LadderPlan, row: number, cursor: number): Rung | undefined {
	const slot = plan.slots[row];
	return slot && rungOf(slot, row, cursor);
}

const rungOf = (slot: Slot, row: number, cursor: number): Rung => {
	const stage = stageOf(slot.parcel, cursor);
	const { parcel, x1, x2, y1, y2, top, height, origin, label } = slot;
	const held = stage === 'flying' && lookOf(parcel, cursor).held;
	return { parcel, x1, x2, y1, y2, top, height, origin, label, row, stage, held };
};

function labelOf(parcel: Parcel, span: number, timed: boolean): string {
	const again = parcel.again === null ? '' : `${words.again(parcel.again)} `;
	const when = timed ? `${(parcel.at / 1e6).toFixed(3)} s ` : '';
	const which = `${when}${parcel.packet} ${parcel.letters}`;
	const text = `${which} ${again}${parcel.word ? parcel.line : sizeText(parcel)}`.trimEnd();
	const room = Math.max(6, Math.floor((span - 22) / CHAR));
	if (text.length <= room) return text;
	// a letter or two of what it says would say nothing
	return which.length + 4 >= room && which.length <= room ? which : `${text.slice(0, room - 1)}…`;
}

const sizeText = ({ octets }: Parcel): string => (octets ? `${octets} B` : '');

interface Arrow {
	readonly x: number;
	readonly y: number;
	/** Share of the whole arrow that is drawn. */
	readonly share: number;
}

/** Where an arrow ends at `time`: part of the way while the packet flies, half way when it is lost. */
export function tipOf({ parcel, stage, x1, y1, x2, y2 }: Rung, time: Micros): Arrow {
	const whole = parcel.lost ? (parcel.taken ?? 0.5) : 1;
	const under = progressOf(parcel, time) * (parcel.taken === null ? whole : 1);
	const share = stage === 'flying' ? under : whole;
	return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share, share };
}

/** A filled arrow head at `tip` for a line from (x1, y1), 8 px long. */
export function headPath(x1: number, y1: number, tip: { readonly x: number; readonly y: number }): string {
	const angle = Math.atan2(tip.y - y1, tip.x - x1);
	const corner = (turn: number) =>
		`${(tip.x - 9 * Math.cos(angle + turn)).toFixed(1)} ${(tip.y - 9 * Math.sin(angle + turn)).toFixed(1)}`;
	return `M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${corner(0.38)}L${corner(-0.38)}Z`;
}
