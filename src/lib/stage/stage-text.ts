/** The stage in words: hosts, links, and what is on its way at the cursor; as text and as rows of a table. Pure. */
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/stage-copy.ts';
import { isKnown } from './link-marks.ts';
import { describe } from './parcel-text.ts';
import { flyingAt, type Parcel } from './parcel.ts';
import { trayText, type World } from './world.ts';

export type Cells = readonly (readonly string[])[];

/** The names of the columns, and a row for each host, link and packet under way. */
export function stageCells(
	scenario: Scenario,
	world: World,
	parcels: readonly Parcel[],
	cursor: number
): { readonly columns: readonly string[]; readonly rows: Cells } {
	const hosts = scenario.hosts.map((host) => {
		const view = world.hosts.get(host.id);
		return [
			words.host,
			host.id,
			host.address,
			view?.tcp ?? '',
			view?.pop3 ?? '',
			view?.tray ? trayText(view.tray) : ''
		];
	});
	const links = scenario.links.map(({ id, ends, delay, mtu, loss, rate }) => [
		words.link,
		id,
		words.ways(ends[0], ends[1]),
		...(isKnown({ delay, mtu }) ? [`${delay / 1000} ms`, `MTU ${mtu}`] : ['', '']),
		[...(loss ? [words.loses(loss * 100)] : []), ...(rate ? [`${rate} bit/s`] : [])].join(', ')
	]);
	const flying = flyingAt(parcels, cursor).map((parcel) => [
		words.packet,
		String(parcel.packet),
		words.ways(parcel.from, parcel.to),
		parcel.letters,
		parcel.line,
		words.onItsWay
	]);
	return {
		columns: words.stageColumns,
		rows: [...hosts, ...links, ...flying]
	};
}

export function stageText(
	scenario: Scenario,
	world: World,
	parcels: readonly Parcel[],
	cursor: number
): string {
	const line = (cells: readonly string[]): string => cells.filter(Boolean).join(', ');
	const { rows } = stageCells(scenario, world, parcels, cursor);
	const part = (what: string) => rows.filter(([kind]) => kind === what).map((row) => line(row.slice(1)));
	const flying = flyingAt(parcels, cursor).map((parcel) => describe(parcel, 'flying', cursor));
	const lines = [
		...[words.hosts, ...part(words.host), ''],
		...[words.links, ...part(words.link), ''],
		...[words.onTheWay, ...(flying.length ? flying : [words.nothing])]
	];
	return `${lines.join('\n')}\n`;
}
