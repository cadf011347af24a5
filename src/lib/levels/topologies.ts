/**
 * The scenarios of the campaign: hosts, addresses, links and boxes. Law: one function each, plain data out; a level
 * changes what it needs by argument and repeats nothing.
 */
import type { Settings } from '#lib/pop3/policy.ts';
import type { Account, HostSpec, LinkSpec, Pop3Spec, Scenario, StackSpec } from '#lib/sim/scenario.ts';
import type { Micros } from '#lib/sim/event.ts';

/** One-way delay of a link unless a level says otherwise. */
const DELAY: Micros = 20_000;
/** Largest IP datagram on an Ethernet link (RFC 894). */
const MTU = 1500;

/** The lessons' initial sequence numbers: easy to read, and as no real stack should choose them (RFC 9293 §3.4.1). */
export const ISN = { desk: 1000, post: 5000 } as const;

/** Lesson stacks: MSS 1460, sequence numbers that are easy to read. */
function stack(isn: number): Partial<StackSpec> {
	return { isn, mss: 1460, ttl: 64 };
}

export const ADA = {
	name: 'ada',
	password: 'lovelace',
	box: ['welcome', 'won', 'dots', 'photo']
} as const;

const POST: Pop3Spec = {
	port: 110,
	personality: 'post',
	greeting: 'POP3 post.example ready',
	users: [ADA]
};

/** `desk --- post`: one link of 20 ms and 1500 octets. */
export function t0(pop3: Partial<Pop3Spec> = {}): Scenario {
	return {
		hosts: [
			{ id: 'desk', role: 'client', address: '192.0.2.10', stack: stack(ISN.desk) },
			{
				id: 'post',
				role: 'server',
				aliases: ['post.example', 'mail.post.example'],
				address: '198.51.100.25',
				stack: stack(ISN.post),
				pop3: { ...POST, ...pop3 }
			}
		],
		links: [{ id: 'desk-post', ends: ['desk', 'post'], delay: DELAY, mtu: MTU }]
	};
}

const R1: HostSpec = { id: 'r1', role: 'router', address: '192.0.2.1' };
const R2: HostSpec = { id: 'r2', role: 'router', address: '198.51.100.1' };

/** Ways between desk and post: what stands between them, and what is wrong with it. */
export const WAYS = {
	direct: { name: 'one link, 20 ms', between: [], link: {} },
	routers: { name: 'through two routers', between: [R1, R2], link: { delay: 10_000 } },
	nat: {
		name: 'through a NAT',
		between: [
			{
				id: 'nat',
				role: 'router',
				address: '203.0.113.1',
				interfaces: [{ link: 'desk-nat', address: '192.168.1.1' }],
				nat: { outside: 'nat-post' }
			}
		],
		link: {}
	},
	satellite: { name: 'by satellite, 600 ms', between: [], link: { delay: 600_000 } },
	bad: { name: 'a bad line, loses 10 %', between: [], link: { loss: 0.1 } },
	narrow: {
		name: 'a narrow link: MTU 296',
		between: [R1, R2],
		link: { delay: 10_000 },
		middle: { mtu: 296, rate: 64_000 }
	}
} as const satisfies Record<string, Way>;
export type WayId = keyof typeof WAYS;

interface Way {
	readonly name: string;
	readonly between: readonly HostSpec[];
	/** What every link is besides the usual, and the one in the middle. */
	readonly link: Partial<LinkSpec>;
	readonly middle?: Partial<LinkSpec>;
}

/** The same ends with another way between them. */
export function along(base: Scenario, id: WayId): Scenario {
	const way: Way = WAYS[id];
	if (id === 'direct') return base;
	const [desk, ...rest] = base.hosts;
	if (!desk) return base;
	const near = way.between.some(({ nat }) => nat) ? { ...desk, address: '192.168.1.10' } : desk;
	const own = way.middle ? { ...near, stack: { ...near.stack, df: false } } : near;
	const far = way.middle ? rest.map((host) => ({ ...host, stack: { ...host.stack, df: false } })) : rest;
	const hosts = [own, ...way.between, ...far];
	const links = hosts.slice(1).map((host, i): LinkSpec => {
		const before = hosts[i] ?? own;
		const middle = way.middle && i === 1 ? way.middle : {};
		const id = `${before.id}-${host.id}`;
		return { id, ends: [before.id, host.id], delay: DELAY, mtu: MTU, ...way.link, ...middle };
	});
	return { ...base, hosts, links };
}

const POCKET: HostSpec = { id: 'pocket', role: 'client', address: '192.0.2.11', stack: stack(3000) };
/** She sits on the first router and hears all that goes through it. */
const MALLORY: HostSpec = { id: 'mallory', role: 'client', address: '192.0.2.66', stack: stack(7000) };

/** Hosts that may stand beside desk. */
export interface Beside {
	readonly pocket?: boolean;
	readonly mallory?: boolean;
}

/** `desk - r1 - r2 - post`, each link 20 ms, and who else is at the first router. */
export function t1(pop3: Partial<Pop3Spec> = {}, { pocket = false, mallory = false }: Beside = {}): Scenario {
	const [desk, post] = t0(pop3).hosts;
	if (!desk || !post) throw new Error('the plainest scenario has two hosts');
	const near = [desk, ...(pocket ? [POCKET] : []), ...(mallory ? [MALLORY] : [])];
	const link = (from: string, to: string): LinkSpec => ({
		id: `${from}-${to}`,
		ends: [from, to],
		delay: DELAY,
		mtu: MTU
	});
	return {
		hosts: [...near, R1, R2, post],
		links: [...near.map(({ id }) => link(id, 'r1')), link('r1', 'r2'), link('r2', 'post')]
	};
}

/** `desk, pocket - r1 - r2 - post`. */
export const t2 = (pop3: Partial<Pop3Spec> = {}): Scenario => t1(pop3, { pocket: true });

/** The same with a mail program for Ada's box on each of these hosts. */
export function withMail(scenario: Scenario, hosts: readonly string[], settings: Settings): Scenario {
	const account: Account = {
		server: 'post',
		user: ADA.name,
		password: ADA.password,
		policy: 'leave',
		settings
	};
	return {
		...scenario,
		hosts: scenario.hosts.map((host) => (hosts.includes(host.id) ? { ...host, account } : host))
	};
}
