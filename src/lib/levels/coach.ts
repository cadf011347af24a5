/**
 * The coach: what holds of a level at the cursor, what comes next, and what led away from the path. Law: a pure
 * function of (level, log up to the cursor); it never speaks in the server's voice and never reads server prose to
 * judge a goal.
 */
import type { Answer, Event, EventOf, Input } from '#lib/sim/event.ts';
import { lastAway, milestonesPassed, type Away } from './away.ts';
import { answered, sameValue, type Log } from './goals.ts';
import type { Level, Milestone, Question, Row } from './level.ts';
import { refusal, type Look } from './refusal.ts';

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
	/** The last event that moved away from the path. */
	readonly away: Away | null;
	/** The one thing to say under the terminal besides `milestone.next`; null: nothing. */
	readonly message: Message | null;
}

export function coach(level: Level, log: Log): CoachReport {
	const rows = rowStatuses(level, log);
	const solved = rows.length > 0 && rows.every(({ state }) => state === 'met' || state === 'kept');
	const passed = milestonesPassed(level, log);
	const milestone = solved ? null : (level.milestones[passed] ?? null);
	const away = lastAway(level, log);
	return {
		rows,
		solved,
		milestone,
		passed,
		show: milestone?.step ?? null,
		away,
		message: solved ? null : messageOf(level, log, rows, away)
	};
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

// ---- questions

export interface Given {
	readonly value: Answer;
	/** Null while the run does not tell. */
	readonly right: boolean | null;
	readonly event: EventOf<'input'>;
}

export interface QuestionStatus {
	readonly question: Question;
	/** `ahead`: its moment has not come; `open`: asked, not answered rightly yet; `right`: answered rightly. */
	readonly state: 'ahead' | 'open' | 'right';
	/** Every answer so far, the first first. */
	readonly given: readonly Given[];
	/** The right value once the run tells it. */
	readonly right: string | number | null;
	/** After a wrong answer whose right value is known: the difference explained. */
	readonly explanation: string | null;
}

/** The questions of a level at the cursor, in their order. */
export function questionStatuses(level: Level, log: Log): readonly QuestionStatus[] {
	return level.questions.map((question) => {
		const right = question.answer(log);
		const given = givenTo(question, log, right);
		const last = given.at(-1);
		const opens = question.opens ?? question.gate;
		const isOpen = given.length > 0 || (opens !== undefined && log.some((event) => opens(event, log)));
		const explanation =
			last && last.right === false && right !== null && !Array.isArray(last.value)
				? question.explain(last.value as string | number, right)
				: null;
		const state = given.some((each) => each.right) ? 'right' : isOpen ? 'open' : 'ahead';
		return { question, state, given, right, explanation };
	});
}

function givenTo(question: Question, log: Log, right: string | number | null): readonly Given[] {
	const asked = answered(question.id);
	const given: Given[] = [];
	for (const event of log) {
		if (event.kind !== 'input' || event.input.kind !== 'answer' || !asked(event, log)) continue;
		const { value } = event.input;
		given.push({ value, right: right === null ? null : sameValue(value, right), event });
	}
	return given;
}

/**
 * The answer that a selected field gives to a `point` question: its value when it is the field asked for in a packet
 * asked for, else a text that names what was selected, which is never right.
 */
export function pointed(
	question: Question,
	log: Log,
	sent: EventOf<'packet.sent'>,
	node: { readonly name: string; readonly label: string; readonly shown: string; readonly value?: number }
): string | number {
	const { field } = question;
	if (field && field.name === node.name && field.packet(sent, log)) return node.value ?? node.shown;
	return `${node.label} of packet ${sent.packet}, ${node.shown}`;
}

// ---- the one thing to say

function messageOf(level: Level, log: Log, rows: readonly RowStatus[], away: Away | null): Message | null {
	const broken = rows.some(({ state }) => state === 'broken');
	if (broken && away)
		return { kind: 'broken', say: away.say, event: away.event, rewindTo: away.rewindTo, look: null };
	const refused = refusal(level, log);
	if (refused) {
		const { say, event, look } = refused;
		return failuresInARow(log, level.terminal) < PATIENCE
			? { kind: 'refused', say, event, rewindTo: null, look }
			: { kind: 'hint', say: `${say} A hint is waiting.`, event, rewindTo: null, look };
	}
	const lastInput = log.findLast((event) => event.kind === 'input' && event.input.kind !== 'answer');
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
