/**
 * The ladder in characters: a column for each host, a line for each packet with its arrow, and a line for each change of
 * state; and the same as rows of a table. Pure; the order is that of the log.
 */
import type { Micros } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import * as copy from '#words/stage-copy.ts';
import * as words from '#words/ladder-model.ts';
import { standing } from './ladder.ts';
import { pointsOf } from './parcel-text.ts';
import { stageOf, type Parcel } from './parcel.ts';
import type { Cells } from './stage-text.ts';
import type { Change } from './world.ts';

/** Characters from one lifeline to the next. */
const APART = 46;
const TIME = 10;

const seconds = (at: Micros): string => `${(at / 1e6).toFixed(3)} s`;

type Entry =
	| { readonly seq: number; readonly at: Micros; readonly parcel: Parcel }
	| { readonly seq: number; readonly at: Micros; readonly host: string; readonly said: string };

function entriesOf(parcels: readonly Parcel[], changes: readonly Change[], cursor: number): Entry[] {
	const moved = changes.flatMap((change): Entry[] => {
		const { seq, at, host } = change;
		if (change.kind === 'tcp.state') return [{ seq, at, host, said: `TCP ${change.to}` }];
		if (change.kind === 'pop3.state' && change.from !== change.to)
			return [{ seq, at, host, said: `POP3 ${change.to}` }];
		return change.kind === 'tcp.error' ? [{ seq, at, host, said: `TCP ${change.error}` }] : [];
	});
	const sent = parcels.map((parcel): Entry => ({ seq: parcel.sent, at: parcel.at, parcel }));
	return [...sent, ...moved].filter(({ seq }) => seq < cursor).sort((a, b) => a.seq - b.seq);
}

function labelOf({ packet, letters, again, word, line, octets }: Parcel): string {
	const what = word ? line : octets ? `${octets} B` : '';
	return `${packet} ${letters}${again === null ? '' : ` ${words.again(again)}`} ${what}`.trimEnd();
}

export function ladderText(
	scenario: Scenario,
	parcels: readonly Parcel[],
	changes: readonly Change[],
	cursor: number
): string {
	const order = standing(scenario, parcels);
	const placeOf = (host: string): number => TIME + 2 + order.indexOf(host) * APART;
	const width = TIME + 2 + Math.max(0, order.length - 1) * APART + 1;
	const lifelines = (): string[] => {
		const cells = Array.from({ length: width }, () => ' ');
		for (const host of order) cells[placeOf(host)] = '|';
		return cells;
	};
	const write = (cells: string[], at: number, text: string): void => {
		[...text].forEach((letter, i) => (cells[at + i] = letter));
	};
	const lines: string[] = [];
	const head = Array.from({ length: width }, () => ' ');
	for (const host of order) write(head, Math.max(0, placeOf(host) - (host.length >> 1)), host);
	lines.push(head.join('').trimEnd());
	for (const entry of entriesOf(parcels, changes, cursor)) {
		const cells = lifelines();
		write(cells, 0, seconds(entry.at).padStart(TIME));
		if ('parcel' in entry) {
			const { parcel } = entry;
			if (!order.includes(parcel.from) || !order.includes(parcel.to)) continue;
			const [a, b] = [placeOf(parcel.from), placeOf(parcel.to)];
			const [left, right] = [Math.min(a, b), Math.max(a, b)];
			const stage = stageOf(parcel, cursor);
			for (let at = left + 1; at < right; at++) cells[at] = '-';
			if (stage === 'lost' || stage === 'flying') {
				const centre = (left + right) >> 1;
				const [from, to] = b > a ? [centre, right - 1] : [left + 1, centre];
				for (let at = from; at <= to; at++) cells[at] = ' ';
				cells[centre] = stage === 'lost' ? 'X' : b > a ? '>' : '<';
			} else cells[b > a ? right - 1 : left + 1] = b > a ? '>' : '<';
			const label = labelOf(parcel);
			const room = right - left - 7;
			const cut = label.length > room ? `${label.slice(0, room - 1)}~` : label;
			const start = b > a ? left + 3 : right - 2 - cut.length;
			write(cells, start - 1, ` ${cut} `);
		} else {
			const at = placeOf(entry.host);
			if (!order.includes(entry.host)) continue;
			cells[at] = '*';
			const last = order.at(-1) === entry.host && order.length > 1;
			write(cells, last ? Math.max(TIME + 1, at - entry.said.length - 1) : at + 2, entry.said);
		}
		lines.push(cells.join('').trimEnd());
	}
	return `${lines.join('\n')}\n`;
}

export function ladderCells(
	parcels: readonly Parcel[],
	changes: readonly Change[],
	cursor: number
): { readonly columns: readonly string[]; readonly rows: Cells } {
	const rows = entriesOf(parcels, changes, cursor).map((entry) =>
		'parcel' in entry
			? [
					seconds(entry.at),
					String(entry.parcel.packet),
					entry.parcel.from,
					entry.parcel.to,
					entry.parcel.letters,
					pointsOf(entry.parcel, stageOf(entry.parcel, cursor), cursor).join(', ')
				]
			: [seconds(entry.at), '', entry.host, '', '', entry.said]
	);
	return { columns: copy.ladderColumns, rows };
}
