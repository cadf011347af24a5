/** Where playback must stop for a prediction, and where the player's own part of a log begins. Pure. */
import type { Level, Question } from '#lib/levels/level.ts';
import type { Event, Micros } from '#lib/sim/event.ts';
import { countUntil } from './pace.ts';

/** Playback shows at most `limit` events and goes no further than `time` until `question` is answered or skipped. */
export interface Gate {
	readonly question: Question;
	readonly limit: number;
	readonly time: Micros;
}

/** The first prediction ahead of `start` that is neither answered in the log nor among the `skipped` ids. */
export function findGate(
	log: readonly Event[],
	start: number,
	questions: Level['questions'],
	skipped: readonly string[]
): Gate | null {
	const settled = new Set(skipped);
	for (const event of log)
		if (event.kind === 'input' && event.input.kind === 'answer') settled.add(event.input.question);
	const open = questions.filter(({ gate, id }) => gate && !settled.has(id));
	if (!open.length) return null;
	for (let i = start; i < log.length; i++) {
		const event = log[i];
		if (!event) break;
		const question = open.find(({ gate }) => gate?.(event, gate.length > 1 ? log.slice(0, i) : []));
		if (question) return { question, limit: Math.min(i, countUntil(log, event.at - 1)), time: event.at - 1 };
	}
	return null;
}

/** Log position after the prelude: before the input that follows the first `count`, or the end. */
export function preludeEnd(log: readonly Event[], count: number): number {
	let inputs = 0;
	for (let i = 0; i < log.length; i++) if (log[i]?.kind === 'input' && inputs++ === count) return i;
	return log.length;
}
