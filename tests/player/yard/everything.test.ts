// All that a scene may be told has a field: the tables below hold every key of a scenario's types, so that a new one
// without a field does not compile, and one that is here without a field fails.
import { describe, expect, test } from 'vitest';
import { addHost, insertInto } from '#lib/levels/scene-edit.ts';
import { CLEAN } from '#lib/levels/scene-presets.ts';
import { addFault } from '#lib/levels/scene-quality.ts';
import { levelOfScene, type Scene } from '#lib/levels/scene.ts';
import { pairsOf, SERVERS } from '#lib/levels/servers.ts';
import { loadCheck } from '#lib/player/yard/documents.ts';
import { faultSections, newFault } from '#lib/player/yard/fields-fault.ts';
import { hostSections } from '#lib/player/yard/fields-host.ts';
import { linkSections, sceneFields } from '#lib/player/yard/fields-link.ts';
import type { Field, Section } from '#lib/player/yard/fields.ts';
import { caution } from '#lib/player/yard/problems.ts';
import { plain, type Habits } from '#lib/pop3/habits.ts';
import { personality } from '#lib/pop3/personality.ts';
import { policies, type Policy } from '#lib/pop3/policy.ts';
import type { FaultSpec, Selector } from '#lib/sim/faults/spec.ts';
import type { Account, HostSpec, LinkSpec, NatSpec, Pop3Spec, UserSpec } from '#lib/sim/scenario.ts';
import { play } from '../../levels/play.ts';

/** For each key the fields that set it; `drawn`: it is set in the drawing; `below`: by fields of its own table. */
type Table<T> = Readonly<Record<keyof T, readonly string[] | 'drawn' | 'below'>>;

const HOST: Table<HostSpec> = {
	id: ['name'],
	role: 'drawn',
	aliases: ['aliases'],
	address: ['address'],
	interfaces: ['address-desk-nat'],
	routes: ['routes'],
	filter: ['filter'],
	nat: 'below',
	clampMss: ['clamp'],
	stack: 'below',
	pop3: 'below',
	account: ['account']
};
const NAT: Table<NatSpec> = { outside: ['outside'], firstPort: ['outsidePort'] };
const POP3: Table<Pop3Spec> = {
	port: ['port'],
	personality: ['personality'],
	greeting: ['greeting'],
	apop: ['apop'],
	habits: 'below',
	wires: ['wires'],
	users: ['users']
};
const USER: Table<UserSpec> = {
	name: ['name0'],
	password: ['password0'],
	box: ['box0'],
	refills: ['refills0'],
	stuck: ['stuck0']
};
const ACCOUNT: Table<Omit<Account, 'wanted' | 'removed'>> = {
	server: ['server'],
	port: ['port'],
	user: ['user'],
	password: ['password'],
	policy: ['policy'],
	settings: 'below'
};
const LINK: Table<LinkSpec> = {
	id: 'drawn',
	ends: 'drawn',
	delay: ['delay'],
	rate: ['rate'],
	mtu: ['mtu'],
	loss: ['loss'],
	tap: ['tap']
};
const SELECTOR: Table<Selector> = {
	nth: ['nth'],
	protocol: ['protocol'],
	srcPort: ['srcPort'],
	dstPort: ['dstPort'],
	flags: ['flags'],
	data: ['data'],
	fragment: ['fragment'],
	longerThan: ['longerThan'],
	carries: ['carries']
};
const SCENE: Table<Scene> = {
	version: 'drawn',
	name: ['scene-name'],
	terminal: ['terminal'],
	seed: ['seed'],
	scenario: 'drawn'
};
/** What CAMPAIGN 2.6 names of a link and the types have elsewhere. */
const QUALITY = ['jitter', 'loss', 'duplicate', 'reorder', 'reorderBy', 'corrupt', 'mtu', 'rate', 'queue'];
const PAIRS = ['patience', 'lineLimit', 'badLimit', 'badness'];

const host = ({ scenario }: Scene, id: string): HostSpec => scenario.hosts.find((one) => one.id === id)!;
const ids = (sections: readonly Section[]): string[] =>
	sections.flatMap(({ fields }) => fields.map(({ id }) => id));
function all(): Scene {
	let scene = CLEAN;
	const inserted = insertInto(scene, 'nat', 'desk-post');
	if (inserted.ok) scene = inserted.scene;
	const more = addHost(scene, 'router', 'nat');
	return more.ok ? more.scene : scene;
}
const NATTED = all();
const formOf = (scene: Scene, id: string): readonly Section[] => hostSections(scene, host(scene, id));
function field(scene: Scene, id: string, name: string): Field {
	const found = formOf(scene, id)
		.flatMap(({ fields }) => fields)
		.find((one) => one.id === name);
	if (!found) throw new Error(`no field ${name}`);
	return found;
}
function set(scene: Scene, id: string, name: string, text: string): Scene {
	const result = field(scene, id, name).set(scene, text);
	if (!result.ok) throw new Error(`${name}: ${result.say}`);
	return result.scene;
}
const refused = (scene: Scene, id: string, name: string, text: string): string => {
	const result = field(scene, id, name).set(scene, text);
	return result.ok ? '' : result.say;
};

describe('every setting has a field', () => {
	const wanted = <T extends object>(table: Table<T>): string[] =>
		Object.values<readonly string[] | 'drawn' | 'below'>(table).flatMap((of) =>
			typeof of === 'string' ? [] : of
		);

	test('of nodes, NATs, servers, boxes and mail programs', () => {
		const desk = ids(formOf(NATTED, 'desk'));
		const nat = ids(formOf(NATTED, 'nat'));
		const post = ids(formOf(NATTED, 'post'));
		const everywhere = new Set([...desk, ...nat, ...post]);
		for (const name of wanted(HOST)) expect([...everywhere], name).toContain(name);
		for (const name of ['aliases', 'routes', 'filter'])
			for (const form of [desk, nat, post]) expect(form).toContain(name);
		expect(nat).toEqual(expect.arrayContaining(wanted(NAT)));
		expect(post).toEqual(expect.arrayContaining([...wanted(POP3), ...wanted(USER)]));
		expect(desk).toEqual(expect.arrayContaining(wanted(ACCOUNT)));
	});

	test('of a server’s habits and a mail program’s policy', () => {
		const habits = (Object.keys(plain) as (keyof Habits)[]).flatMap((key) =>
			PAIRS.includes(key) ? [`${key}0`, `${key}1`] : [key === 'changesUids' ? 'uidl' : key]
		);
		expect(ids(formOf(CLEAN, 'post'))).toEqual(expect.arrayContaining(habits));
		const { leave }: { leave: Policy } = policies;
		const settings = Object.keys(leave).filter((key) => key !== 'by');
		expect(ids(formOf(CLEAN, 'desk'))).toEqual(expect.arrayContaining(settings));
	});

	test('of links, scenes and faults', () => {
		const [link] = CLEAN.scenario.links;
		expect(ids(linkSections(CLEAN, link!))).toEqual(expect.arrayContaining([...wanted(LINK), ...QUALITY]));
		expect(sceneFields(CLEAN).map(({ id }) => id)).toEqual(expect.arrayContaining(wanted(SCENE)));
		const cut: FaultSpec = newFault(CLEAN, 'cut', { link: 'desk-post' });
		expect(ids(faultSections(addFault(CLEAN, cut), 0))).toEqual(
			expect.arrayContaining([...wanted(SELECTOR), 'kind', 'link', 'towards', 'from', 'to'])
		);
	});
});

describe('what is set does what it says', () => {
	const fetched = (scene: Scene) =>
		play(levelOfScene(scene), [{ kind: 'sync', host: 'desk' }]).log.findLast(
			(event) => event.kind === 'mail.done'
		)?.fetched;
	const typed = (scene: Scene, ...lines: string[]) =>
		play(
			levelOfScene(scene),
			lines.map((line) => ({ kind: 'type', host: 'desk', line }) as const)
		).log;

	test('a filter stops what it names, and is read again as it is shown', async () => {
		const rules = 'drop icmp type 3 code 4\nreject tcp from 192.168.1.0/24 to 198.51.100.25 dport 110';
		const shut = set(NATTED, 'nat', 'filter', rules);
		expect(host(shut, 'nat').filter).toEqual([
			{ action: 'drop', protocol: 'icmp', icmpType: 3, icmpCode: 4 },
			{ action: 'reject', protocol: 'tcp', src: '192.168.1.0/24', dst: '198.51.100.25', dstPort: 110 }
		]);
		expect(field(shut, 'nat', 'filter').value).toBe(rules);
		expect((await loadCheck())({ version: 1, kind: 'scene', scene: shut })).toMatchObject({ ok: true });
		expect([fetched(NATTED), fetched(shut) ?? 0]).toEqual([7, 0]);
		expect(host(set(shut, 'nat', 'filter', ' '), 'nat')).not.toHaveProperty('filter');
	});

	test('a route leads to a dead end', async () => {
		const routes = '198.51.100.25 nowhere';
		const lost = set(NATTED, 'nat', 'routes', routes);
		expect(field(lost, 'nat', 'routes').value).toBe(routes);
		expect((await loadCheck())({ version: 1, kind: 'scene', scene: lost })).toMatchObject({ ok: true });
		expect(fetched(lost) ?? 0).toBe(0);
		expect(host(set(lost, 'nat', 'routes', '198.51.100.0/24  nat-post'), 'nat').routes).toEqual([
			{ to: '198.51.100.0/24', link: 'nat-post' }
		]);
	});

	test.each([
		['filter', 'stop everything', 'Line 1: A rule begins with pass, drop or reject.'],
		['filter', 'pass\ndrop sctp', 'Line 2: Of “sctp”'],
		['filter', 'drop from 10.0.0.0/33', 'no network'],
		['filter', 'drop from 10.0.0.1/8', 'bits behind'],
		['filter', 'drop tcp dport 70000', 'from 0 to 65,535'],
		['filter', 'drop icmp type', 'from 0 to 255'],
		['filter', 'drop __proto__ 1', 'Of “__proto__”'],
		['filter', 'drop constructor 1', 'Of “constructor”'],
		['routes', '198.51.100.0/24', 'A network and one of the node’s links'],
		['routes', 'post nat-post', 'no network'],
		['routes', '198.51.100.0/24 elsewhere', 'It has desk-nat, nat-post, nat-r1.'],
		['aliases', 'desk', 'desk is taken.'],
		['aliases', '-a', 'Names of a to z']
	])('%s “%s” is refused: %s', (name, text, say) => {
		expect(refused(NATTED, 'nat', name, text)).toContain(say);
	});

	test('another name is connected to', () => {
		const named = set(CLEAN, 'post', 'aliases', 'office, pop.example');
		expect(host(named, 'post').aliases).toEqual(['office', 'pop.example']);
		const log = typed(named, 'connect pop.example 110');
		expect(log.some((event) => event.kind === 'tcp.state' && event.to === 'ESTABLISHED')).toBe(true);
	});

	test('a NAT gives out ports from the first one that it is told', () => {
		const log = typed(set(NATTED, 'nat', 'outsidePort', '40000'), 'connect post 110');
		const mapped = log.find((event) => event.kind === 'nat.mapped');
		expect(JSON.stringify(mapped)).toContain('40000');
	});

	test('a letter that cannot be removed stays, and UPDATE says so', () => {
		const stuck = set(CLEAN, 'post', 'stuck0', 'u-won-2');
		const log = typed(stuck, 'connect post 110', 'USER ada', 'PASS lovelace', 'DELE 1', 'DELE 2', 'QUIT');
		const gone = log.flatMap((event) => (event.kind === 'maildrop.expunge' ? [event.uid] : []));
		expect(gone).toEqual(['u-welcome-1']);
		expect(log.findLast((event) => event.kind === 'pop3.reply')).toMatchObject({
			keyword: 'QUIT',
			ok: false
		});
	});

	test('half of a pair leaves the other half as the way has it', () => {
		const impatient = set(CLEAN, 'post', 'personality', 'impatient');
		const before = set(impatient, 'post', 'patience0', '5');
		expect(host(before, 'post').pop3?.habits).toEqual({ patience: [5_000_000, 60_000_000] });
		expect([0, 1].map((at) => field(before, 'post', `patience${at}`).value)).toEqual(['5', '']);
		const never = set(before, 'post', 'patience1', 'never');
		expect(host(never, 'post').pop3?.habits).toEqual({ patience: [5_000_000, null] });
		expect(field(never, 'post', 'patience1').value).toBe('never');
		const again = set(set(never, 'post', 'patience1', ''), 'post', 'patience0', '60');
		expect(host(again, 'post').pop3).not.toHaveProperty('habits');
	});

	test('what a mail program keeps may be for ever, and what a server tells may be nothing', () => {
		const kept = set(CLEAN, 'desk', 'keepDays', 'for ever');
		expect(host(kept, 'desk').account?.settings).toEqual({ keepDays: null });
		expect(field(kept, 'desk', 'keepDays').value).toBe('for ever');
		expect(refused(CLEAN, 'desk', 'keepDays', 'for a while')).toContain(
			'or empty: as the policy; or for ever'
		);
		const told = set(set(CLEAN, 'post', 'expire', 'for ever'), 'post', 'implementation', 'not told');
		expect(host(told, 'post').pop3?.habits).toEqual({ expire: 'NEVER', implementation: null });
		expect(['expire', 'implementation'].map((name) => field(told, 'post', name).value)).toEqual([
			'for ever',
			'not told'
		]);
	});

	test('a server that may be rewired takes a wire', () => {
		const open = set(CLEAN, 'post', 'wires', 'yes');
		const wire = { from: 'AUTHORIZATION', on: 'USER', to: 'TRANSACTION' } as const;
		const { log } = play(levelOfScene(open), [
			{ kind: 'wire', host: 'post', wire },
			{ kind: 'type', host: 'desk', line: 'connect post 110' },
			{ kind: 'type', host: 'desk', line: 'USER ada' }
		]);
		expect(log.some((event) => event.kind === 'pop3.state' && event.to === 'TRANSACTION')).toBe(true);
		expect(host(set(open, 'post', 'wires', 'no'), 'post').pop3).not.toHaveProperty('wires');
	});
});

test('what is hardly meant is said, with the node to look at', () => {
	const at = (id: string) => ({ where: { kind: 'host', id } });
	expect([caution(CLEAN), caution(NATTED)]).toEqual([null, null]);
	expect(caution(set(CLEAN, 'desk', 'server', 'nowhere'))).toMatchObject({
		say: expect.stringContaining('nowhere') as string,
		...at('desk')
	});
	const named = set(CLEAN, 'post', 'aliases', 'pop.example');
	expect(caution(set(named, 'desk', 'server', 'pop.example'))).toBeNull();
	const lone = addHost(CLEAN, 'nat');
	expect(lone.ok && caution(lone.scene)).toMatchObject(at('nat'));
});

test('what there is to do is said of the mail program that sits at the terminal', () => {
	const grace = set(set(CLEAN, 'desk', 'user', 'grace'), 'desk', 'password', 'hopper');
	expect(levelOfScene(CLEAN)).toMatchObject({ note: 'ada\nlovelace' });
	expect(levelOfScene(grace)).toMatchObject({
		note: 'grace\nhopper',
		mission: expect.stringMatching(/^The box of grace at post holds 1 letter\./) as string
	});
	expect(levelOfScene(set(CLEAN, 'desk', 'user', 'eve')).mission).toContain('eve, who has no box there');
});

test('the pairs of each way are those of its server', () => {
	for (const { id } of SERVERS) {
		const { patience, lineLimit, badLimit, badness } = personality(id).habits;
		expect(pairsOf(id), id).toEqual({ patience, lineLimit, badLimit, badness });
	}
});
