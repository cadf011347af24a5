/**
 * Events of a run as rows that a person can tick: what each is in words, and which of its fields make it that event. Pure.
 */
import { fieldOf, isRowKind, ROW_KINDS, type MadeRow, type RowKind, type Scalar } from '#lib/levels/made.ts';
import { type Log } from '#lib/levels/goals.ts';
import { originOf } from '#lib/levels/matches.ts';
import type { Event } from '#lib/sim/event.ts';
import * as words from '#words/yard-rows.ts';

export interface Candidate {
	/** Log position. */
	readonly seq: number;
	readonly row: MadeRow;
	/** One that a person thinks of first; the others come on demand. */
	readonly plain: boolean;
}

const quote = (text: Scalar | undefined): string => String(text ?? '').slice(0, 60);

/** Words for a row; in the log the event reads the same. */
export function sayRow(kind: RowKind, fields: Readonly<Record<string, Scalar>>): string {
	const f = (name: string): string => quote(fields[name]);
	const is = (name: string): boolean => fields[name] !== false;
	switch (kind) {
		case 'tcp.state':
			return words.tcpState(f('host'), f('to'));
		case 'tcp.error':
			return words.tcpError(f('host'), f('error'));
		case 'tcp.retransmit':
			return words.retransmits(f('host'));
		case 'pop3.state':
			return words.pop3State(f('side'), f('to'), f('on'));
		case 'pop3.command':
			return words.command(f('keyword'), f('args'));
		case 'pop3.reply':
			return words.reply(f('keyword'), fields['ok'] === undefined ? null : Boolean(fields['ok']));
		case 'pop3.sent':
			return words.sent(f('host'), f('line'));
		case 'pop3.received':
			return words.received(f('host'), is('ok') ? '+OK' : '-ERR', f('keyword'));
		case 'maildrop.lock':
			return words.lock(f('user'), is('held'));
		case 'maildrop.mark':
			return words.mark(f('uid'), is('marked'));
		case 'maildrop.expunge':
			return words.expunge(f('uid'));
		case 'mail.sync':
			return words.sync(f('host'));
		case 'mail.letter':
			return words.letter(f('host'), f('uid'));
		case 'mail.problem':
			return words.problem(f('what'));
		case 'mail.done':
			return words.done(fields['fetched'] === undefined ? null : f('fetched'));
		case 'packet.dropped':
			return words.dropped(f('reason'), f('link'));
		case 'packet.sent':
			return words.leaves(f('from'), f('to'));
		case 'packet.delivered':
			return words.arrives(f('host'));
		case 'packet.changed':
			return words.changed(f('what'));
		case 'icmp.received':
			return words.icmp(f('host'), f('type'), f('code'));
		default:
			return words.other(ROW_KINDS[kind].say, f('host'));
	}
}

/** Not what a person does things for. */
const NOISE: readonly RowKind[] = [
	'packet.sent',
	'packet.delivered',
	'pop3.sent',
	'pop3.command',
	'pop3.reply',
	'tcp.report',
	'tcp.discarded',
	'nat.mapped',
	'nat.expired'
];

/** The events of `log` from `from` on that a row can name. Of several with the same words only the first. */
export function candidates(log: Log, from: number, steps: number): readonly Candidate[] {
	const seen = new Set<string>();
	return log.slice(from).flatMap((event): Candidate[] => {
		if (!isRowKind(event.kind)) return [];
		const row = rowFor(event, log, steps);
		const key = JSON.stringify([row.kind, row.fields]);
		if (seen.has(key)) return [];
		seen.add(key);
		const inner = event.kind === 'pop3.state' && (event.side === 'client' || event.from === event.to);
		return [{ seq: event.seq, row, plain: !inner && !NOISE.includes(event.kind) }];
	});
}

/** A row for this event, with the fields that tell it from others. `steps`: inputs before the solution begins. */
function rowFor(event: Event, log: Log, steps: number): MadeRow {
	const kind = event.kind as RowKind;
	const { fields: names, asks } = ROW_KINDS[kind];
	const fields: Record<string, Scalar> = {};
	for (const name of names.slice(0, asks)) {
		const value = fieldOf(event, name);
		if (value !== undefined) fields[name] = value;
	}
	const origin = originOf(log, event);
	const by = origin ? log.slice(0, origin.seq).filter((one) => one.kind === 'input').length - steps : 0;
	return { say: sayRow(kind, fields), kind, fields, ...(by > 0 && { by }) };
}

/** A value as somebody typed it, of the sort that the field has elsewhere. */
export function readScalar(text: string): Scalar {
	const plain = text.trim();
	if (plain === 'true' || plain === words.yes) return true;
	if (plain === 'false' || plain === words.no) return false;
	if (plain === words.none) return null;
	return /^-?(0|[1-9][0-9]{0,14})$/.test(plain) ? Number(plain) : plain;
}

/** The same value for an input box. */
export const sayScalar = (value: Scalar): string =>
	value === null
		? words.none
		: value === true
			? words.yes
			: value === false
				? words.no
				: value === ''
					? ''
					: String(value);
