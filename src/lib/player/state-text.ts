/**
 * Where somebody stands in a level, as text to be sent to a teacher or put into a report: everything that it takes to
 * see the same. Pure: the same run at the same event gives the same text.
 */
import { answerText } from '#lib/levels/answers.ts';
import type { CoachReport, RowStatus } from '#lib/levels/coach.ts';
import type { Lens, Level } from '#lib/levels/level.ts';
import type { QuestionStatus } from '#lib/levels/questions.ts';
import type { Event, Micros } from '#lib/sim/event.ts';
import * as bar from '#words/bar.ts';
import * as words from '#words/state.ts';
import { packetsText } from './packets-text.ts';
import type { PacketRow } from './packets.ts';
import { inputText } from './tracks.ts';
import { sayEvent } from './yard/text.ts';

export interface State {
	readonly level: Level;
	/** The whole run as far as it is known, how many of its events are shown, and where the player's own part begins. */
	readonly log: readonly Event[];
	readonly cursor: number;
	readonly start: number;
	readonly time: Micros;
	readonly host: string;
	readonly lens: Lens;
	/** The packets that are shown, and how many there are in all. */
	readonly rows: readonly PacketRow[];
	readonly packets: number;
	/** The packet that is chosen, and its field by Wireshark's name. */
	readonly packet: number | null;
	readonly field: string | null;
	readonly hints: number;
	readonly shownHow: boolean;
	readonly report: CoachReport;
	readonly questions: readonly QuestionStatus[];
	/** Address that opens it again; null: none. */
	readonly link: string | null;
}

/** Lines of what happened, and packets: the last of them. */
const MOST = 60;

const seconds = (at: Micros): string => (at / 1e6).toFixed(3);
const timed = (at: Micros, said: string): string => `${seconds(at).padStart(9)}  ${said}`;

export function stateText(state: State): string {
	const { level, log, cursor, start, time, lens, host, report, hints, shownHow, link } = state;
	const name = [level.number, level.title].filter(Boolean).join(' ');
	return [
		words.heading(name),
		words.facts(level.slug, level.seed, lens, bar.lensNames[lens], host),
		[words.place(cursor - start, log.length - start, seconds(time)), ...packetsAt(state)].join(' '),
		...(level.goal.length > 0 ? [words.help(hints, shownHow), '', ...goalLines(report, start)] : []),
		...coachLines(state),
		...answerLines(state),
		'',
		...inputLines(state),
		'',
		words.happened,
		...lastOf(log.slice(start, cursor).flatMap(lineOf)),
		...packetLines(state),
		...(link === null ? [] : ['', words.link(link)]),
		''
	].join('\n');
}

function packetsAt({ rows, packets, packet, field }: State): string[] {
	return [
		rows.length === 0 ? words.noPacket : words.packet(rows.length, packets),
		...(packet === null ? [] : [field === null ? words.openPacket(packet) : words.openField(packet, field)])
	];
}
function packetLines({ rows }: State): string[] {
	if (rows.length === 0) return [];
	const left = Math.max(0, rows.length - MOST);
	return [
		'',
		words.packets,
		...(left > 0 ? [words.leftOut(left)] : []),
		packetsText(rows.slice(left), 0).trimEnd()
	];
}

function goalLines({ rows }: CoachReport, start: number): string[] {
	const met = rows.filter(({ state }) => state === 'met' || state === 'kept').length;
	return [words.goals(met, rows.length), ...rows.map((status) => goalLine(status, start))];
}
function goalLine({ row, state, by }: RowStatus, start: number): string {
	const line = `${words.rowStates[state]} ${row.say}`;
	if (!by) return line;
	return `${line} (${by.seq < start ? words.already : words.by(by.seq + 1 - start, evidence(by))})`;
}
function evidence(event: Event): string {
	if (event.kind === 'input') return inputText(event.input);
	if (event.kind === 'packet.sent') return words.aPacket(event.packet, event.from, event.to);
	if (event.kind === 'pop3.received')
		return words.read(event.host, `${event.ok ? '+OK' : '-ERR'} ${event.text}`.trim());
	if (event.kind === 'pop3.state') return words.state(event.host, event.to, event.on);
	return said(event) ?? '';
}
/** What the log tells in a line that a person can follow; null: nothing. */
function said(event: Event): string | null {
	switch (event.kind) {
		case 'pop3.state':
			return event.side === 'server' && event.from !== event.to
				? words.state(event.host, event.to, event.on)
				: null;
		case 'pop3.drill':
			return words.drill(event.outcome.id, event.outcome.passed);
		case 'mail.letter':
			return words.letter(event.host, event.number, event.uid, event.whole);
		case 'maildrop.lock':
			return words.lock(event.user, event.held);
		case 'maildrop.mark':
			return words.mark(event.number, event.uid, event.marked);
		case 'maildrop.expunge':
			return words.expunged(event.uid);
		default:
			return sayEvent(event);
	}
}

function coachLines({ level, report, start }: State): string[] {
	if (level.goal.length === 0) return [];
	const { message, milestone, solved } = report;
	const lines = solved ? [words.done] : [message?.say, milestone?.next].filter((line) => line !== undefined);
	const back = message?.rewindTo;
	return [
		'',
		words.coach(lines.join(' ')),
		...(back == null ? [] : [words.rewindTo(Math.max(0, back - start))])
	];
}

function answerLines({ questions }: State): string[] {
	const given = questions.flatMap(({ question, given: all, choices }) =>
		all.map(({ value, right }) => {
			const shown = answerText(question.form, value, choices);
			return `- ${words.answered(question.ask, shown, right)}`;
		})
	);
	return given.length > 0 ? ['', words.answers, ...given] : [];
}

function inputLines({ level, log, cursor, host }: State): string[] {
	const inputs = log.filter((event) => event.kind === 'input');
	const lines = inputs.map(({ at, input, seq }) => {
		const where = 'host' in input && input.host !== host ? `${input.host} ` : '';
		return { seq, line: timed(at, where + inputText(input)) };
	});
	const already = lines.slice(0, level.prelude.length);
	const own = lines.slice(level.prelude.length);
	const done = own.filter(({ seq }) => seq < cursor);
	const after = own.length - done.length;
	return [
		...(already.length > 0 ? [words.before, ...already.map(({ line }) => line), ''] : []),
		words.inputs,
		...(done.length > 0 ? done.map(({ line }) => line) : [words.nothing]),
		...(after > 0 ? [words.later(after)] : [])
	];
}

function lineOf(event: Event): string[] {
	const line = said(event);
	return line === null ? [] : [timed(event.at, line)];
}
function lastOf(lines: readonly string[]): string[] {
	const left = Math.max(0, lines.length - MOST);
	return [
		...(left > 0 ? [words.leftOut(left)] : []),
		...lines.slice(left),
		...(lines.length > 0 ? [] : [words.nothing])
	];
}
