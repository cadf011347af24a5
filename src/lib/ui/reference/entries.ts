/**
 * Everything that has a place of its own on a page of the reference: fields, options, commands, states. Law: printed
 * from the same tables as the pages, and every anchor stands on its page.
 */
import { everyCommand, type CommandSpec } from '#lib/pop3/commands.ts';
import { TCP_STATES, TCP_TABLE } from '#lib/tcp/states.ts';
import type { Header, Row } from '#lib/wire/layout.ts';
import { POP3_PARTS } from '#lib/wire/pop3-lines.ts';
import type { OptionRow } from '#lib/wire/options.ts';
import { HEADERS, OPTIONS } from './headers.ts';
import { POP3_STATES } from './states.ts';
import { TOPICS, type Topic } from './topics.ts';

export interface Entry {
	readonly topic: Topic;
	/** Where it stands on its page. */
	readonly anchor: string;
	/** "Time to live", "STAT", "FIN-WAIT-2". */
	readonly name: string;
	/** What it is: "IPv4 field". */
	readonly kind: string;
	/** One sentence. */
	readonly says: string;
	/** Other words by which it is found. */
	readonly words: string;
}

/** What people call a field besides its label. */
const ALSO: Readonly<Record<string, string>> = {
	'ip.ttl': 'TTL hops',
	'ip.hdr_len': 'IHL',
	'ip.len': 'length',
	'ip.flags.df': 'DF don’t fragment',
	'ip.flags.mf': 'MF more fragments',
	'ip.frag_offset': 'fragment',
	'ip.proto': 'protocol',
	'tcp.seq_raw': 'sequence number SEQ tcp.seq',
	'tcp.ack_raw': 'acknowledgement number ACK tcp.ack',
	'tcp.flags.ack': 'ACK',
	'tcp.flags.syn': 'SYN',
	'tcp.flags.fin': 'FIN',
	'tcp.flags.reset': 'RST',
	'tcp.flags.push': 'PSH',
	'tcp.flags.urg': 'URG',
	'tcp.window_size_value': 'window rwnd flow control',
	'tcp.options.mss': 'MSS maximum segment size',
	'tcp.options.mss_val': 'MSS maximum segment size',
	'tcp.options.sack': 'SACK selective acknowledgement'
};

function fieldEntries(topic: Topic, rows: readonly Row[], kind: string): Entry[] {
	return rows.flatMap((row): Entry[] => [
		{
			topic,
			anchor: row.filter,
			name: row.label,
			kind,
			says: row.note,
			words: `${row.filter} ${ALSO[row.filter] ?? ''}`
		},
		...('fields' in row ? fieldEntries(topic, row.fields, kind) : [])
	]);
}

/** Kind and length: every option longer than an octet begins with them, and they are printed once. */
const COMMON = 2;
export const ownRows = (layout: Header): readonly Row[] => layout.rows.slice(COMMON);
/** The rows that all options of a list share. */
export const commonRows = (options: ReadonlyMap<number, OptionRow>): readonly Row[] =>
	[...options.values()].find(({ layout }) => layout.rows.length >= COMMON)?.layout.rows.slice(0, COMMON) ??
	[];

/** Places of the headings. */
export const HEADER = 'header';
export const LIST = 'options';

function* everything(): Generator<Entry> {
	for (const { slug: topic, name: protocol, lead } of TOPICS) {
		for (const { rows } of HEADERS[topic]) yield* fieldEntries(topic, rows, `${protocol} field`);
		if (HEADERS[topic].length)
			yield { topic, anchor: HEADER, name: `${protocol} header`, kind: 'Header', says: lead, words: '' };
		const options = OPTIONS[topic];
		if (options) {
			const says = 'Extras behind the fixed header, each with a kind and mostly a length.';
			yield { topic, anchor: LIST, name: `${protocol} options`, kind: 'Options', says, words: '' };
			yield* fieldEntries(topic, commonRows(options), `${protocol} option field`);
		}
		for (const { filter, label, note, layout } of options?.values() ?? []) {
			yield {
				topic,
				anchor: filter,
				name: label,
				kind: `${protocol} option`,
				says: note,
				words: `${filter} ${ALSO[filter] ?? ''}`
			};
			yield* fieldEntries(topic, ownRows(layout), `${protocol} option field`);
		}
	}
	for (const state of TCP_STATES)
		yield {
			topic: 'tcp',
			anchor: state.toLowerCase(),
			name: state,
			kind: 'TCP state',
			says: TCP_TABLE[state].description,
			words: Object.keys(TCP_TABLE[state].on).join(' ')
		};
	const commands: readonly CommandSpec[] = everyCommand;
	for (const { keyword, means, example, rfc } of commands)
		yield {
			topic: 'pop3',
			anchor: keyword.toLowerCase(),
			name: keyword,
			kind: 'POP3 command',
			says: means,
			words: `${example} ${rfc}`
		};
	for (const { state, says } of POP3_STATES)
		yield { topic: 'pop3', anchor: state.toLowerCase(), name: state, kind: 'POP3 state', says, words: '' };
	for (const { name, label, note } of POP3_PARTS)
		yield { topic: 'pop3', anchor: name, name: label, kind: 'Part of a POP3 line', says: note, words: name };
}

/** The first of each place: headers that share a field print it once. */
export const ENTRIES: readonly Entry[] = [
	...new Map([...everything()].reverse().map((entry) => [`${entry.topic}#${entry.anchor}`, entry])).values()
].reverse();
