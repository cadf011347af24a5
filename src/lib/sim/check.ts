/**
 * What a scenario's types cannot say: that names are unique, links join hosts that exist, addresses are addresses and
 * numbers are sane. A world is built only from a scenario that passes.
 */
import type { FilterRule } from '#lib/ip/filter.ts';
import { isPrefix } from '#lib/ip/prefix.ts';
import { isAddress } from '#lib/wire/address.ts';
import { faultProblem } from './faults/check.ts';
import type { HostSpec, LinkSpec, Scenario, StackSpec } from './scenario.ts';
import { isMicros } from './time.ts';

/** Says what is wrong and where: `links[0].ends: no host "router"`. */
export class ScenarioError extends Error {
	override readonly name = 'ScenarioError';
}

function demand(holds: boolean, where: string, problem: string): void {
	if (!holds) throw new ScenarioError(`${where}: ${problem}`);
}

/** Least IPv4 datagram that every link must carry (RFC 791 §3.2). */
const LEAST_MTU = 68;
const LAST_PORT = 65_535;

type Switch = 'df' | 'nagle' | 'timestamps' | 'sack' | 'rack' | 'ecn' | 'congestion';

const RANGES: Record<Exclude<keyof StackSpec, Switch>, readonly [low: number, high: number]> = {
	isn: [0, 0xffff_ffff],
	mss: [1, 65_495],
	/** What a window of 16 bits, scaled by 14, can tell (RFC 7323 §2.3). */
	receiveBuffer: [1, 0x3fff_ffff],
	firstPort: [1, LAST_PORT],
	rto: [1, Number.MAX_SAFE_INTEGER],
	msl: [0, Number.MAX_SAFE_INTEGER],
	ttl: [1, 255],
	backlog: [1, 65_535],
	challengeLimit: [0, Number.MAX_SAFE_INTEGER],
	minRto: [1, Number.MAX_SAFE_INTEGER],
	userTimeout: [0, Number.MAX_SAFE_INTEGER],
	/** RFC 9293 §3.8.6.3, MUST-40: less than 0.5 s. */
	delayedAck: [0, 499_999],
	windowScale: [0, 14],
	keepAlive: [0, Number.MAX_SAFE_INTEGER],
	keepAliveInterval: [1, Number.MAX_SAFE_INTEGER],
	keepAliveProbes: [1, 255]
};

/** Fields that may say "none" by null. */
const NULLABLE: ReadonlySet<string> = new Set(['windowScale']);
const SWITCHES: readonly Exclude<Switch, 'congestion'>[] = [
	'df',
	'nagle',
	'timestamps',
	'sack',
	'rack',
	'ecn'
];
const ALGORITHMS: readonly unknown[] = ['none', 'newreno', 'cubic'];

/** What is wrong with a stack, and where: `mss: 0 is no whole number from 1 to 65495`; null: nothing. */
export function stackProblem(stack: Partial<StackSpec>): string | null {
	for (const [field, [low, high]] of Object.entries(RANGES)) {
		const value = stack[field as keyof typeof RANGES];
		if (value === undefined || (value === null && NULLABLE.has(field))) continue;
		if (value === null || !Number.isInteger(value) || value < low || value > high)
			return `${field}: ${value} is no whole number from ${low} to ${high}`;
	}
	for (const field of SWITCHES) {
		const value: unknown = stack[field];
		if (value !== undefined && typeof value !== 'boolean')
			return `${field}: ${String(value)} is neither on nor off`;
	}
	const { congestion = 'none', windowScale, receiveBuffer = 65_535 } = stack;
	if (!ALGORITHMS.includes(congestion)) return `congestion: "${congestion}" is no algorithm`;
	const unit = 2 ** (windowScale ?? 0);
	if (unit > receiveBuffer)
		return `windowScale: in units of ${unit} octets a buffer of ${receiveBuffer} is never open`;
	return null;
}

function checkHost(host: HostSpec, at: string): void {
	demand(/^[a-z][a-z0-9-]*$/.test(host.id), `${at}.id`, `"${host.id}" is no short lower-case name`);
	demand(isAddress(host.address), `${at}.address`, `"${host.address}" is no dotted IPv4 address`);
	const stack = stackProblem(host.stack ?? {});
	if (stack !== null) throw new ScenarioError(`${at}.stack.${stack}`);
	demand(host.role === 'router' || !host.clampMss, `${at}.clampMss`, 'only a router clamps');
	const filter = filterProblem(host.filter ?? []);
	demand(filter === null, `${at}.filter`, filter ?? '');
	demand(host.role === 'client' || !host.account, `${at}.account`, 'a mail program needs the role "client"');
	if (!host.pop3) return;
	const { port = 110, users } = host.pop3;
	demand(Number.isInteger(port) && port > 0 && port <= LAST_PORT, `${at}.pop3.port`, `${port} is no port`);
	demand(host.role === 'server', `${at}.pop3`, 'a POP3 server needs the role "server"');
	const names = users.map(({ name }) => name);
	demand(new Set(names).size === names.length, `${at}.pop3.users`, 'a name is given twice');
}

function checkLink(link: LinkSpec, at: string, hosts: ReadonlySet<string>): void {
	const [left, right] = link.ends;
	for (const end of link.ends) demand(hosts.has(end), `${at}.ends`, `no host "${end}"`);
	demand(left !== right, `${at}.ends`, 'a link joins two different hosts');
	demand(isMicros(link.delay), `${at}.delay`, `${link.delay} is no whole number of µs`);
	demand(link.rate === undefined || link.rate > 0, `${at}.rate`, `${link.rate} bits per second`);
	demand(
		Number.isInteger(link.mtu) && link.mtu >= LEAST_MTU,
		`${at}.mtu`,
		`${link.mtu} is less than ${LEAST_MTU}`
	);
	const loss = link.loss ?? 0;
	demand(loss >= 0 && loss <= 1, `${at}.loss`, `${loss} is no share from 0 to 1`);
}

const FILTER_RANGES = { srcPort: LAST_PORT, dstPort: LAST_PORT, icmpType: 255, icmpCode: 255 } as const;

/** What is wrong with filter rules; null: nothing. */
export function filterProblem(rules: readonly FilterRule[]): string | null {
	for (const [i, rule] of rules.entries()) {
		for (const side of ['src', 'dst'] as const) {
			const prefix = rule[side];
			if (prefix !== undefined && !isPrefix(prefix)) return `rule ${i + 1}: ${side} "${prefix}" is no prefix`;
		}
		for (const field of ['srcPort', 'dstPort', 'icmpType', 'icmpCode'] as const) {
			const value = rule[field];
			if (value !== undefined && (!Number.isInteger(value) || value < 0 || value > FILTER_RANGES[field]))
				return `rule ${i + 1}: ${field} ${value} is out of range`;
		}
	}
	return null;
}

/** Addresses, routes and translation: each names a link that is the host's own. */
function checkNetwork(host: HostSpec, at: string, links: readonly LinkSpec[]): void {
	if (!host.interfaces && !host.routes && !host.nat) return;
	const own = new Set(links.filter(({ ends }) => ends.includes(host.id)).map(({ id }) => id));
	for (const [i, { link, address }] of (host.interfaces ?? []).entries()) {
		demand(own.has(link), `${at}.interfaces[${i}].link`, `${host.id} has no link "${link}"`);
		demand(isAddress(address), `${at}.interfaces[${i}].address`, `"${address}" is no dotted IPv4 address`);
	}
	for (const [i, { to, link }] of (host.routes ?? []).entries()) {
		demand(isPrefix(to), `${at}.routes[${i}].to`, `"${to}" is no prefix`);
		const known = link === null || own.has(link);
		demand(known, `${at}.routes[${i}].link`, `${host.id} has no link "${link}"`);
	}
	if (!host.nat) return;
	const { outside, firstPort = 1 } = host.nat;
	demand(host.role === 'router', `${at}.nat`, 'only a router translates');
	demand(own.has(outside), `${at}.nat.outside`, `${host.id} has no link "${outside}"`);
	const fits = Number.isInteger(firstPort) && firstPort > 0 && firstPort <= LAST_PORT;
	demand(fits, `${at}.nat.firstPort`, `${firstPort} is no port`);
}

function checkUnique(values: readonly string[], where: string): void {
	const seen = new Set<string>();
	for (const value of values) {
		demand(!seen.has(value), where, `"${value}" is given twice`);
		seen.add(value);
	}
}

export function checkScenario(scenario: Scenario): void {
	const { hosts, links } = scenario;
	hosts.forEach((host, i) => checkHost(host, `hosts[${i}]`));
	hosts.forEach((host, i) => checkNetwork(host, `hosts[${i}]`, links));
	checkUnique(
		hosts.flatMap(({ id, aliases = [] }) => [id, ...aliases.map((alias) => alias.toLowerCase())]),
		'hosts: name'
	);
	checkUnique(
		hosts.flatMap((host) => [
			...new Set([host.address, ...(host.interfaces ?? []).map(({ address }) => address)])
		]),
		'hosts: address'
	);
	for (const [i, fault] of (scenario.faults ?? []).entries()) {
		const problem = faultProblem(fault, links.find(({ id }) => id === fault.link)?.ends ?? null);
		demand(problem === null, `faults[${i}]`, problem ?? '');
	}
	const ids = new Set(hosts.map(({ id }) => id));
	links.forEach((link, i) => checkLink(link, `links[${i}]`, ids));
	checkUnique(
		links.map(({ id }) => id),
		'links: id'
	);
}
