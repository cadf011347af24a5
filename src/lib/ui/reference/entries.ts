/**
 * Everything that has a place of its own on a page of the reference: fields, options, commands, states. Law: printed
 * from the same tables as the pages, and every anchor stands on its page.
 */
import { everyCommand, type CommandSpec } from '#lib/pop3/commands.ts';
import { TCP_STATES, TCP_TABLE } from '#lib/tcp/states.ts';
import type { Header, Row } from '#lib/wire/layout.ts';
import { POP3_PARTS } from '#lib/wire/pop3-lines.ts';
import type { OptionRow } from '#lib/wire/options.ts';
import * as named from '#words/reference-entries.ts';
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

function fieldEntries(topic: Topic, rows: readonly Row[], kind: string): Entry[] {
	return rows.flatMap((row): Entry[] => [
		{
			topic,
			anchor: row.filter,
			name: row.label,
			kind,
			says: row.note,
			words: `${row.filter} ${named.also[row.filter] ?? ''}`
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
		for (const { rows } of HEADERS[topic]) yield* fieldEntries(topic, rows, named.field(protocol));
		if (HEADERS[topic].length)
			yield {
				topic,
				anchor: HEADER,
				name: named.headerOf(protocol),
				kind: named.header,
				says: lead,
				words: ''
			};
		const options = OPTIONS[topic];
		if (options) {
			const says = named.optionsSay;
			yield { topic, anchor: LIST, name: named.optionsOf(protocol), kind: named.options, says, words: '' };
			yield* fieldEntries(topic, commonRows(options), named.optionField(protocol));
		}
		for (const { filter, label, note, layout } of options?.values() ?? []) {
			yield {
				topic,
				anchor: filter,
				name: label,
				kind: named.option(protocol),
				says: note,
				words: `${filter} ${named.also[filter] ?? ''}`
			};
			yield* fieldEntries(topic, ownRows(layout), named.optionField(protocol));
		}
	}
	for (const state of TCP_STATES)
		yield {
			topic: 'tcp',
			anchor: state.toLowerCase(),
			name: state,
			kind: named.tcpState,
			says: TCP_TABLE[state].description,
			words: Object.keys(TCP_TABLE[state].on).join(' ')
		};
	const commands: readonly CommandSpec[] = everyCommand;
	for (const { keyword, means, example, rfc } of commands)
		yield {
			topic: 'pop3',
			anchor: keyword.toLowerCase(),
			name: keyword,
			kind: named.pop3Command,
			says: means,
			words: `${example} ${rfc}`
		};
	for (const { state, says } of POP3_STATES)
		yield { topic: 'pop3', anchor: state.toLowerCase(), name: state, kind: named.pop3State, says, words: '' };
	for (const { name, label, note } of POP3_PARTS)
		yield { topic: 'pop3', anchor: name, name: label, kind: named.linePart, says: note, words: name };
}

/** The first of each place: headers that share a field print it once. */
export const ENTRIES: readonly Entry[] = [
	...new Map([...everything()].reverse().map((entry) => [`${entry.topic}#${entry.anchor}`, entry])).values()
].reverse();
