/**
 * The table of a translator (RFC 3022 §4.1) as the log tells it up to the cursor: every row that was made, the packet that
 * made it, and when it was forgotten. Pure; the rows in the order in which they were made.
 */
import type { Event, Micros } from '#lib/sim/event.ts';
import { TCP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4-header.ts';
import * as words from '#words/translations.ts';
import { tableText } from './table-text.ts';

export interface Translation {
	/** `TCP`, `UDP`, `ICMP`. */
	readonly protocol: string;
	/** `192.168.1.10:49152`; of an ICMP query the port is its identifier. */
	readonly inside: string;
	readonly outside: string;
	/** Position of its event in the log. */
	readonly seq: number;
	readonly made: Micros;
	/** The packet that it was made for; null: nobody knows. */
	readonly packet: number | null;
	/** Null: it is still there. */
	readonly gone: Micros | null;
}

const nameOf = (protocol: number): string =>
	protocol === TCP_PROTOCOL ? 'TCP' : protocol === UDP_PROTOCOL ? 'UDP' : 'ICMP';

/** `log` from its beginning, so that a cause is found by its place. */
export function translationsOf(log: readonly Event[], host: string): Translation[] {
	const rows: Translation[] = [];
	for (const event of log) {
		if ((event.kind !== 'nat.mapped' && event.kind !== 'nat.expired') || event.host !== host) continue;
		const { inside, outside, seq, at } = event;
		const protocol = nameOf(event.protocol);
		if (event.kind === 'nat.mapped') {
			rows.push({ protocol, inside, outside, seq, made: at, packet: packetOf(log, event), gone: null });
			continue;
		}
		const place = rows.findLastIndex((row) => row.protocol === protocol && row.outside === outside);
		const row = rows[place];
		if (row) rows[place] = { ...row, gone: at };
	}
	return rows;
}

/** What had come when the row was made; of a datagram in pieces the last piece. */
function packetOf(log: readonly Event[], { cause }: Event): number | null {
	const event = cause === null ? undefined : log[cause];
	if (event?.kind === 'ip.reassembled') return event.packets.at(-1) ?? null;
	return event && 'packet' in event ? event.packet : null;
}

/** Rows that are there now. */
export const held = (rows: readonly Translation[]): number => rows.filter(({ gone }) => gone === null).length;

const seconds = (at: Micros): string => (at / 1e6).toFixed(3);

export function translationsText(host: string, rows: readonly Translation[]): string {
	return [
		words.heading(host, held(rows)),
		...rows.map(({ protocol, inside, outside, made, gone }) =>
			words.line(protocol, inside, outside, seconds(made), gone === null ? null : seconds(gone))
		),
		''
	].join('\n');
}

export function translationsTable(rows: readonly Translation[]): string {
	return tableText(
		words.columns,
		rows.map(({ protocol, inside, outside, packet, made, gone }) => [
			protocol,
			inside,
			outside,
			packet ?? '',
			seconds(made),
			gone === null ? '' : seconds(gone)
		])
	);
}
