/**
 * What a listener hears of a run. `narrate` turns events into sentences and is pure; `Narrator` decides when they are
 * spoken: merged within 700 ms, at most one message a second, and of a jump only where it ended. Time is an argument.
 */
import { answerText } from '#lib/levels/answers.ts';
import type { RowStatus } from '#lib/levels/coach.ts';
import type { QuestionStatus } from '#lib/levels/questions.ts';
import type { Answer, Event } from '#lib/sim/event.ts';
import { describeRow, type PacketRow } from './packets.ts';
import type { Millis } from './pace.ts';
import type { Narration } from './settings.svelte.ts';

export const MERGE: Millis = 700;
export const BETWEEN: Millis = 1000;
/** Of a longer pile of sentences only the last are spoken. */
const MOST = 6;

/** Sentences for the events `log[from, log.length)`; `rows` are the packets of the log. */
export function narrate(
	log: readonly Event[],
	from: number,
	rows: readonly PacketRow[],
	verbosity: Narration
): readonly string[] {
	if (verbosity === 'off') return [];
	const said: string[] = [];
	for (let i = from; i < log.length; i++) {
		const event = log[i];
		const sentence = event && sentenceOf(event, log, i, rows, verbosity === 'every packet');
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
			const numbers = row.tcp ? ` Sequence ${row.tcp.seq}, ack ${row.tcp.ack}.` : '';
			return `${describeRow(row)}.${numbers}`;
		}
		case 'packet.dropped':
			if (event.host !== null) return `Packet ${event.packet} dropped at ${event.host}: ${event.detail}.`;
			return `Packet ${event.packet} ${event.reason === 'taken' ? 'taken away' : 'lost'} ${between(event, log, at)}.${segment(event.packet, rows)}`;
		case 'packet.changed':
			// what a router does by itself is no news for a summary
			if (event.what === 'mark' && !every) return null;
			return `Packet ${event.packet} ${CHANGES[event.what] ?? event.what} ${between(event, log, at)}.`;
		case 'ip.reassembled':
			return `${event.host} has put ${event.packets.length} pieces together: packets ${event.packets.join(', ')}.`;
		case 'ip.path-mtu':
			return `${event.host} has learnt that at most ${event.mtu} bytes reach ${event.to} in one piece.`;
		case 'tcp.report':
			return event.report === 'urgent'
				? `${event.host} has urgent text: ${event.detail}.`
				: `${event.host} is told by ICMP: ${event.detail}.`;
		case 'nat.mapped':
			return every ? `${event.host} shows ${event.inside} outside as ${event.outside}.` : null;
		case 'tcp.state':
			if (event.to === 'ESTABLISHED') return handshake(event.connection, log, at, rows);
			return every ? `${event.host} moved from ${words(event.from)} to ${words(event.to)}.` : null;
		case 'tcp.error':
			return `Connection ${event.error === 'timeout' ? 'timed out' : event.error}.`;
		case 'tcp.retransmit':
			return `${event.host} sends number ${event.sequence} again.`;
		case 'pop3.received':
			return `${serverOf(log, at) ?? 'The server'} says: ${event.ok ? 'plus OK' : 'minus ERR'} ${event.text}${more(event.lines)}.`;
		case 'pop3.state':
			if (event.side !== 'server' || event.from === event.to) return null;
			return `Server moved from ${words(event.from)} to ${words(event.to)}.`;
		case 'maildrop.lock':
			return `${event.user}’s box is ${event.held ? 'open, and locked for this session' : 'unlocked'}.`;
		case 'maildrop.mark':
			return `Letter ${event.number} is ${event.marked ? 'marked as deleted' : 'no longer marked'}.`;
		case 'mail.sync':
			return `The mail program at ${event.host} fetches the mail of ${event.account}.`;
		case 'maildrop.expunge':
			return `One letter is gone from ${event.user}’s box.`;
		default:
			return null;
	}
}

const CHANGES: Readonly<Record<string, string>> = {
	edit: 'edited',
	corrupt: 'damaged',
	split: 'split',
	coalesce: 'joined with the next',
	hold: 'held',
	release: 'let go',
	delay: 'delayed',
	mark: 'marked: congestion'
};

/** `between R1 and R2`: where the packet was on its way. */
function between(
	{ packet, link }: { readonly packet: number; readonly link: string },
	log: readonly Event[],
	at: number
): string {
	for (let i = at; i >= 0; i--) {
		const event = log[i];
		if (event?.kind === 'packet.sent' && event.packet === packet && event.link === link)
			return `between ${event.from} and ${event.to}`;
	}
	return `on ${link}`;
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
	return count > 1 ? ` Segment ${place} of ${count}.` : '';
}

/** Said once, when the second end is open. */
function handshake(
	connection: string,
	log: readonly Event[],
	at: number,
	rows: readonly PacketRow[]
): string | null {
	const open = log
		.slice(0, at + 1)
		.filter((e) => e.kind === 'tcp.state' && e.to === 'ESTABLISHED' && e.connection === connection);
	if (open.length !== 2) return null;
	const packets = rows.filter((row) => row.connection === connection && row.seq <= at).length;
	return `Handshake done in ${packets} packets.`;
}

function serverOf(log: readonly Event[], at: number): string | null {
	for (let i = at; i >= 0; i--) {
		const event = log[i];
		if (event?.kind === 'pop3.reply') return event.host;
	}
	return null;
}

const words = (state: string): string => state.toLowerCase().replaceAll('-', ' ');
const more = (lines: number): string => (lines > 0 ? `, and ${lines} ${lines === 1 ? 'line' : 'lines'}` : '');

type Said = Pick<RowStatus, 'row' | 'state'>;

/** What changed in the goal rows; read at once. */
export function goalNews(before: readonly Said[], now: readonly Said[]): readonly string[] {
	return now.flatMap(({ row, state }, i) => {
		const was = before[i]?.state;
		if (was === undefined || was === state) return [];
		const place = `Goal ${i + 1} of ${now.length}`;
		if (state === 'met') return [`${place} met: ${row.say}.`];
		if (state === 'broken') return [`${place} broken: ${row.say}.`];
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
		if (state === 'right') return [`As you said: ${named(right)}.`];
		return [`You said ${named(last.value)}. On the wire: ${named(right)}. ${explanation ?? ''}`.trim()];
	});
}

/** Where a jump ended. */
export function whereabouts(cursor: number, total: number, rows: readonly PacketRow[]): string {
	const last = rows.findLast((row) => row.seq < cursor);
	return `Event ${cursor} of ${total}. ${last ? `Last: ${describeRow(last)}.` : 'Nothing on the wire yet.'}`;
}

export class Narrator {
	#waiting: string[] = [];
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
		this.#waiting = [sentence];
		this.#since = now;
	}

	clear(): void {
		this.#waiting = [];
	}

	/** The message to speak now, or null. */
	take(now: Millis): string | null {
		if (!this.#waiting.length || now - this.#since < MERGE || now - this.#spokenAt < BETWEEN) return null;
		const said = this.#waiting;
		this.#waiting = [];
		this.#spokenAt = now;
		const left = said.length - MOST;
		return (left > 0 ? [`${left} more before that.`, ...said.slice(left)] : said).join(' ');
	}
}
