/**
 * What the timeline marks on a run, as pure folds of its log. A mark's place is the number of events shown once it has
 * happened, which is where the scrubber stands to see it.
 */
import type { Event, Micros } from '#lib/sim/event.ts';
import * as words from '#words/waits.ts';
import { JUMP } from './pace.ts';

export type MarkKind = 'command' | 'state' | 'loss' | 'gate';

export interface Mark {
	readonly place: number;
	readonly kind: MarkKind;
}

/** A wait so long that playback jumps over it. */
export interface Jump {
	/** The wait lies between this many events and one more. */
	readonly place: number;
	readonly gap: Micros;
}

/** The marks of events `[from, to)`. */
export function marksOf(log: readonly Event[], from: number, to: number): readonly Mark[] {
	const marks: Mark[] = [];
	for (let i = from; i < Math.min(to, log.length); i++) {
		const event = log[i];
		const kind = event && kindOf(event);
		if (kind) marks.push({ place: i + 1, kind });
	}
	return marks;
}

function kindOf(event: Event): MarkKind | null {
	switch (event.kind) {
		case 'input':
			return event.input.kind === 'answer' ? 'gate' : 'command';
		case 'tcp.state':
		case 'pop3.state':
			return 'state';
		case 'packet.dropped':
		case 'tcp.error':
			return 'loss';
		default:
			return null;
	}
}

/** The layer that an event is of, as the lens counts: 1 what is said, 2 the connection, 3 the datagrams. */
export function layerOf({ kind }: Event): 1 | 2 | 3 {
	const room = kind.slice(0, Math.max(0, kind.indexOf('.')));
	if (room === 'packet' || room === 'ip' || room === 'icmp' || room === 'nat') return 3;
	return room === 'tcp' ? 2 : 1;
}

/** The places of all events of a layer in `[from, to)`; at 4 of every layer. */
export function layerPlaces(log: readonly Event[], from: number, to: number, lens: 1 | 2 | 3 | 4): number[] {
	const places: number[] = [];
	for (let i = from; i < Math.min(to, log.length); i++) {
		const event = log[i];
		if (event && isOfLayer(event, lens)) places.push(i + 1);
	}
	return places;
}

/** Something is marked there. */
export const isMark = (event: Event): boolean => kindOf(event) !== null;

/** It is of the layer; at 4 of every layer. */
export const isOfLayer = (event: Event, lens: 1 | 2 | 3 | 4): boolean =>
	lens === 4 || layerOf(event) === lens;

/** The place nearest to `place` that way, of the events `[from, to)` that are `wanted`; null: there is none. */
export function nearest(
	log: readonly Event[],
	from: number,
	to: number,
	place: number,
	direction: 1 | -1,
	wanted: (event: Event) => boolean
): number | null {
	for (let at = place + direction; at > from && at <= to; at += direction) {
		const event = log[at - 1];
		if (event && wanted(event)) return at;
	}
	return null;
}

/** The marks at places before `to`; `marks` stand in order. */
export function marksUpTo(marks: readonly Mark[], to: number): readonly Mark[] {
	let low = 0;
	let high = marks.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((marks[middle]?.place ?? Infinity) <= to) low = middle + 1;
		else high = middle;
	}
	return low === marks.length ? marks : marks.slice(0, low);
}

/** As many marks as a track of `room` steps can tell apart: of each kind one a step, the first. */
export function thinned(marks: readonly Mark[], from: number, to: number, room: number): readonly Mark[] {
	if (marks.length <= room) return marks;
	const step = (to - from) / room;
	const taken = new Map<MarkKind, number>();
	return marks.filter(({ place, kind }) => {
		const at = Math.floor((place - from) / step);
		if (taken.get(kind) === at) return false;
		taken.set(kind, at);
		return true;
	});
}

/** The waits of more than `JUMP` before events `[from, to)`. */
export function jumpsOf(log: readonly Event[], from: number, to: number): readonly Jump[] {
	const jumps: Jump[] = [];
	for (let i = Math.max(1, from); i < Math.min(to, log.length); i++) {
		const gap = (log[i]?.at ?? 0) - (log[i - 1]?.at ?? 0);
		if (gap > JUMP) jumps.push({ place: i, gap });
	}
	return jumps;
}

/** `3.0 s`, `2 min`, `10 min 5 s`: a wait as people say it. */
export function waitText(wait: Micros): string {
	const seconds = wait / 1e6;
	if (seconds < 10) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 120) return `${whole} s`;
	const rest = whole % 60;
	return `${Math.floor(whole / 60)} min${rest ? ` ${rest} s` : ''}`;
}

/** What the world is waiting for while only background timers are due: the state that the log ends in tells. */
export function timerName(log: readonly Event[]): string {
	const tcp = new Map<string, string>();
	const pop3 = new Map<string, string>();
	for (const event of log) {
		if (event.kind === 'tcp.state') tcp.set(`${event.host} ${event.connection}`, event.to);
		if (event.kind === 'pop3.state' && event.side === 'server') pop3.set(event.session, event.to);
	}
	if ([...tcp.values()].includes('TIME-WAIT')) return 'TIME-WAIT';
	const open = [...pop3.values()].some((state) => state === 'AUTHORIZATION' || state === 'TRANSACTION');
	return open ? words.autologout : words.nextTimer;
}
