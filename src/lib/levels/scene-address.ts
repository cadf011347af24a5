/**
 * Addresses that a scene gives by itself: a subnet for each side, and 192.168.n.0/24 behind the n-th NAT. Law: an address
 * that somebody has typed stays; only what is missing, given twice or on the wrong side of a NAT is given anew.
 */
import type { HostSpec, InterfaceSpec, Scenario } from '#lib/sim/scenario.ts';
import { linksAt, merged, otherEnd } from './scene.ts';

/** The first three numbers of the subnets (RFC 5737): clients' side, servers' side, outsides of NATs. */
const CLIENTS = '192.0.2';
const SERVERS = '198.51.100';
const OUTSIDES = '203.0.113';
const behind = (nat: number): string => `192.168.${nat}`;

/** First last number tried, by what a host is. */
const FIRST = { client: 10, server: 25, router: 1 } as const;
const LAST = 254;

const netOf = (address: string): string => address.slice(0, Math.max(0, address.lastIndexOf('.')));
const isOwn = (net: string): boolean =>
	[CLIENTS, SERVERS, OUTSIDES].includes(net) || /^192\.168\.([1-9]|[1-3][0-9]|40)$/.test(net);

/** The hosts behind each NAT, by id: which NAT, counted from 1. */
export function insides(scenario: Scenario): ReadonlyMap<string, number> {
	const byId = new Map(scenario.hosts.map((host) => [host.id, host]));
	const found = new Map<string, number>();
	let nats = 0;
	for (const { id, nat } of scenario.hosts) {
		if (!nat) continue;
		nats++;
		const queue = linksAt(scenario, id).flatMap((link) =>
			link.id === nat.outside ? [] : [otherEnd(link, id)]
		);
		const reached = new Set<string>();
		for (let at = 0; at < queue.length; at++) {
			const next = byId.get(queue[at] ?? '');
			if (!next || next.id === id || next.nat || reached.has(next.id)) continue;
			reached.add(next.id);
			if (next.role === 'router')
				queue.push(...linksAt(scenario, next.id).map((link) => otherEnd(link, next.id)));
		}
		for (const inside of reached) if (!found.has(inside)) found.set(inside, nats);
	}
	return found;
}

/** Whether a router is nearer to a server than to any client. */
function nearServer(scenario: Scenario, start: string): boolean {
	const byId = new Map(scenario.hosts.map((host) => [host.id, host]));
	const queue = [start];
	const seen = new Set(queue);
	for (let at = 0; at < queue.length; at++) {
		const host = byId.get(queue[at] ?? '');
		if (host && host.role !== 'router') return host.role === 'server';
		for (const link of linksAt(scenario, queue[at] ?? '')) {
			const other = otherEnd(link, queue[at] ?? '');
			if (!seen.has(other)) queue.push(other);
			seen.add(other);
		}
	}
	return false;
}

function free(net: string, from: number, taken: Set<string>): string {
	for (let last = from; last <= LAST; last++) {
		const address = `${net}.${last}`;
		if (taken.has(address)) continue;
		taken.add(address);
		return address;
	}
	return free(net, 1, new Set());
}

/** The same scenario, every host with an address of its own on the side where it stands. */
export function addressed(given: Scenario): Scenario {
	const scenario = { ...given, hosts: given.hosts.map((host) => turned(host, given)) };
	const inside = insides(scenario);
	const wanted = (host: HostSpec): string => {
		if (host.nat) return OUTSIDES;
		const nat = inside.get(host.id);
		if (nat !== undefined) return behind(nat);
		const far = host.role === 'server' || (host.role === 'router' && nearServer(scenario, host.id));
		return far ? SERVERS : CLIENTS;
	};
	/** Right as it is: typed by somebody, or given by us on this side. */
	const stays = (host: HostSpec): boolean => {
		const net = netOf(host.address);
		if (host.address === '' || !isOwn(net)) return host.address !== '';
		const nat = inside.get(host.id);
		return net.startsWith('192.168.') ? net === (nat === undefined ? '' : behind(nat)) : nat === undefined;
	};
	const taken = new Set(
		scenario.hosts.flatMap((host) => facesOf(host, scenario).map(({ address }) => address))
	);
	const kept = new Set<string>();
	for (const host of scenario.hosts) {
		if (!stays(host) || taken.has(host.address)) continue;
		taken.add(host.address);
		kept.add(host.id);
	}
	const hosts = scenario.hosts.map((host): HostSpec => {
		if (kept.has(host.id)) return host;
		return { ...host, address: free(wanted(host), FIRST[host.role], taken) };
	});
	let nats = 0;
	return { ...scenario, hosts: hosts.map((host) => faces(host, scenario, taken, host.nat ? ++nats : 0)) };
}

/** A NAT whose way outside is gone has another, if it has any. */
function turned(host: HostSpec, scenario: Scenario): HostSpec {
	if (!host.nat) return host;
	const links = linksAt(scenario, host.id);
	const outside = links.find(({ id }) => id === host.nat?.outside) ?? links[0];
	return outside ? { ...host, nat: { ...host.nat, outside: outside.id } } : host;
}

/** The addresses of a host that are still on a link of its own. */
function facesOf({ id, interfaces = [] }: HostSpec, scenario: Scenario): readonly InterfaceSpec[] {
	const links = new Set(linksAt(scenario, id).map((link) => link.id));
	return interfaces.filter(({ link }) => links.has(link));
}

/** A NAT has one address inside, on all its links but the one outside; others have only what somebody typed. */
function faces(host: HostSpec, scenario: Scenario, taken: Set<string>, nat: number): HostSpec {
	const typed = facesOf(host, scenario);
	if (!host.nat) {
		const own = typed.filter(({ address }) => !isOwn(netOf(address)));
		return merged(host, { interfaces: own.length > 0 ? own : undefined });
	}
	const { outside } = host.nat;
	const inner = linksAt(scenario, host.id).filter(({ id }) => id !== outside);
	const given = typed.find(({ address }) => netOf(address) === behind(nat))?.address;
	const address = given ?? (inner.length > 0 ? free(behind(nat), 1, taken) : '');
	const interfaces = inner.map(({ id }): InterfaceSpec => {
		const own = typed.find((face) => face.link === id && !isOwn(netOf(face.address)));
		return own ?? { link: id, address };
	});
	return { ...host, interfaces };
}
