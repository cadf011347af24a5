/**
 * Events of a run as rows that a person can tick: what each is in words, and which of its fields make it that event. Pure.
 */
import { fieldOf, isRowKind, ROW_KINDS, type MadeRow, type RowKind, type Scalar } from '#lib/levels/made.ts';
import { type Log } from '#lib/levels/goals.ts';
import { originOf } from '#lib/levels/matches.ts';
import type { Event } from '#lib/sim/event.ts';

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
	const at = (name: string, before: string) => (fields[name] === undefined ? '' : ` ${before} ${f(name)}`);
	switch (kind) {
		case 'tcp.state':
			return `TCP${at('host', 'at')} reaches ${f('to') || 'another state'}`;
		case 'tcp.error':
			return `The connection${at('host', 'at')} ends: ${f('error') || 'any error'}`;
		case 'tcp.retransmit':
			return `${f('host') || 'Somebody'} sends a segment again`;
		case 'pop3.state':
			return `The ${f('side') || 'session'} reaches ${f('to')}${at('on', 'on')}`;
		case 'pop3.command':
			return `The server reads ${f('keyword')} ${f('args')}`.trim();
		case 'pop3.reply':
			return `The server answers ${f('keyword')}${fields['ok'] === undefined ? '' : fields['ok'] ? ' with +OK' : ' with -ERR'}`;
		case 'pop3.sent':
			return `${f('host') || 'The client'} sends ${f('line')}`;
		case 'pop3.received':
			return `${f('host') || 'The client'} reads ${fields['ok'] === false ? '-ERR' : '+OK'} to ${f('keyword')}`;
		case 'maildrop.lock':
			return `The box of ${f('user')} is ${fields['held'] === false ? 'free again' : 'locked'}`;
		case 'maildrop.mark':
			return `Letter ${f('uid')} is ${fields['marked'] === false ? 'no longer marked' : 'marked as deleted'}`;
		case 'maildrop.expunge':
			return `Letter ${f('uid')} is gone for good`;
		case 'mail.sync':
			return `${f('host')} begins to fetch mail`;
		case 'mail.letter':
			return `${f('host')} has letter ${f('uid')}`;
		case 'mail.problem':
			return `The mail program complains: ${f('what')}`;
		case 'mail.done':
			return `The sync ends${fields['fetched'] === undefined ? '' : ` with ${f('fetched')} fetched`}`;
		case 'packet.dropped':
			return `A packet is lost: ${f('reason')}${at('link', 'on')}`;
		case 'packet.sent':
			return `A packet leaves${at('from', '')}${at('to', 'for')}`;
		case 'packet.delivered':
			return `A packet arrives${at('host', 'at')}`;
		case 'packet.changed':
			return `A packet is changed on its way: ${f('what')}`;
		case 'icmp.received':
			return `${f('host')} gets ICMP type ${f('type')} code ${f('code')}`;
		default:
			return `${ROW_KINDS[kind].say}${at('host', 'at')}`;
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
	if (plain === 'true' || plain === 'yes') return true;
	if (plain === 'false' || plain === 'no') return false;
	if (plain === 'none') return null;
	return /^-?(0|[1-9][0-9]{0,14})$/.test(plain) ? Number(plain) : plain;
}

/** The same value for an input box. */
export const sayScalar = (value: Scalar): string =>
	value === null
		? 'none'
		: value === true
			? 'yes'
			: value === false
				? 'no'
				: value === ''
					? ''
					: String(value);
