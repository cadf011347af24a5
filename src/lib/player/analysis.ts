/**
 * What the analysis of a capture says of the packets of a log, each as it first entered a link. A log only grows, or is
 * cut short and grows otherwise, so each packet is analysed once and its notes keep their identity.
 */
import { analyse, createAnalysis, rewritten, type Analysis } from '#lib/capture/analysis/analyse.ts';
import type { Analysed } from '#lib/capture/analysis/row.ts';
import type { Event } from '#lib/sim/event.ts';
import { answerOf, remarksOf } from './notes.ts';

export interface Notes {
	/** `duplicate ACK #2 of #7`, `window full`. */
	readonly remarks: readonly string[];
	/** `acknowledges #12`; null: the packet answers none. */
	readonly answer: string | null;
	/** The same as data. */
	readonly found: Analysed;
}

interface Progress {
	readonly analysis: Analysis;
	/** Octets of each packet on its latest link. */
	readonly packets: Map<number, Uint8Array>;
	/** By log position. */
	readonly notes: (Notes | undefined)[];
	/** The log, and how much of it was analysed. */
	log: readonly Event[];
	length: number;
}

/** Words are made of a finding when somebody reads them. */
class Found implements Notes {
	readonly found: Analysed;

	constructor(found: Analysed) {
		this.found = found;
	}

	get remarks(): readonly string[] {
		return remarksOf(this.found);
	}
	get answer(): string | null {
		return answerOf(this.found);
	}
}

/** By the first event of the log. */
const progresses = new WeakMap<Event, Progress>();

/** Whether the addresses are the same (RFC 791 §3.1). */
function sameEnds(a: Uint8Array, b: Uint8Array): boolean {
	for (let at = 12; at < 20; at++) if (a[at] !== b[at]) return false;
	return true;
}

const begun = (log: readonly Event[], notes: Progress['notes']): Progress => ({
	analysis: createAnalysis(),
	packets: new Map(),
	notes,
	log,
	length: 0
});

/** Notes on the packets among the first `to` events of the log, by the log position of their first `packet.sent`. */
export function analysed(log: readonly Event[], to = log.length): readonly (Notes | undefined)[] {
	const first = log[0];
	if (!first) return [];
	let progress = progresses.get(first);
	const last = Math.min(to, progress?.length ?? 0) - 1;
	if (!progress || progress.log[last] !== log[last]) {
		// packets before the place where two logs part keep their notes
		const kept = progress ? progress.notes.slice(0, sharedLength(progress.log, log)) : [];
		progresses.set(first, (progress = begun(log, kept)));
	}
	if (to <= progress.length) return progress.notes;
	progress.log = log;
	for (; progress.length < to; progress.length++) {
		const event = log[progress.length]!;
		if (event.kind !== 'packet.sent') continue;
		const { at, bytes, packet } = event;
		const before = progress.packets.get(packet);
		progress.packets.set(packet, bytes);
		if (before) {
			if (!sameEnds(before, bytes)) rewritten(progress.analysis, before, bytes, packet, at);
			continue;
		}
		const found = analyse(progress.analysis, { at, bytes, packet });
		progress.notes[progress.length] ??= new Found(found);
	}
	return progress.notes;
}

/** How long two logs are the same: they are wherever they have the same event. */
export function sharedLength(a: readonly Event[], b: readonly Event[], most = Infinity): number {
	let low = 0;
	let high = Math.min(a.length, b.length, most);
	if (high > 0 && a[high - 1] === b[high - 1]) return high;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (a[middle] === b[middle]) low = middle + 1;
		else high = middle;
	}
	return low;
}
