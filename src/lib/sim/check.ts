/**
 * What a scenario's types cannot say: that names are unique, links join hosts that exist, addresses are addresses and
 * numbers are sane. A world is built only from a scenario that passes.
 */
import { isAddress } from '#lib/wire/address.ts';
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

type Switch = 'df' | 'nagle' | 'timestamps' | 'sack' | 'congestion';

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
	/** RFC 9293 §3.8.6.3, MUST-40: less than 0.5 s. */
	delayedAck: [0, 499_999],
	windowScale: [0, 14],
	keepAlive: [0, Number.MAX_SAFE_INTEGER],
	keepAliveInterval: [1, Number.MAX_SAFE_INTEGER],
	keepAliveProbes: [1, 255]
};

function checkHost(host: HostSpec, at: string): void {
	demand(/^[a-z][a-z0-9-]*$/.test(host.id), `${at}.id`, `"${host.id}" is no short lower-case name`);
	demand(isAddress(host.address), `${at}.address`, `"${host.address}" is no dotted IPv4 address`);
	for (const [field, [low, high]] of Object.entries(RANGES)) {
		const value = host.stack?.[field as keyof typeof RANGES];
		const fits =
			value === undefined || value === null || (Number.isInteger(value) && value >= low && value <= high);
		demand(fits, `${at}.stack.${field}`, `${value} is no whole number from ${low} to ${high}`);
	}
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
	checkUnique(
		hosts.flatMap(({ id, aliases = [] }) => [id, ...aliases.map((alias) => alias.toLowerCase())]),
		'hosts: name'
	);
	checkUnique(
		hosts.map(({ address }) => address),
		'hosts: address'
	);
	const ids = new Set(hosts.map(({ id }) => id));
	links.forEach((link, i) => checkLink(link, `links[${i}]`, ids));
	checkUnique(
		links.map(({ id }) => id),
		'links: id'
	);
}
