/**
 * The scenes that the yard begins with: quiet and bad ways between a desk and a post office, and large ones. Law: each is a
 * scene as a person could have made it, and a sync in it ends with all letters or with a clear complaint.
 */
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import type { HostSpec, LinkSpec, Scenario, StackSpec } from '#lib/sim/scenario.ts';
import { addressed } from './scene-address.ts';
import type { Scene } from './scene.ts';
import { ADA, along, t0, type WayId } from './topologies.ts';
import type { YardServer } from './servers.ts';

/** A stack as one of today has it. */
const MODERN: Partial<StackSpec> = {
	mss: 1460,
	ttl: 64,
	receiveBuffer: 262_144,
	windowScale: 7,
	timestamps: true,
	sack: true,
	rack: true,
	nagle: true,
	delayedAck: 40_000,
	congestion: 'cubic',
	minRto: 200_000,
	rto: 1_000_000
};

const ACCOUNT = { server: 'post', user: ADA.name, password: ADA.password, policy: 'leave' } as const;

/** Desk and post with a full box, as the yard has always had them. */
export function ends(server: YardServer): Scenario {
	const base = t0({
		personality: server,
		greeting: undefined,
		apop: true,
		users: [
			{ ...ADA, box: [...ADA.box, 'html', 'nested', 'charset'] },
			{ name: 'grace', password: 'hopper', box: ['welcome'] }
		]
	});
	return {
		...base,
		hosts: base.hosts.map((host) => (host.id === 'desk' ? { ...host, account: ACCOUNT } : plain(host)))
	};
}

/** JSON has no undefined: a scene that went through a file is the same scene. */
function plain(host: HostSpec): HostSpec {
	if (!host.pop3) return host;
	const { greeting, ...pop3 } = host.pop3;
	return { ...host, pop3: greeting === undefined ? pop3 : { ...pop3, greeting } };
}

function scene(name: string, scenario: Scenario): Scene {
	return { version: 1, name, terminal: 'desk', seed: 110, scenario };
}

const router = (id: string): HostSpec => ({ id, role: 'router', address: '' });

/** Desk, these between, post; `links` one more than `between`. */
function path(
	between: readonly HostSpec[],
	links: readonly Partial<LinkSpec>[],
	change: { server?: YardServer; stack?: Partial<StackSpec>; faults?: readonly FaultSpec[] } = {}
): Scenario {
	const base = ends(change.server ?? 'post');
	const [desk, post] = base.hosts;
	if (!desk || !post) return base;
	const stack = change.stack;
	const hosts = [stack ? { ...desk, stack } : desk, ...between, stack ? { ...post, stack } : post];
	return addressed({
		hosts,
		links: links.map((link, i) => {
			const [a, b] = [hosts[i]?.id ?? '', hosts[i + 1]?.id ?? ''];
			return { id: `${a}-${b}`, ends: [a, b], delay: 20_000, mtu: 1500, ...link };
		}),
		...(change.faults && { faults: change.faults })
	});
}

const cafe = path(
	[{ id: 'wifi', role: 'router', address: '', nat: { outside: 'wifi-r1' } }, router('r1')],
	[{ delay: 4_000, rate: 6_000_000 }, { delay: 12_000 }, { delay: 15_000 }],
	{
		server: 'dovecot',
		stack: MODERN,
		faults: [
			{ link: 'desk-wifi', kind: 'delay', by: 0, jitter: 35_000 },
			{ link: 'desk-wifi', kind: 'bursts', enter: 0.03, leave: 0.4 },
			{ link: 'desk-wifi', kind: 'duplicate', share: 0.01 },
			{ link: 'desk-wifi', kind: 'reorder', share: 0.05, by: 30_000 }
		]
	}
);

const satellite = path(
	[router('dish'), router('sky')],
	[{ delay: 2_000 }, { delay: 270_000, rate: 2_000_000, loss: 0.005 }, { delay: 30_000 }],
	{ stack: { ...MODERN, delayedAck: 200_000 } }
);

const modem = path(
	[router('isp'), router('r1')],
	[{ delay: 70_000, mtu: 576 }, { delay: 25_000 }, { delay: 40_000 }],
	{
		server: 'rfc',
		stack: {
			isn: 1000,
			mss: 536,
			ttl: 32,
			df: false,
			congestion: 'newreno',
			receiveBuffer: 8_192,
			rto: 3_000_000
		},
		faults: [
			{ link: 'desk-isp', kind: 'corrupt', share: 0.01 },
			{ link: 'desk-isp', kind: 'rate', rate: 28_800, queue: 12 },
			// somebody else in the house picks up the telephone
			{ link: 'desk-isp', from: 6_000_000, to: 8_500_000, kind: 'hold' }
		]
	}
);

/** Mallory runs the hotel's router: no APOP for the guests, other words in their letters, a packet that comes twice. */
const hotel = path(
	[{ id: 'mallory', role: 'router', address: '', nat: { outside: 'mallory-r1' } }, router('r1')],
	[{ delay: 5_000 }, { delay: 20_000 }, { delay: 15_000 }],
	{
		faults: [
			{
				link: 'mallory-r1',
				towards: 'mallory',
				match: { carries: '@post.example>' },
				kind: 'edit',
				checksums: 'fixed',
				find: '@post.example>',
				replace: ' post.example '
			},
			{
				link: 'mallory-r1',
				towards: 'mallory',
				match: { carries: 'Send money now' },
				kind: 'edit',
				checksums: 'fixed',
				find: 'Send money now',
				replace: 'Send Mallory $'
			},
			{
				link: 'desk-mallory',
				towards: 'desk',
				match: { nth: [9] },
				kind: 'duplicate',
				share: 1,
				after: 40_000
			},
			{ link: 'desk-mallory', towards: 'mallory', match: { nth: [11] }, kind: 'split', at: 2 }
		]
	}
);

/** `n` nodes in a circle: desk and post opposite each other, routers between. */
function ring(n: number): Scenario {
	const [desk, post] = ends('post').hosts;
	if (!desk || !post) return ends('post');
	const half = n / 2;
	const hosts = Array.from({ length: n }, (_, i) =>
		i === 0 ? desk : i === half ? post : router(`r${i < half ? i : i - 1}`)
	);
	return addressed({ hosts, links: hosts.map((host, i) => between(host, hosts[(i + 1) % n] ?? host)) });
}

const between = (a: HostSpec, b: HostSpec, delay = 8_000): LinkSpec => ({
	id: `${a.id}-${b.id}`,
	ends: [a.id, b.id],
	delay,
	mtu: 1500
});

const client = (n: number): HostSpec => ({
	id: `desk${n}`,
	role: 'client',
	address: '',
	stack: { mss: 1460, ttl: 64 },
	account: { ...ACCOUNT, user: 'grace', password: 'hopper' }
});

/** One router in the middle; around it desk, post and other desks. */
function star(n: number): Scenario {
	const hub = router('hub');
	const around = [...ends('post').hosts, ...Array.from({ length: n - 3 }, (_, i) => client(i + 2))];
	return addressed({ hosts: [...around, hub], links: around.map((host) => between(host, hub)) });
}

/** Routers that fork and fork again, desks at the tips, and post beside the root. */
function tree(n: number): Scenario {
	const [desk, post] = ends('post').hosts;
	if (!desk || !post) return ends('post');
	const nodes = n - 1;
	const inner = Math.floor((nodes - 1) / 3) + 1;
	const hosts = Array.from({ length: nodes }, (_, i) =>
		i < inner ? router(`r${i + 1}`) : i === inner ? desk : client(i - inner + 1)
	);
	const links = hosts.slice(1).map((host, i) => between(hosts[Math.floor(i / 3)] ?? host, host, 4_000));
	const root = hosts[0] ?? desk;
	return addressed({ hosts: [...hosts, post], links: [between(post, root), ...links] });
}

const way = (id: WayId): Scenario => along(ends('post'), id);

export const PRESETS = [
	{ id: 'clean', say: 'Two ends and one link that loses nothing.', scene: scene('Clean', way('direct')) },
	{
		id: 'cafe',
		say: 'A shared channel behind a NAT: jitter, bursts of loss, order turned round.',
		scene: scene('Café Wi-Fi', cafe)
	},
	{
		id: 'satellite',
		say: 'Up to a satellite and down again: a round trip of 0.6 seconds.',
		scene: scene('Satellite', satellite)
	},
	{
		id: 'modem',
		say: '28,800 bits a second, MTU 576, noise, and a telephone that is picked up.',
		scene: scene('1996 modem', modem)
	},
	{
		id: 'hotel',
		say: 'Mallory owns the router: APOP is hidden, a letter is changed.',
		scene: scene('Hostile hotel', hotel)
	},
	{
		id: 'routers',
		say: 'Two routers between the ends.',
		scene: scene('Through two routers', way('routers'))
	},
	{ id: 'nat', say: 'The desk has a private address.', scene: scene('Through a NAT', way('nat')) },
	{ id: 'bad', say: 'One link that loses a tenth.', scene: scene('A bad line', way('bad')) },
	{
		id: 'narrow',
		say: 'MTU 296 in the middle: datagrams come in pieces.',
		scene: scene('A narrow link', way('narrow'))
	},
	{ id: 'ring', say: 'Twelve nodes in a circle: two ways to go.', scene: scene('Ring of 12', ring(12)) },
	{ id: 'star', say: 'Eighteen desks, one router, one server.', scene: scene('Star of 20', star(20)) },
	{ id: 'tree', say: 'Forty nodes that fork in threes.', scene: scene('Tree of 40', tree(40)) }
] as const satisfies readonly { readonly id: string; readonly say: string; readonly scene: Scene }[];

/** The scene that a new visitor finds. */
export const CLEAN: Scene = PRESETS[0].scene;
