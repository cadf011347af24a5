/** The stage in words: hosts, links, and what is on its way at the cursor; as text and as rows of a table. Pure. */
import type { Scenario } from '#lib/sim/scenario.ts';
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
			'host',
			host.id,
			host.address,
			view?.tcp ?? '',
			view?.pop3 ?? '',
			view?.tray ? trayText(view.tray) : ''
		];
	});
	const links = scenario.links.map(({ id, ends, delay, mtu, loss, rate }) => [
		'link',
		id,
		`${ends[0]} to ${ends[1]}`,
		`${delay / 1000} ms`,
		`MTU ${mtu}`,
		[...(loss ? [`loses ${loss * 100} %`] : []), ...(rate ? [`${rate} bit/s`] : [])].join(', ')
	]);
	const flying = flyingAt(parcels, cursor).map((parcel) => [
		'packet',
		String(parcel.packet),
		`${parcel.from} to ${parcel.to}`,
		parcel.letters,
		parcel.line,
		'on its way'
	]);
	return {
		columns: ['What', 'Name', 'Where', 'TCP, delay', 'POP3, MTU', 'More'],
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
	return `${['Hosts', ...part('host'), '', 'Links', ...part('link'), '', 'On the way', ...(flying.length ? flying : ['Nothing.'])].join('\n')}\n`;
}
