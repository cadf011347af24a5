/**
 * What the analysis of a capture says of the packets of a log, each as it first entered a link. A log only grows, or is
 * cut short and grows otherwise, so each packet is analysed once and its notes keep their identity.
 */
import { analyse, createAnalysis, rewritten, type Analysis } from '#lib/capture/analysis/analyse.ts';
import { answerOf, remarksOf } from '#lib/capture/analysis/notes.ts';
import type { Analysed } from '#lib/capture/analysis/row.ts';
import type { Event, EventOf } from '#lib/sim/event.ts';

export interface Notes {
	/** `duplicate ACK #2 of #7`, `window full`. */
	readonly remarks: readonly string[];
	/** `acknowledges #12`; null: the packet answers none. */
	readonly answer: string | null;
	/** The same as data. */
	readonly found: Analysed;
}

type Sent = EventOf<'packet.sent'>;

interface Progress {
	readonly analysis: Analysis;
	/** Octets of each packet on its latest link. */
	readonly packets: Map<number, Uint8Array>;
	/** How much of the log was analysed, and its last event. */
	length: number;
	last: Event | undefined;
}

const notes = new WeakMap<Sent, Notes>();
/** By the first event of the log. */
const progresses = new WeakMap<Event, Progress>();

/** Whether every packet of a log that is shorter than another with the same beginning has its notes. */
function isKnown(log: readonly Event[]): boolean {
	const sent = log.findLast((event) => event.kind === 'packet.sent');
	return sent === undefined || notes.has(sent);
}

/** Whether the addresses are the same (RFC 791 §3.1). */
function sameEnds(a: Uint8Array, b: Uint8Array): boolean {
	for (let at = 12; at < 20; at++) if (a[at] !== b[at]) return false;
	return true;
}

/** Notes on every packet of the log, by its first `packet.sent`. */
export function analysed(log: readonly Event[]): WeakMap<Sent, Notes> {
	const first = log[0];
	if (!first) return notes;
	let progress = progresses.get(first);
	if (progress && log.length < progress.length && isKnown(log)) return notes;
	if (!progress || log[progress.length - 1] !== progress.last) {
		progress = { analysis: createAnalysis(), packets: new Map(), length: 0, last: undefined };
		progresses.set(first, progress);
	}
	for (; progress.length < log.length; progress.length++) {
		const event = log[progress.length]!;
		progress.last = event;
		if (event.kind !== 'packet.sent') continue;
		const { at, bytes, packet } = event;
		const before = progress.packets.get(packet);
		progress.packets.set(packet, bytes);
		if (before) {
			if (!sameEnds(before, bytes)) rewritten(progress.analysis, before, bytes, packet, at);
			continue;
		}
		const row = analyse(progress.analysis, { at, bytes, packet });
		// the packets before a cut were analysed in the same way
		if (!notes.has(event)) notes.set(event, { remarks: remarksOf(row), answer: answerOf(row), found: row });
	}
	return notes;
}
