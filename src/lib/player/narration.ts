/**
 * What a listener hears of a run. `narrate` turns events into sentences and is pure; `Narrator` decides when they are
 * spoken: merged within 700 ms, at most one message a second, and of a jump only where it ended. Time is an argument.
 */
import { answerText } from '#lib/levels/answers.ts';
import type { RowStatus } from '#lib/levels/coach.ts';
import type { QuestionStatus } from '#lib/levels/questions.ts';
import type { Answer, Event } from '#lib/sim/event.ts';
import * as words from '#words/narration.ts';
import * as packets from '#words/packet-rows.ts';
import { describeRow, type PacketRow } from './packets.ts';
import type { Millis } from './pace.ts';
import type { Narration } from './settings.svelte.ts';

export const MERGE: Millis = 700;
export const BETWEEN: Millis = 1000;
/** Of a longer pile of sentences only the last are spoken. */
const MOST = 6;

/** Events of which sentences are made at once: of more the last ones. */
const MOST_TOLD = 1000;

/** Sentences for the events `log[from, log.length)`; `rows` are the packets of the log. */
export function narrate(
	log: readonly Event[],
	from: number,
	rows: readonly PacketRow[],
	verbosity: Narration
): readonly string[] {
	if (verbosity === 'off') return [];
	const said: string[] = [];
	for (let i = Math.max(from, log.length - MOST_TOLD); i < log.length; i++) {
		const event = log[i];
		const sentence = event && sentenceOf(event, log, i, rows, verbosity === 'every-packet');
		if (sentence) said.push(sentence);
	}
	return said;
}

function sentenceOf(
	event: Event,
	log: readonly Event[],
	at: number,
	rows: readonly PacketRow[],
	every: boolean
): string | null {
	switch (event.kind) {
		case 'packet.sent': {
			const row = every ? rows.find(({ packet }) => packet === event.packet) : undefined;
			if (!row) return null;
			const numbers = row.tcp ? ` ${words.sequence(row.tcp.seq, row.tcp.ack)}` : '';
			return `${describeRow(row)}.${numbers}`;
		}
		case 'packet.dropped':
			if (event.host !== null) return words.droppedAt(event.packet, event.host, packets.drops[event.reason]);
			return `${words.lost(event.packet, event.reason === 'taken', between(event, log, at))}${segment(event.packet, rows)}`;
		case 'packet.changed':
			// what a router does by itself is no news for a summary
			if (event.what === 'mark' && !every) return null;
			return words.changed(event.packet, words.changes[event.what] ?? event.what, between(event, log, at));
		case 'ip.reassembled':
			return words.reassembled(event.host, event.packets);
		case 'ip.path-mtu':
			return words.pathMtu(event.host, event.mtu, event.to);
		case 'tcp.report':
			return event.report === 'urgent'
				? words.urgent(event.host, event.detail)
				: words.toldByIcmp(event.host, event.detail);
		case 'tcp.discarded':
			return every ? words.discarded(event.host, packets.discards[event.reason]) : null;
		case 'nat.mapped':
			return every ? words.mapped(event.host, event.inside, event.outside) : null;
		case 'tcp.state':
			if (event.to === 'ESTABLISHED') return handshake(event.connection, log, at, rows);
			return every ? words.moved(event.host, inWords(event.from), inWords(event.to)) : null;
		case 'tcp.error':
			return words.connection(event.error);
		case 'tcp.retransmit':
			return words.again(event.host, event.sequence);
		case 'pop3.received':
			return words.says(serverOf(log, at), event.ok, event.text, event.lines);
		case 'pop3.state':
			if (event.side !== 'server' || event.from === event.to) return null;
			return words.serverMoved(inWords(event.from), inWords(event.to));
		case 'maildrop.lock':
			return words.lock(event.user, event.held);
		case 'maildrop.mark':
			return words.mark(event.number, event.marked);
		case 'mail.sync':
			return words.sync(event.host, event.account);
		case 'maildrop.expunge':
			return words.expunged(event.user);
		default:
			return null;
	}
}

/** `between R1 and R2`: where the packet was on its way. */
function between(
	{ packet, link }: { readonly packet: number; readonly link: string },
	log: readonly Event[],
	at: number
): string {
	for (let i = at; i >= 0; i--) {
		const event = log[i];
		if (event?.kind === 'packet.sent' && event.packet === packet && event.link === link)
			return words.between(event.from, event.to);
	}
	return words.onLink(link);
}

/** ` Segment 2 of 5.`: its place among those that carry text the same way before the other end speaks; '' where it is alone. */
function segment(packet: number, rows: readonly PacketRow[]): string {
	const at = rows.findIndex((row) => row.packet === packet);
	const row = rows[at];
	if (!row?.tcp || row.tcp.length === 0) return '';
	let [place, count] = [1, 1];
	for (const by of [-1, 1] as const)
		for (let i = at + by; rows[i]; i += by) {
			const other = rows[i]!;
			if (other.connection !== row.connection || !other.tcp?.length || other.again !== undefined) continue;
			if (other.direction !== row.direction) break;
			count++;
			if (by < 0) place++;
		}
	return count > 1 ? ` ${words.segment(place, count)}` : '';
}

/** Said once, when the second end is open. */
function handshake(
	connection: string,
	log: readonly Event[],
	at: number,
	rows: readonly PacketRow[]
): string | null {
	let open = 0;
	for (let i = 0; i <= at && open <= 2; i++) {
		const event = log[i];
		if (event?.kind === 'tcp.state' && event.to === 'ESTABLISHED' && event.connection === connection) open++;
	}
	if (open !== 2) return null;
	let packets = 0;
	for (const row of rows) {
		if (row.seq > at) break;
		if (row.connection === connection) packets++;
	}
	return words.handshake(packets);
}

function serverOf(log: readonly Event[], at: number): string | null {
	for (let i = at; i >= 0; i--) {
		const event = log[i];
		if (event?.kind === 'pop3.reply') return event.host;
	}
	return null;
}

const inWords = (state: string): string => state.toLowerCase().replaceAll('-', ' ');

type Said = Pick<RowStatus, 'row' | 'state'>;

/** What changed in the goal rows; read at once. */
export function goalNews(before: readonly Said[], now: readonly Said[]): readonly string[] {
	return now.flatMap(({ row, state }, i) => {
		const was = before[i]?.state;
		if (was === undefined || was === state) return [];
		if (state === 'met') return [words.goalMet(i + 1, now.length, row.say)];
		if (state === 'broken') return [words.goalBroken(i + 1, now.length, row.say)];
		return [];
	});
}

type Asked = Pick<QuestionStatus, 'question' | 'given' | 'right' | 'state' | 'choices' | 'explanation'>;

/** What the run has just told about predictions that were given. */
export function truthNews(before: readonly Asked[], now: readonly Asked[]): readonly string[] {
	return now.flatMap(({ question, given, right, state, choices, explanation }, i) => {
		const last = given.at(-1);
		const was = before[i];
		const known = was !== undefined && was.right !== null && was.given.length === given.length;
		if (!last || right === null || known) return [];
		const named = (value: Answer) => answerText(question.form, value, choices);
		if (state === 'right') return [words.asSaid(named(right))];
		return [`${words.otherwise(named(last.value), named(right))} ${explanation ?? ''}`.trim()];
	});
}

/** Where a jump ended, counted from where the player took over, as the timeline counts. */
export function whereabouts(
	cursor: number,
	total: number,
	rows: readonly PacketRow[],
	start: number
): string {
	const last = rows.findLast((row) => row.seq < cursor);
	return `${words.place(cursor - start, total - start)} ${last ? words.last(describeRow(last)) : words.nothingYet}`;
}

export class Narrator {
	#waiting: string[] = [];
	#urgent: string[] = [];
	#since: Millis = 0;
	#spokenAt: Millis = -Infinity;

	/** Queues sentences at `now`. */
	say(sentences: readonly string[], now: Millis): void {
		if (!sentences.length) return;
		if (!this.#waiting.length) this.#since = now;
		this.#waiting.push(...sentences);
	}

	/** A jump: what was waiting is forgotten, and only the last of several jumps is spoken. */
	jump(sentence: string, now: Millis): void {
		this.#urgent = [];
		this.#waiting = [sentence];
		this.#since = now;
	}

	/** Queues what goes before all that waits: it is not held back to be merged. */
	urge(sentences: readonly string[]): void {
		this.#urgent.push(...sentences);
	}

	clear(): void {
		this.#waiting = [];
		this.#urgent = [];
	}

	/** What is urgent now, or null; it too comes at most once a second. */
	takeUrgent(now: Millis): string | null {
		if (!this.#urgent.length || now - this.#spokenAt < BETWEEN) return null;
		const said = this.#urgent.join(' ');
		this.#urgent = [];
		this.#spokenAt = now;
		return said;
	}

	/** The message to speak now, or null. */
	take(now: Millis): string | null {
		if (!this.#waiting.length || now - this.#since < MERGE || now - this.#spokenAt < BETWEEN) return null;
		const said = this.#waiting;
		this.#waiting = [];
		this.#spokenAt = now;
		const left = said.length - MOST;
		return (left > 0 ? [words.moreBefore(left), ...said.slice(left)] : said).join(' ');
	}
}
