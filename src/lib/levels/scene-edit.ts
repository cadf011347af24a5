/**
 * What a person can do to the nodes and links of a scene. Laws: a scene is never changed, a new one is made; an edit that
 * makes no sense is refused with a reason; names stay right everywhere when a node or link gets another one.
 */
import type { FaultSpec } from '#lib/sim/faults/spec.ts';
import type { HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { addressed } from './scene-address.ts';
import { hostOf, linkOf, linksAt, merged, otherEnd, SCENE_LIMITS, type Scene } from './scene.ts';

export type Kind = 'client' | 'server' | 'router' | 'nat';

export type Edited =
	| {
			readonly ok: true;
			readonly scene: Scene;
			/** What to look at next: the id of a node or link. */
			readonly picked: string;
	  }
	| { readonly ok: false; readonly say: string };

const no = (say: string): Edited => ({ ok: false, say });
const yes = (scene: Scene, scenario: Scenario, picked: string): Edited => ({
	ok: true,
	scene: { ...scene, scenario: addressed(scenario) },
	picked
});

export const kindOf = ({ role, nat }: Pick<HostSpec, 'role' | 'nat'>): Kind => (nat ? 'nat' : role);

const NAMES: { readonly [K in Kind]: string } = { client: 'desk', server: 'post', router: 'r', nat: 'nat' };
/** What a link is until somebody says otherwise: 20 ms and an Ethernet's MTU (RFC 894). */
const LINK = { delay: 20_000, mtu: 1500 } as const;

/** `desk`, then `desk2`; routers are counted from the first. */
function freshName(scenario: Scenario, kind: Kind): string {
	const taken = new Set(scenario.hosts.flatMap(({ id, aliases = [] }) => [id, ...aliases]));
	const base = NAMES[kind];
	if (kind !== 'router' && !taken.has(base)) return base;
	for (let n = kind === 'router' ? 1 : 2; ; n++) if (!taken.has(`${base}${n}`)) return `${base}${n}`;
}

function freshLink(scenario: Scenario, a: string, b: string): LinkSpec {
	const taken = new Set(scenario.links.map(({ id }) => id));
	let id = `${a}-${b}`;
	for (let n = 2; taken.has(id); n++) id = `${a}-${b}-${n}`;
	return { id, ends: [a, b], ...LINK };
}

/** A new node as it comes: a client with a mail program for the first box, a server with one. */
function freshHost(scene: Scene, kind: Kind, link: string | null): HostSpec {
	const id = freshName(scene.scenario, kind);
	const address = '';
	if (kind === 'nat') return { id, role: 'router', address, nat: { outside: link ?? `${id}-outside` } };
	if (kind === 'router') return { id, role: 'router', address };
	const stack = { mss: 1460, ttl: 64 };
	if (kind === 'server') {
		const users = [{ name: 'ada', password: 'lovelace', box: ['welcome'] }];
		return { id, role: 'server', address, stack, pop3: { personality: 'post', apop: true, users } };
	}
	const server = scene.scenario.hosts.find(({ pop3 }) => pop3?.users.length);
	const user = server?.pop3?.users[0];
	return {
		id,
		role: 'client',
		address,
		stack,
		...(server &&
			user && {
				account: { server: server.id, user: user.name, password: user.password, policy: 'leave' }
			})
	};
}

/** A new node, joined to `beside`, or standing alone. */
export function addHost(scene: Scene, kind: Kind, beside: string | null = null): Edited {
	const { scenario } = scene;
	if (scenario.hosts.length >= SCENE_LIMITS.byHand)
		return no(`There are ${scenario.hosts.length} nodes. By hand there can be ${SCENE_LIMITS.byHand}.`);
	const host = freshHost(scene, kind, null);
	const near = beside === null ? undefined : hostOf(scene, beside);
	const link = near && freshLink(scenario, near.id, host.id);
	const own: HostSpec = host.nat && link ? { ...host, nat: { outside: link.id } } : host;
	return yes(
		scene,
		{
			...scenario,
			hosts: [...scenario.hosts, own],
			links: link ? [...scenario.links, link] : scenario.links
		},
		host.id
	);
}

/** A new router or NAT in the middle of a link; each half has what the whole had, and half of its delay. */
export function insertInto(scene: Scene, kind: 'router' | 'nat', link: string): Edited {
	const { scenario } = scene;
	const old = linkOf(scene, link);
	if (!old) return no(`There is no link ${link}.`);
	if (scenario.hosts.length >= SCENE_LIMITS.byHand)
		return no(`There are ${scenario.hosts.length} nodes. By hand there can be ${SCENE_LIMITS.byHand}.`);
	const host = freshHost(scene, kind, null);
	const [a, b] = old.ends;
	const half = Math.floor(old.delay / 2);
	const near: LinkSpec = { ...old, id: freshLink(scenario, a, host.id).id, ends: [a, host.id], delay: half };
	const far: LinkSpec = {
		...old,
		id: freshLink(scenario, host.id, b).id,
		ends: [host.id, b],
		delay: old.delay - half
	};
	// outside is where the server is
	const outside = leadsToServer(scenario, b, a) ? far.id : near.id;
	const own: HostSpec = host.nat ? { ...host, nat: { outside } } : host;
	const at = scenario.hosts.findIndex(({ id }) => id === b);
	const hosts = scenario.hosts.toSpliced(Math.max(0, at), 0, own);
	const links = scenario.links.flatMap((each) => (each.id === link ? [near, far] : [each]));
	const faults = (scenario.faults ?? []).map((fault) => moveFault(fault, link, near.id, b, host.id));
	return yes(
		scene,
		withFaults({ ...renamedLink(scenario, link, near.id, far.id, b), hosts, links }, faults),
		host.id
	);
}

function leadsToServer({ hosts, links }: Scenario, from: string, without: string): boolean {
	const queue = [from];
	const seen = new Set([from, without]);
	for (let at = 0; at < queue.length; at++) {
		if (hosts.find(({ id }) => id === queue[at])?.role === 'server') return true;
		for (const link of linksAt({ links }, queue[at] ?? '')) {
			const other = otherEnd(link, queue[at] ?? '');
			if (!seen.has(other)) queue.push(other);
			seen.add(other);
		}
	}
	return false;
}

/** A fault of a link that is cut in two goes on on its first half. */
function moveFault(fault: FaultSpec, link: string, near: string, far: string, host: string): FaultSpec {
	if (fault.link !== link) return fault;
	return { ...fault, link: near, ...(fault.towards === far && { towards: host }) };
}

/** The hosts' own words for a link that is now two: seen from `far` it is the second. */
function renamedLink(scenario: Scenario, link: string, near: string, farId: string, far: string): Scenario {
	const hosts = scenario.hosts.map((host) => rewired(host, link, host.id === far ? farId : near));
	return { ...scenario, hosts };
}

function rewired(host: HostSpec, from: string, to: string): HostSpec {
	const name = (id: string) => (id === from ? to : id);
	return {
		...host,
		...(host.interfaces && {
			interfaces: host.interfaces.map((face) => ({ ...face, link: name(face.link) }))
		}),
		...(host.routes && {
			routes: host.routes.map((route) => ({ ...route, link: route.link === null ? null : name(route.link) }))
		}),
		...(host.nat && { nat: { ...host.nat, outside: name(host.nat.outside) } })
	};
}

export function withFaults(scenario: Scenario, faults: readonly FaultSpec[]): Scenario {
	return merged(scenario, { faults: faults.length > 0 ? faults : undefined });
}

export function join(scene: Scene, a: string, b: string): Edited {
	const { scenario } = scene;
	if (a === b) return no('A link joins two different nodes.');
	if (!hostOf(scene, a) || !hostOf(scene, b)) return no('One of the nodes is not there.');
	const old = scenario.links.find(({ ends }) => ends.includes(a) && ends.includes(b));
	if (old) return no(`${a} and ${b} are joined already.`);
	const link = freshLink(scenario, a, b);
	return yes(scene, { ...scenario, links: [...scenario.links, link] }, link.id);
}

/** Takes a link away, with its faults. */
export function part(scene: Scene, link: string): Edited {
	const old = linkOf(scene, link);
	if (!old) return no(`There is no link ${link}.`);
	return yes(scene, withoutLinks(scene.scenario, new Set([link])), old.ends[0]);
}

function withoutLinks(scenario: Scenario, gone: ReadonlySet<string>): Scenario {
	const hosts = scenario.hosts.map((host): HostSpec => {
		if (!host.routes?.some(({ link }) => link !== null && gone.has(link))) return host;
		return { ...host, routes: host.routes.filter(({ link }) => link === null || !gone.has(link)) };
	});
	const links = scenario.links.filter(({ id }) => !gone.has(id));
	const faults = (scenario.faults ?? []).filter(({ link }) => !gone.has(link));
	return withFaults({ ...scenario, hosts, links }, faults);
}

/** Takes a node away with its links; the two neighbours of a router are joined instead. */
export function removeHost(scene: Scene, id: string): Edited {
	const { scenario } = scene;
	const host = hostOf(scene, id);
	if (!host) return no(`There is no node ${id}.`);
	const clients = scenario.hosts.filter((one) => one.role === 'client' && one.id !== id);
	if (host.role === 'client' && clients.length === 0)
		return no('The last client stays: the terminal and the mail program are there.');
	const own = linksAt(scenario, id);
	const left = withoutLinks(
		{ ...scenario, hosts: scenario.hosts.filter((one) => one !== host) },
		new Set(own.map((link) => link.id))
	);
	const [one, two] = own.length === 2 && host.role === 'router' ? own.map((link) => otherEnd(link, id)) : [];
	const apart = !scenario.links.some(({ ends }) => ends.includes(one ?? '') && ends.includes(two ?? ''));
	const healed =
		one !== undefined && two !== undefined && one !== two && apart
			? {
					...left,
					links: [
						...left.links,
						{ ...freshLink(left, one, two), delay: own.reduce((sum, { delay }) => sum + delay, 0) }
					]
				}
			: left;
	const terminal = scene.terminal === id ? (clients[0]?.id ?? scene.terminal) : scene.terminal;
	return yes({ ...scene, terminal }, healed, terminal);
}

/** Gives a node another name, and its links, faults, routes and the accounts that ask it. */
export function renameHost(scene: Scene, id: string, to: string): Edited {
	if (!hostOf(scene, id)) return no(`There is no node ${id}.`);
	if (id === to) return { ok: true, scene, picked: id };
	if (!/^[a-z][a-z0-9-]{0,15}$/.test(to))
		return no('A name has 1 to 16 letters a to z, digits and hyphens, and begins with a letter.');
	const { scenario } = scene;
	const taken = scenario.hosts.flatMap((host) => [host.id, ...(host.aliases ?? [])]);
	if (taken.includes(to)) return no(`${to} is taken.`);
	const name = (host: string) => (host === id ? to : host);
	let next: Scenario = {
		...scenario,
		hosts: scenario.hosts.map((host) => ({
			...host,
			id: name(host.id),
			...(host.account && { account: { ...host.account, server: name(host.account.server) } })
		})),
		links: scenario.links.map((link) => ({
			...link,
			ends: [name(link.ends[0]), name(link.ends[1])] as const
		}))
	};
	const faults = (scenario.faults ?? []).map((fault) => ({
		...fault,
		...(fault.towards !== undefined && { towards: name(fault.towards) })
	}));
	next = withFaults(next, faults);
	for (const link of linksAt(scenario, id)) {
		const [a, b] = link.ends;
		if (link.id !== `${a}-${b}`) continue;
		const fresh = freshLink(
			{ ...next, links: next.links.filter((each) => each.id !== link.id) },
			name(a),
			name(b)
		).id;
		next = {
			...withFaults(
				next,
				(next.faults ?? []).map((fault) => (fault.link === link.id ? { ...fault, link: fresh } : fault))
			),
			hosts: next.hosts.map((host) => rewired(host, link.id, fresh)),
			links: next.links.map((each) => (each.id === link.id ? { ...each, id: fresh } : each))
		};
	}
	const terminal = name(scene.terminal);
	return { ok: true, scene: { ...scene, terminal, scenario: next }, picked: to };
}

/** Sets a node otherwise; a field that is undefined is taken away. */
export function setHost(
	scene: Scene,
	id: string,
	change: { [K in keyof HostSpec]?: HostSpec[K] | undefined }
): Scene {
	const hosts = scene.scenario.hosts.map((host) => (host.id === id ? merged(host, change) : host));
	return { ...scene, scenario: { ...scene.scenario, hosts } };
}

export function setLink(
	scene: Scene,
	id: string,
	change: { [K in keyof LinkSpec]?: LinkSpec[K] | undefined }
): Scene {
	const links = scene.scenario.links.map((link) => (link.id === id ? merged(link, change) : link));
	return { ...scene, scenario: { ...scene.scenario, links } };
}
