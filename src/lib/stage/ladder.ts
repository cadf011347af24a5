/**
 * The ladder: time runs down in rows of equal height, one for each packet put on a link. An arrow starts in its own row
 * and ends where its arrival stands in the order of the log, so packets that crossed on the wire cross on paper. Beside
 * the lifelines run the states of TCP (outer) and POP3 (inner). Pure: parcels, changes and cursor in, shapes out.
 */
import { scalePoint } from 'd3-scale';
import type { Micros } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { pathOrder } from './geometry.ts';
import { progressOf } from './flight.ts';
import { CHAR } from './glyph.ts';
import { stageOf, type Parcel, type Stage } from './parcel.ts';
import { restOf, sessionOf, type Change } from './world.ts';

/** Height of a row in px; the list under the drawing has rows of the same height. */
export const ROW = 44;
/** Within a row: where an arrow starts, and the part in which arrivals stand. */
const START = 0.36;
const FIRST = 0.42;
const LAST = 0.84;

export interface Lifeline {
	readonly host: string;
	readonly x: number;
	/** Side on which the state bars run; null: a host in the middle has none. */
	readonly side: 'left' | 'right' | null;
}

export interface Rung {
	readonly parcel: Parcel;
	readonly stage: Stage;
	readonly x1: number;
	readonly y1: number;
	/** The far lifeline, and where on it the packet arrives. */
	readonly x2: number;
	readonly y2: number;
	/** On a retransmission: where the packet that it repeats left. */
	readonly origin: number | null;
	/** Beside the start of the arrow: `3 PA USER ada`, cut to the room there is. */
	readonly label: string;
}

export interface Bar {
	readonly host: string;
	readonly protocol: 'tcp' | 'pop3';
	readonly state: string;
	readonly x: number;
	readonly y1: number;
	/** Infinity: it lasts. */
	readonly y2: number;
	/** Baseline of the state's name, kept apart from other names of the same side. */
	readonly nameY: number;
	readonly nameX: number;
	/** Nothing goes on: no connection. */
	readonly idle: boolean;
}

interface Ladder {
	readonly lifelines: readonly Lifeline[];
	readonly rungs: readonly Rung[];
	readonly bars: readonly Bar[];
	readonly height: number;
}

/** Room beside an outer lifeline for bars and names of up to 13 characters. */
const MARGIN = { wide: 26 + 13 * CHAR + 6, narrow: 15 + 13 * CHAR + 2 };
/** Offsets from the lifeline: inner bar, outer bar, names. */
const BARS = { wide: { pop3: 7, tcp: 16, name: 26 }, narrow: { pop3: 4, tcp: 10, name: 16 } };
export const BAR_WIDTH = { wide: 7, narrow: 4 };
/** Least distance between the baselines of two names. */
const NAME_STEP = 13;
const TOP = 4;

export const isNarrow = (width: number): boolean => width < 480;

export function lifelinesOf(scenario: Scenario, width: number): readonly Lifeline[] {
	const order = pathOrder(scenario);
	const margin = MARGIN[isNarrow(width) ? 'narrow' : 'wide'];
	const across = scalePoint<string>()
		.domain(order.map(({ id }) => id))
		.range([margin, Math.max(margin + 40, width - margin)]);
	return order.map(({ id }, i) => ({
		host: id,
		x: across(id) ?? margin,
		side: i === 0 ? 'left' : i === order.length - 1 ? 'right' : null
	}));
}

export function ladder(
	scenario: Scenario,
	parcels: readonly Parcel[],
	changes: readonly Change[],
	cursor: number,
	width: number
): Ladder {
	const lifelines = lifelinesOf(scenario, width);
	const byHost = new Map(lifelines.map((line) => [line.host, line]));
	const shown = parcels.filter(({ sent }) => sent < cursor);
	const heights = arrivals(parcels);
	const startOf = (row: number) => (row + START) * ROW + TOP;
	const rungs = shown.flatMap((parcel, row): Rung[] => {
		const from = byHost.get(parcel.from);
		const to = byHost.get(parcel.to);
		if (!from || !to) return [];
		const y1 = startOf(row);
		const y2 = (heights.get(parcel) ?? row + LAST) * ROW + TOP;
		const label = labelOf(parcel, Math.abs(to.x - from.x));
		const original = parcel.again === null ? -1 : shown.findIndex(({ packet }) => packet === parcel.again);
		const origin = original < 0 ? null : startOf(original);
		return [{ parcel, stage: stageOf(parcel, cursor), x1: from.x, y1, x2: to.x, y2, origin, label }];
	});
	const bars = barsOf(scenario, lifelines, changes, rungs, cursor, isNarrow(width));
	let height = Math.max(1, shown.length) * ROW + 2 * TOP;
	for (const { y2 } of rungs) height = Math.max(height, y2 + 2 * TOP);
	for (const { nameY } of bars) height = Math.max(height, nameY + TOP);
	return { lifelines, rungs, bars, height };
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

function labelOf(parcel: Parcel, span: number): string {
	const again = parcel.again === null ? '' : `again ${parcel.again} `;
	const text =
		`${parcel.packet} ${parcel.letters} ${again}${parcel.word ? parcel.line : sizeText(parcel)}`.trimEnd();
	const room = Math.max(6, Math.floor((span - 22) / CHAR));
	return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
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
	const whole = parcel.lost ? 0.5 : 1;
	const share = stage === 'flying' ? whole * progressOf(parcel, time) : whole;
	return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share, share };
}

/** A filled arrow head at `tip` for a line from (x1, y1), 8 px long. */
export function headPath(x1: number, y1: number, tip: { readonly x: number; readonly y: number }): string {
	const angle = Math.atan2(tip.y - y1, tip.x - x1);
	const corner = (turn: number) =>
		`${(tip.x - 9 * Math.cos(angle + turn)).toFixed(1)} ${(tip.y - 9 * Math.sin(angle + turn)).toFixed(1)}`;
	return `M${tip.x.toFixed(1)} ${tip.y.toFixed(1)}L${corner(0.38)}L${corner(-0.38)}Z`;
}

/**
 * The height at which a change stands. What a segment caused stands at its arrival, what the user or a timer caused at
 * the packet that this sent; without either, at the packet event of its host before it.
 */
function heightOf(change: Change, marks: readonly Landmark[]): number {
	const own = marks.filter(({ host }) => host === change.host);
	const before = own.findLast(({ seq }) => seq < change.seq);
	const after = own.find(({ seq }) => seq > change.seq);
	const received = change.kind !== 'tcp.state' || change.on.startsWith('rcv');
	if (after?.at === change.at && (!received || before?.at !== change.at)) return after.y;
	return before?.y ?? after?.y ?? TOP;
}

interface Landmark {
	readonly seq: number;
	readonly at: Micros;
	readonly host: string;
	readonly y: number;
}

function barsOf(
	scenario: Scenario,
	lifelines: readonly Lifeline[],
	changes: readonly Change[],
	rungs: readonly Rung[],
	cursor: number,
	narrow: boolean
): readonly Bar[] {
	const marks = rungs
		.flatMap(({ parcel, y1, y2, stage }): Landmark[] => {
			const start = { seq: parcel.sent, at: parcel.at, host: parcel.from, y: y1 };
			const end = { seq: parcel.ended, at: parcel.until, host: parcel.to, y: y2 };
			return stage === 'arrived' ? [start, end] : [start];
		})
		.sort((a, b) => a.seq - b.seq);
	const offsets = BARS[narrow ? 'narrow' : 'wide'];
	const bars: Bar[] = [];
	for (const { host, x, side } of lifelines) {
		if (side === null) continue;
		const out = side === 'left' ? -1 : 1;
		const serves = scenario.hosts.some(({ id, pop3 }) => id === host && pop3 !== undefined);
		const own: Bar[] = [];
		for (const protocol of ['tcp', 'pop3'] as const) {
			const steps = stepsOf(host, protocol, serves, changes, cursor, (change) => heightOf(change, marks));
			steps.forEach(({ state, y }, i) => {
				const y2 = steps[i + 1]?.y ?? Infinity;
				if (state === '' || y2 <= y) return;
				const idle = state === 'CLOSED' || state === 'LISTEN';
				own.push({
					host,
					protocol,
					state,
					x: x + out * offsets[protocol],
					y1: y,
					y2,
					nameX: x + out * offsets.name,
					nameY: 0,
					idle
				});
			});
		}
		bars.push(...named(own));
	}
	return bars;
}

interface Step {
	readonly state: string;
	readonly y: number;
}

/**
 * The states of one protocol at one host with the height at which each begins; '' stands for none. A state that is left
 * at the instant it is entered (UPDATE, CLOSE-WAIT) still gets the height of its name.
 */
function stepsOf(
	host: string,
	protocol: 'tcp' | 'pop3',
	serves: boolean,
	changes: readonly Change[],
	cursor: number,
	height: (change: Change) => number
): readonly Step[] {
	const rest = protocol === 'tcp' ? restOf(serves) : '';
	const steps: Step[] = [{ state: rest, y: TOP }];
	const push = (state: string, change: Change) => {
		const before = steps[steps.length - 1];
		if (before?.state === state) return;
		const least = before && before.state !== rest ? before.y + NAME_STEP : TOP;
		steps.push({ state, y: Math.max(least, height(change)) });
	};
	for (const change of changes) {
		if (change.seq >= cursor) break;
		if (!('host' in change) || change.host !== host) continue;
		if (change.kind === 'tcp.state') {
			const over = change.to === 'CLOSED' || change.to === 'LISTEN';
			if (protocol === 'tcp') push(over ? rest : change.to, change);
			else if (over) push('', change);
		} else if (change.kind === 'pop3.state' && protocol === 'pop3') push(sessionOf(change.to) ?? '', change);
	}
	return steps;
}

/** Gives the bars of one side their names' places, from the top down. */
function named(bars: readonly Bar[]): readonly Bar[] {
	let last = -Infinity;
	return [...bars]
		.sort((a, b) => a.y1 - b.y1 || (a.protocol === 'tcp' ? -1 : 1))
		.map((bar) => {
			last = Math.max(bar.y1 + 10, last + NAME_STEP);
			return { ...bar, nameY: last };
		});
}

/**
 * Names of the bars that began above `top` and go on below it, moved down into view, so that the state is always to be
 * read; where names of the same side are already there, they stay.
 */
export function pinned(bars: readonly Bar[], top: number): readonly Bar[] {
	const room = 3 * NAME_STEP;
	const taken = (side: number) =>
		bars.some(({ nameX, nameY }) => nameX === side && nameY > top && nameY < top + room);
	return bars.map((bar) => {
		if (bar.nameY > top + 4 || bar.y2 < top + room || taken(bar.nameX)) return bar;
		return { ...bar, nameY: top + 11 + (bar.protocol === 'pop3' ? NAME_STEP : 0) };
	});
}
