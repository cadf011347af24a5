/**
 * The coach: what holds of a level at the cursor, what comes next, and what led away from the path. Law: a pure
 * function of (level, log up to the cursor); it never speaks in the server's voice and never reads server prose to
 * judge a goal.
 */
import type { Event, Input } from '#lib/sim/event.ts';
import { leftPath, milestonesPassed, type Away } from './away.ts';
import type { Log } from './goals.ts';
import type { Level, Milestone, Row } from './level.ts';
import type { mistyped } from './mistyped.ts';
import type { Look, refusal } from './refusal.ts';

export interface RowStatus {
	readonly row: Row;
	/** Goals are `open` or `met`, guards `kept` or `broken`. */
	readonly state: 'open' | 'met' | 'kept' | 'broken';
	/** What met or broke it. */
	readonly by: Event | null;
}

export interface Message {
	/** `hint`: refused so often that a hint should be offered beside the explanation. */
	readonly kind: 'broken' | 'refused' | 'away' | 'hint';
	readonly say: string;
	/** The event that it is about. */
	readonly event: Event | null;
	/** Offer "Rewind to before": show this many events. */
	readonly rewindTo: number | null;
	/** Offer a look at this pane. */
	readonly look: Look | null;
	/** A goal asked for it: what comes next is said as well. */
	readonly wanted?: true;
}

export interface CoachReport {
	readonly rows: readonly RowStatus[];
	/** Every goal met and every guard kept. */
	readonly solved: boolean;
	/** The first milestone that is not met, null when there is none left. */
	readonly milestone: Milestone | null;
	/** How many milestones lie behind. */
	readonly passed: number;
	/** What "Show me" puts into the box. */
	readonly show: Input | null;
	/** The first event that left the path and has not been made good. */
	readonly away: Away | null;
	/** The one thing to say under the terminal besides `milestone.next`; null: nothing. */
	readonly message: Message | null;
}

/** What explains a line that came to nothing: a module of its own, which most runs do without for a while. */
export interface Explain {
	readonly refusal: typeof refusal;
	readonly mistyped: typeof mistyped;
}

/** `explain` absent: the next step is said in the place of a reason. */
export function coach(level: Level, log: Log, explain: Explain | null = null): CoachReport {
	const rows = rowStatuses(level, log);
	const solved = rows.length > 0 && rows.every(({ state }) => state === 'met' || state === 'kept');
	const passed = milestonesPassed(level, log);
	const milestone = solved ? null : (level.milestones[passed] ?? null);
	const away = leftPath(level, log);
	return {
		rows,
		solved,
		milestone,
		passed,
		show: stepOf(milestone, log),
		away,
		message: solved ? null : messageOf(level, log, rows, away, milestone, explain)
	};
}

/** What to do next; null: nothing, or only to go back. */
function stepOf(milestone: Milestone | null, log: Log): Input | null {
	const step = milestone?.step ?? null;
	return typeof step === 'function' ? step(log) : step;
}

export function rowStatuses(level: Level, log: Log): readonly RowStatus[] {
	return level.goal.map((row) => {
		const by = row.is(log);
		return { row, state: row.guard ? (by ? 'broken' : 'kept') : by ? 'met' : 'open', by };
	});
}

export function isSolved(level: Level, log: Log): boolean {
	return level.goal.length > 0 && level.goal.every((row) => (row.is(log) === null) === (row.guard === true));
}

// ---- the one thing to say

function messageOf(
	level: Level,
	log: Log,
	rows: readonly RowStatus[],
	away: Away | null,
	milestone: Milestone | null,
	explain: Explain | null
): Message | null {
	const broken = rows.some(({ state }) => state === 'broken');
	if (broken && away)
		return { kind: 'broken', say: away.say, event: away.event, rewindTo: away.rewindTo, look: null };
	if (away && milestone?.step === null)
		return { kind: 'away', say: away.say, event: away.event, rewindTo: away.rewindTo, look: null };
	const input = log.findLast((event) => event.kind === 'input');
	const wanted = ({ seq, host }: Event & { readonly host: string }) => {
		const asked = log.findLast(
			(event) =>
				event.seq < seq && event.kind === 'input' && event.input.kind === 'type' && event.input.host === host
		);
		return rows.some(({ state, by }) => state === 'met' && by !== null && asked && by.seq > asked.seq);
	};
	const refused = explain?.refusal(level, log, wanted);
	// who has answered a question since has read it
	if (refused && !(input?.input.kind === 'answer' && input.seq > refused.event.seq)) {
		const { say, event, look } = refused;
		if (wanted(event)) return { kind: 'refused', say, event, rewindTo: null, look, wanted: true };
		return failuresInARow(log, event.host) < PATIENCE
			? { kind: 'refused', say, event, rewindTo: null, look }
			: { kind: 'hint', say: `${say} A hint is waiting.`, event, rewindTo: null, look };
	}
	const lastInput = log.findLast((event) => event.kind === 'input' && event.input.kind !== 'answer');
	const slip = input && input === lastInput ? explain?.mistyped(level, log, input) : null;
	if (slip && input) return { kind: 'refused', say: slip, event: input, rewindTo: null, look: null };
	if (away && lastInput && away.rewindTo === lastInput.seq)
		return { kind: 'away', say: away.say, event: away.event, rewindTo: away.rewindTo, look: null };
	return null;
}

/** So many failures in a row, and a hint is offered. */
const PATIENCE = 3;

/** How many of the last replies that a host read were refusals. */
function failuresInARow(log: Log, host: string): number {
	let n = 0;
	for (let i = log.length - 1; i >= 0; i--) {
		const event = log[i];
		if (event?.kind !== 'pop3.received' || event.host !== host) continue;
		if (event.ok) break;
		n++;
	}
	return n;
}
