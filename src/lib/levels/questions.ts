/**
 * The questions of a level at the cursor: which are asked, what was answered, and what is so. Law: right is what the run
 * tells, never what somebody typed into a level.
 */
import type { Answer, EventOf } from '#lib/sim/event.ts';
import { choicesOf, hexValue } from './answers.ts';
import { type Log } from './goals.ts';
import { answered, sameValue } from './matches.ts';
import type { Form, Level, Option, Question } from './level.ts';

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
	/** What there is to choose from, to sort or to order. */
	readonly choices: readonly Option[];
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
		return { question, state, given, right, choices: offered(level, question, log), explanation };
	});
}

/**
 * What there is to choose from, as it is offered: the one right option among others in an order drawn from the level's
 * seed and the question's name, so that its place tells nothing. What has an order of its own keeps it.
 */
function offered({ seed }: Level, { id, form }: Question, log: Log): readonly Option[] {
	const options = choicesOf(form, log);
	if (form.kind !== 'choice') return options;
	const drawn = new Map(options.map((option) => [option, draw(seed, id + option.value)]));
	return options.toSorted((a, b) => (drawn.get(a) ?? 0) - (drawn.get(b) ?? 0));
}

/** A number of a seed and a text (FNV-1a, its bits mixed once more). */
function draw(seed: number, text: string): number {
	let h = seed;
	for (const letter of text) h = Math.imul(h ^ letter.charCodeAt(0), 0x01000193);
	return Math.imul(h ^ (h >>> 15), 0x85ebca6b) >>> 0;
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
	{ form }: Question,
	log: Log,
	sent: EventOf<'packet.sent'>,
	node: { readonly name: string; readonly label: string; readonly shown: string; readonly value?: number }
): string | number {
	if (form.kind === 'field' && isMeant(form, node) && form.packet(sent, log)) return node.value ?? node.shown;
	return `${node.label} of packet ${sent.packet}, ${node.shown}`;
}

/** Whether a node is such a one as is asked for. */
export function isMeant(
	{ name, also = [], is = () => true }: Extract<Form, { kind: 'field' }>,
	node: { readonly name: string; readonly shown: string }
): boolean {
	return (node.name === name || also.includes(node.name)) && is(node.shown);
}

/** The same for selected octets, `[from, to)` of a packet. */
export function pointedAt(
	{ form }: Question,
	log: Log,
	{ packet, bytes }: EventOf<'packet.sent'>,
	[from, to]: readonly [number, number]
): string {
	const value = hexValue(bytes.subarray(from, to));
	const right = form.kind === 'range' ? form.octets(bytes, log) : null;
	if (right && right[0] === from && right[1] === to) return value;
	const count = to - from;
	const what = count > 8 ? `${hexValue(bytes.subarray(from, from + 8))} …` : value;
	return `${count} ${count === 1 ? 'octet' : 'octets'} of packet ${packet} from ${from}: ${what}`;
}
