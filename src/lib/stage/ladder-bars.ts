/**
 * The states of TCP (outer) and POP3 (inner) beside the lifelines, each from what caused it on. Pure: changes and the
 * heights of packets in, bars out; the bars of a whole log are made once, and a cursor takes its part of them.
 */
import type { Micros } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import type { Lifeline } from './ladder.ts';
import type { Landmarks } from './ladder-landmarks.ts';
import { TOP } from './ladder-pace.ts';
import { restOf, sessionOf, type Change } from './world.ts';

export interface Bar {
	readonly host: string;
	readonly protocol: 'tcp' | 'pop3';
	readonly state: string;
	/** Log position from which on it stands; −1: from the start. */
	readonly since: number;
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

/** Offsets from the lifeline: inner bar, outer bar, names. */
const BARS = { wide: { pop3: 7, tcp: 16, name: 26 }, narrow: { pop3: 4, tcp: 10, name: 16 } };
/** Least distance between the baselines of two names. */
const NAME_STEP = 13;

/**
 * The height at which a change stands. What a segment caused stands at its arrival, what the user or a timer caused at
 * the packet that this sent; without either, at its own time, or at the packet event of its host before it.
 */
function heightOf(change: Change, landmarks: Landmarks, yAt: ((at: Micros) => number) | null): number {
	const [before, after] = landmarks.beside(change.host, change.seq);
	const received = change.kind !== 'tcp.state' || change.on.startsWith('rcv');
	if (after?.at === change.at && (!received || before?.at !== change.at)) return after.y;
	if (yAt && before?.at !== change.at) return yAt(change.at);
	return before?.y ?? after?.y ?? TOP;
}

/** All bars of a log, in order of each side. */
export function barsOf(
	scenario: Scenario,
	lifelines: readonly Lifeline[],
	changes: readonly Change[],
	landmarks: Landmarks,
	yAt: ((at: Micros) => number) | null,
	narrow: boolean
): readonly Bar[] {
	const offsets = BARS[narrow ? 'narrow' : 'wide'];
	return lifelines.flatMap(({ host, x, side }) => {
		if (side === null) return [];
		const out = side === 'left' ? -1 : 1;
		const serves = scenario.hosts.some(({ id, pop3 }) => id === host && pop3 !== undefined);
		const bars = (['tcp', 'pop3'] as const).flatMap((protocol) =>
			stepsOf(host, protocol, serves, changes, (change) => heightOf(change, landmarks, yAt)).map(
				({ state, y, since }, i, steps): Bar => ({
					host,
					protocol,
					state,
					since,
					x: x + out * offsets[protocol],
					y1: y,
					y2: steps[i + 1]?.y ?? Infinity,
					nameX: x + out * offsets.name,
					nameY: 0,
					idle: state === 'CLOSED' || state === 'LISTEN'
				})
			)
		);
		return named(bars);
	});
}

interface Step {
	readonly state: string;
	readonly y: number;
	readonly since: number;
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
	height: (change: Change) => number
): readonly Step[] {
	const rest = protocol === 'tcp' ? restOf(serves) : '';
	const steps: Step[] = [{ state: rest, y: TOP, since: -1 }];
	const push = (state: string, change: Change) => {
		const before = steps[steps.length - 1];
		if (before?.state === state) return;
		const least = before ? before.y + (before.state === rest ? 0 : NAME_STEP) : TOP;
		steps.push({ state, y: Math.max(least, height(change)), since: change.seq });
	};
	for (const change of changes) {
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
		.sort(
			(a, b) => a.y1 - b.y1 || (a.protocol === b.protocol ? a.since - b.since : a.protocol === 'tcp' ? -1 : 1)
		)
		.map((bar) => {
			if (bar.state === '' || bar.y2 <= bar.y1) return bar;
			last = Math.max(bar.y1 + 10, last + NAME_STEP);
			return { ...bar, nameY: last };
		});
}

/** The bars as they stand at a cursor: the last of each side and protocol goes on. */
export function barsAt(bars: readonly Bar[], cursor: number): readonly Bar[] {
	const last = new Map<string, Bar>();
	const begun = bars.filter(({ since }) => since < cursor);
	for (const bar of begun) {
		const key = `${bar.host} ${bar.protocol}`;
		if ((last.get(key)?.since ?? -2) < bar.since) last.set(key, bar);
	}
	return begun.flatMap((bar) => {
		const open = last.get(`${bar.host} ${bar.protocol}`) === bar;
		if (bar.state === '' || (!open && bar.y2 <= bar.y1)) return [];
		return [open ? { ...bar, y2: Infinity, nameY: bar.nameY || bar.y1 + 10 } : bar];
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
