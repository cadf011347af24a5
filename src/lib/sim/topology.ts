/**
 * The routes that follow from a scenario's links, so that a level need not write them: shortest paths by hops, links in
 * the scenario's order where several are as short. Only routers pass on; and nothing outside a translator knows a way in.
 */
import { formatPrefix, prefixOf } from '#lib/ip/prefix.ts';
import { parseAddress, type Address } from '#lib/wire/address.ts';
import type { HostSpec, LinkSpec, RouteSpec, Scenario } from './scenario.ts';

/** Address of a host on one of its links. */
export function addressOn(host: HostSpec, link: string): Address {
	return parseAddress(host.interfaces?.find((own) => own.link === link)?.address ?? host.address);
}

/** All addresses of a host, its main one first, each once. */
export function addressesOf(host: HostSpec): readonly Address[] {
	const all = [host.address, ...(host.interfaces ?? []).map(({ address }) => address)];
	return [...new Set(all.map(parseAddress))];
}

/** One way out of a host. */
interface Way {
	readonly link: LinkSpec;
	readonly other: HostSpec;
}

const graphs = new WeakMap<Scenario, ReadonlyMap<string, readonly Way[]>>();

/** The ways out of a host, in the scenario's order of links. */
function waysFrom({ id }: HostSpec, scenario: Scenario): readonly Way[] {
	let graph = graphs.get(scenario);
	if (!graph) graphs.set(scenario, (graph = graphOf(scenario)));
	return graph.get(id) ?? [];
}

function graphOf({ hosts, links }: Scenario): ReadonlyMap<string, readonly Way[]> {
	const byId = new Map(hosts.map((host) => [host.id, host]));
	const graph = new Map(hosts.map(({ id }): [string, Way[]] => [id, []]));
	for (const link of links) {
		const [left, right] = link.ends.map((end) => byId.get(end));
		if (!left || !right) continue;
		graph.get(left.id)?.push({ link, other: right });
		graph.get(right.id)?.push({ link, other: left });
	}
	return graph;
}

interface Reached {
	readonly host: HostSpec;
	/** Id of the first link on the way. */
	readonly first: string;
	/** Id of the last. */
	readonly last: string;
}

/** Every other host that `start` can send to, the nearest first. */
function reachedFrom(start: HostSpec, scenario: Scenario): readonly Reached[] {
	const found: Reached[] = [];
	const seen = new Set([start.id]);
	function step(from: HostSpec, first: string | null): void {
		for (const { link, other } of waysFrom(from, scenario)) {
			if (seen.has(other.id)) continue;
			seen.add(other.id);
			found.push({ host: other, first: first ?? link.id, last: link.id });
		}
	}
	step(start, null);
	for (let at = 0; at < found.length; at++) {
		const { host, first, last } = found[at]!;
		if (host.role === 'router' && host.nat?.outside !== last) step(host, first);
	}
	return found;
}

/** Addresses at the other end of the host's own links: what it reaches without any router. */
export function neighbours(host: HostSpec, scenario: Scenario): readonly [LinkSpec, Address][] {
	return waysFrom(host, scenario).map(({ link, other }) => [link, addressOn(other, link.id)]);
}

/**
 * Routes beyond the neighbours. A host behind one router sends everything to it. Otherwise the addresses of one /24 that
 * lie the same way share a route, and where they do not each has its own.
 */
export function routesOf(host: HostSpec, scenario: Scenario): readonly RouteSpec[] {
	const ways = waysFrom(host, scenario);
	const [only] = ways;
	if (host.role !== 'router' && ways.length === 1 && only?.other.role === 'router')
		return [{ to: '0.0.0.0/0', link: only.link.id }];
	const near = new Set(neighbours(host, scenario).map(([, address]) => address));
	const nets = new Map<Address, [Address, string][]>();
	for (const { host: other, first, last } of reachedFrom(host, scenario)) {
		const seen = other.nat?.outside === last ? [addressOn(other, last)] : addressesOf(other);
		for (const address of seen.filter((one) => !near.has(one))) {
			const { network } = prefixOf(address, 24);
			const known = nets.get(network);
			if (known) known.push([address, first]);
			else nets.set(network, [[address, first]]);
		}
	}
	return [...nets].flatMap(([network, ways]) => {
		const [first] = ways;
		if (first && ways.every(([, link]) => link === first[1]))
			return [{ to: formatPrefix(prefixOf(network, 24)), link: first[1] }];
		return ways.map(([address, link]) => ({ to: formatPrefix(prefixOf(address, 32)), link }));
	});
}
