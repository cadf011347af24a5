/**
 * A scene is all that the yard has on its stage: plain data that is edited, kept, sent in a link and played. Law: whatever
 * passes the border's check becomes a level and is played as any level is, by inputs and a log.
 */
import { commands, type Keyword } from '#lib/pop3/commands.ts';
import type { Account, HostSpec, LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import { fingerprint } from './fingerprint.ts';
import { NO_MISSION, TOOLS, type Level } from './level.ts';
import { SERVERS } from './servers.ts';

export interface Scene {
	readonly version: 1;
	/** What the person calls it. */
	readonly name: string;
	/** Id of the client whose terminal and mail program the person has. */
	readonly terminal: string;
	readonly seed: number;
	readonly scenario: Scenario;
}

/** How large a scene may be: nodes added by hand, nodes at all, characters of its name. */
export const SCENE_LIMITS = { byHand: 8, hosts: 40, name: 60, faults: 64 } as const;

export function hostOf({ scenario }: Scene, id: string): HostSpec | undefined {
	return scenario.hosts.find((host) => host.id === id);
}

export function linkOf({ scenario }: Scene, id: string): LinkSpec | undefined {
	return scenario.links.find((link) => link.id === id);
}

export function linksAt({ links }: Pick<Scenario, 'links'>, host: string): readonly LinkSpec[] {
	return links.filter(({ ends }) => ends.includes(host));
}

export const otherEnd = ({ ends: [a, b] }: LinkSpec, host: string): string => (a === host ? b : a);

/** The same object with what is given; what is given as undefined is absent. */
export function merged<T extends object>(base: T, change: { [K in keyof T]?: T[K] | undefined }): T {
	const whole = { ...base, ...change };
	return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as T;
}

/** RFC 1939 §5 and §4: no server can do without these. */
const ALWAYS: readonly Keyword[] = ['STAT', 'LIST', 'RETR', 'DELE', 'NOOP', 'RSET', 'QUIT'];

/** What the terminal may offer: the commands that any of the servers takes. */
function offersOf({ scenario }: Scene): readonly Keyword[] {
	const taken = new Set<Keyword>();
	for (const { pop3 } of scenario.hosts) {
		if (!pop3) continue;
		const own = SERVERS.find(({ id }) => id === pop3.personality)?.offers ?? [];
		for (const keyword of pop3.habits?.offers ? [...ALWAYS, ...pop3.habits.offers] : own) taken.add(keyword);
	}
	const known = [...commands.map(({ keyword }) => keyword), ...taken];
	return taken.size === 0 ? [...ALWAYS] : [...new Set(known)].filter((keyword) => taken.has(keyword));
}

/** The account of the terminal's mail program; where it has none, the first box there is. */
function accountOf({ scenario, terminal }: Scene): Pick<Account, 'user' | 'password' | 'server'> | null {
	const own = scenario.hosts.find(({ id }) => id === terminal)?.account;
	if (own) return own;
	for (const { id, pop3 } of scenario.hosts) {
		const [user] = pop3?.users ?? [];
		if (user) return { user: user.name, password: user.password, server: id };
	}
	return null;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

/** What there is to do here, in words made from the scene itself. */
function missionOf(scene: Scene): string {
	const account = accountOf(scene);
	if (!account) return `No server has a box yet. Type at ${scene.terminal}, or give a server a user.`;
	const { user, server } = account;
	const host = scene.scenario.hosts.find(
		({ id, aliases = [], address }) => id === server || aliases.includes(server) || address === server
	);
	const own = host?.pop3?.users.find(({ name }) => name === user);
	const others = host?.pop3?.users.filter(({ name }) => name !== user) ?? [];
	if (!own) return `${scene.terminal} asks ${server} for the mail of ${user}, who has no box there.`;
	const also = others[0] ? ` ${others[0].name} has a box too: ${others[0].name}, ${others[0].password}.` : '';
	return `The box of ${user} at ${server} holds ${plural(own.box.length, 'letter')}. Sync fetches them; each letter shows what it cost in commands.${also}`;
}

/** A scene as a level without a mission; `change` makes more of it. */
export function levelOfScene(scene: Scene, change: Partial<Level> = {}): Level {
	const account = accountOf(scene);
	return {
		...NO_MISSION,
		slug: `yard-${fingerprint(scene)}`,
		title: 'The yard',
		concept: 'No mission here. Type, or let the mail program type for you.',
		mission: missionOf(scene),
		lens: 2,
		scenario: scene.scenario,
		seed: scene.seed,
		tools: TOOLS,
		terminal: scene.terminal,
		offers: offersOf(scene),
		...(account && { note: `${account.user}\n${account.password}` }),
		...change
	};
}
