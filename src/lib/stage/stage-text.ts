/** The stage in words: hosts, links, and what is on its way at the cursor; as text and as rows of a table. Pure. */
import type { Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/stage-copy.ts';
import { badgesOf } from './faults.ts';
import { isKnown } from './link-marks.ts';
import { describe } from './parcel-text.ts';
import { flyingAt, type Parcel } from './parcel.ts';
import { trayText, type World } from './world.ts';

export type Cells = readonly (readonly string[])[];

/** The names of the columns, and a row for each host, link with its faults at `time` (µs), and packet under way. */
export function stageCells(
	scenario: Scenario,
	world: World,
	parcels: readonly Parcel[],
	cursor: number,
	time = 0
): { readonly columns: readonly string[]; readonly rows: Cells } {
	const hosts = scenario.hosts.map((host) => {
		const view = world.hosts.get(host.id);
		return [
			words.host,
			host.id,
			host.address,
			view?.tcp ?? '',
			view?.pop3 ?? '',
			view?.tray ? trayText(view.tray) : host.nat ? words.nat : host.role === 'router' ? words.router : ''
		];
	});
	const links = scenario.links.map((link) => [
		words.link,
		link.id,
		words.ways(link.ends[0], link.ends[1]),
		...(isKnown(link) ? [`${link.delay / 1000} ms`, `MTU ${link.mtu}`] : ['', '']),
		badgesOf(link, scenario, time)
			.map((badge) => badge.words)
			.join(', ')
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
	cursor: number,
	time = 0
): string {
	const line = (cells: readonly string[]): string => cells.filter(Boolean).join(', ');
	const { rows } = stageCells(scenario, world, parcels, cursor, time);
	const part = (what: string) => rows.filter(([kind]) => kind === what).map((row) => line(row.slice(1)));
	const flying = flyingAt(parcels, cursor).map((parcel) => describe(parcel, 'flying', cursor));
	const lines = [
		...[words.hosts, ...part(words.host), ''],
		...[words.links, ...part(words.link), ''],
		...[words.onTheWay, ...(flying.length ? flying : [words.nothing])]
	];
	return `${lines.join('\n')}\n`;
}
