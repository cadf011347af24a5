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

interface Reached {
	readonly host: HostSpec;
	/** Id of the first link on the way. */
	readonly first: string;
	/** Id of the last. */
	readonly last: string;
}

/** Every other host that `start` can send to, the nearest first. */
function reachedFrom(start: HostSpec, { hosts, links }: Scenario): readonly Reached[] {
	const found: Reached[] = [];
	const seen = new Set([start.id]);
	function step(from: string, first: string | null): void {
		for (const { id, ends } of links) {
			const other = ends[0] === from ? ends[1] : ends[1] === from ? ends[0] : null;
			const host = hosts.find((candidate) => candidate.id === other);
			if (!host || seen.has(host.id)) continue;
			seen.add(host.id);
			found.push({ host, first: first ?? id, last: id });
		}
	}
	step(start.id, null);
	for (let at = 0; at < found.length; at++) {
		const { host, first, last } = found[at]!;
		if (host.role === 'router' && host.nat?.outside !== last) step(host.id, first);
	}
	return found;
}

/** Addresses at the other end of the host's own links: what it reaches without any router. */
export function neighbours(host: HostSpec, { hosts, links }: Scenario): readonly [LinkSpec, Address][] {
	return links.flatMap((link): [LinkSpec, Address][] => {
		if (!link.ends.includes(host.id)) return [];
		const other = hosts.find(({ id }) => id !== host.id && link.ends.includes(id));
		return other ? [[link, addressOn(other, link.id)]] : [];
	});
}

/**
 * Routes beyond the neighbours. A host behind one router sends everything to it. Otherwise the addresses of one /24 that
 * lie the same way share a route, and where they do not each has its own.
 */
export function routesOf(host: HostSpec, scenario: Scenario): readonly RouteSpec[] {
	const near = new Set(neighbours(host, scenario).map(([, address]) => address));
	const nets = new Map<Address, [Address, string][]>();
	const reached = reachedFrom(host, scenario);
	for (const { host: other, first, last } of reached) {
		const seen = other.nat?.outside === last ? [addressOn(other, last)] : addressesOf(other);
		for (const address of seen.filter((one) => !near.has(one))) {
			const { network } = prefixOf(address, 24);
			nets.set(network, [...(nets.get(network) ?? []), [address, first]]);
		}
	}
	const gate = reached.find(({ host: { role } }) => role === 'router');
	const links = scenario.links.filter(({ ends }) => ends.includes(host.id));
	if (host.role !== 'router' && gate && links.length === 1) return [{ to: '0.0.0.0/0', link: gate.first }];
	return [...nets].flatMap(([network, ways]) => {
		const [first] = ways;
		if (first && ways.every(([, link]) => link === first[1]))
			return [{ to: formatPrefix(prefixOf(network, 24)), link: first[1] }];
		return ways.map(([address, link]) => ({ to: formatPrefix(prefixOf(address, 32)), link }));
	});
}
