/** The fields of a node: its name and addresses, and by what it is its server, its mail program or its translation. */
import { addressed } from '#lib/levels/scene-address.ts';
import { renameHost, setHost } from '#lib/levels/scene-edit.ts';
import { linksAt, merged, type Scene } from '#lib/levels/scene.ts';
import { PROGRAMS } from '#lib/levels/servers.ts';
import type { Account, HostSpec } from '#lib/sim/scenario.ts';
import { isAddress } from '#lib/wire/address.ts';
import {
	choice,
	many,
	maybe,
	named,
	number,
	toggle,
	words,
	wrong,
	type Choice,
	type Field,
	type Section
} from './fields.ts';
import { serverSections } from './fields-server.ts';
import { stackSections } from './fields-stack.ts';

type Settings = NonNullable<Account['settings']>;

const readdressed = (scene: Scene): Scene => ({ ...scene, scenario: addressed(scene.scenario) });

export function hostSections(scene: Scene, host: HostSpec): readonly Section[] {
	return [
		{ title: 'Node', fields: nodeFields(scene, host) },
		...(host.role === 'client' ? accountSections(scene, host) : []),
		...(host.pop3 ? serverSections(host, host.pop3) : []),
		...stackSections(host)
	];
}

function nodeFields(scene: Scene, host: HostSpec): readonly Field[] {
	const { id, address, interfaces = [], nat } = host;
	const fields: Field[] = [
		words({
			id: 'name',
			label: 'Name',
			range: 'a to z, digits, hyphens',
			now: id,
			put(now, text) {
				const edited = renameHost(now, id, text.trim());
				return edited.ok ? { ok: true, scene: edited.scene } : wrong(edited.say);
			}
		}),
		words({
			id: 'address',
			label: nat ? 'Address outside' : 'Address',
			range: 'empty: a new one of its side',
			now: address,
			put(now, text) {
				const typed = text.trim();
				if (typed === '') return readdressed(setHost(now, id, { address: '' }));
				const problem = addressProblem(now, id, typed);
				return problem === null ? setHost(now, id, { address: typed }) : wrong(problem);
			}
		}),
		...interfaces.map(({ link, address: own }, i) =>
			words({
				id: `address-${link}`,
				label: `Address on ${link}`,
				now: own,
				put(now, text) {
					const typed = text.trim();
					const problem = addressProblem(now, id, typed);
					if (problem !== null) return wrong(problem);
					const faces = interfaces.map((face, at) => (at === i ? { ...face, address: typed } : face));
					return setHost(now, id, { interfaces: faces });
				}
			})
		)
	];
	const links = linksAt(scene.scenario, id).map((link): Choice => ({
		value: link.id,
		label: link.ends.join(' to ')
	}));
	if (nat && links.length > 0)
		fields.push(
			choice({
				id: 'outside',
				label: 'Outside is the link',
				choices: links,
				now: nat.outside,
				put: (now, outside) =>
					readdressed(setHost(now, id, { nat: { ...nat, outside }, interfaces: undefined }))
			})
		);
	if (host.role === 'router')
		fields.push(
			toggle({
				id: 'clamp',
				label: 'Clamps the MSS',
				now: host.clampMss ?? false,
				put: (now, on) => setHost(now, id, { clampMss: on || undefined })
			})
		);
	if (host.role === 'client')
		fields.push(
			toggle({
				id: 'terminal',
				label: 'You sit here',
				now: scene.terminal === id,
				put: (now, on) => {
					const other = now.scenario.hosts.find((one) => one.role === 'client' && one.id !== id);
					return { ...now, terminal: on ? id : (other?.id ?? id) };
				}
			})
		);
	return fields;
}

/** Null: this host may have it. */
function addressProblem({ scenario }: Scene, id: string, address: string): string | null {
	if (!isAddress(address)) return 'Four numbers from 0 to 255 with dots between: 192.0.2.10.';
	const other = scenario.hosts.find(
		(host) =>
			host.id !== id &&
			(host.address === address || host.interfaces?.some((face) => face.address === address))
	);
	return other ? `${other.id} has this address.` : null;
}

function accountSections(scene: Scene, { id, account }: HostSpec): readonly Section[] {
	const servers = scene.scenario.hosts.filter(({ pop3 }) => pop3);
	const set = (now: Scene, next: Partial<Account>): Scene => {
		const old = now.scenario.hosts.find((host) => host.id === id)?.account;
		return old ? setHost(now, id, { account: merged(old, next) }) : now;
	};
	const has = toggle({
		id: 'account',
		label: 'Has a mail program',
		now: account !== undefined,
		put(now, on) {
			const [server] = servers;
			const user = server?.pop3?.users[0];
			const fresh = {
				server: server?.id ?? 'post',
				user: user?.name ?? 'ada',
				password: user?.password ?? 'lovelace',
				policy: 'leave'
			};
			return setHost(now, id, { account: on ? fresh : undefined });
		}
	});
	if (!account) return [{ title: 'Mail program', fields: [has] }];
	const text = (key: 'server' | 'user' | 'password', label: string): Field =>
		words({
			id: key,
			label,
			now: account[key],
			put: (now, value) => (value.trim() === '' ? wrong('Not empty.') : set(now, { [key]: value.trim() }))
		});
	return [
		{
			title: 'Mail program',
			fields: [
				has,
				text('server', 'Server'),
				number({
					id: 'port',
					label: 'Port',
					range: [1, 65_535],
					empty: '110',
					now: account.port,
					put: (now, port) => set(now, { port: port ?? undefined } as Partial<Account>)
				}),
				text('user', 'User'),
				text('password', 'Password'),
				choice({
					id: 'policy',
					label: 'Policy',
					choices: PROGRAMS.map((program) => ({ value: program.id, label: program.name })),
					now: account.policy,
					put: (now, policy) => set(now, { policy })
				})
			]
		},
		{ title: 'Mail program, set otherwise', folded: true, fields: settingFields(account, set) }
	];
}

const AS_POLICY = 'as the policy';

function settingFields(
	account: Account,
	set: (scene: Scene, next: Partial<Account>) => Scene
): readonly Field[] {
	const { settings = {} } = account;
	const put = (scene: Scene, next: { [K in keyof Settings]?: Settings[K] | undefined }): Scene => {
		const whole = merged(settings, next);
		const none = Object.keys(whole).length === 0;
		return set(scene, { settings: none ? undefined : whole } as Partial<Account>);
	};
	const flag = (key: 'capa' | 'utf8' | 'remember' | 'guesses' | 'checks', label: string): Field =>
		maybe({
			id: key,
			label,
			otherwise: AS_POLICY,
			now: settings[key],
			put: (scene, on) => put(scene, { [key]: on })
		});
	const either = <
		K extends 'fetch' | 'sizes' | 'withoutUidl' | 'deletes' | 'replyEnds' | 'letterEnds' | 'listOfOne'
	>(
		key: K,
		label: string,
		values: readonly NonNullable<Settings[K]>[]
	): Field =>
		choice({
			id: key,
			label,
			choices: [
				{ value: '', label: AS_POLICY },
				...values.map((value) => ({ value: String(value), label: String(value) }))
			],
			now: settings[key] ?? '',
			put: (scene, text) => put(scene, { [key]: values.find((value) => value === text) })
		});
	const count = (
		key: 'pipeline' | 'sizeLimit' | 'partLines' | 'keepDays' | 'patience',
		label: string,
		range: readonly [number, number],
		unit?: string,
		scale = 1
	): Field =>
		named(
			key,
			{
				label,
				range,
				empty: AS_POLICY,
				scale,
				...(unit !== undefined && { unit }),
				now: settings[key]
			},
			put
		);
	return [
		many({
			id: 'login',
			label: 'Ways to log in',
			choices: (['apop', 'cram-md5', 'plain', 'login', 'user'] as const).map((value) => ({
				value,
				label: value
			})),
			now: settings.login ?? [],
			put: (scene, values) => {
				const login = (['apop', 'cram-md5', 'plain', 'login', 'user'] as const).filter((one) =>
					values.includes(one)
				);
				return put(scene, { login: login.length > 0 ? login : undefined });
			}
		}),
		flag('remember', 'Remembers UIDs'),
		either('withoutUidl', 'Without UIDL', ['stop', 'everything']),
		either('fetch', 'Fetches by', ['retr', 'top', 'header']),
		count('sizeLimit', 'Only the beginning above', [0, 10_000_000], 'octets'),
		count('partLines', 'Lines of a beginning', [0, 100_000]),
		count('keepDays', 'Letters stay for', [0, 3_650], 'days'),
		either('deletes', 'DELE comes', ['at once', 'at the end']),
		either('sizes', 'Asks sizes by', ['list', 'each']),
		count('pipeline', 'Commands ahead', [1, 100]),
		count('patience', 'Waits for an answer', [1, 86_400], 's', 1_000_000),
		flag('capa', 'Asks CAPA'),
		flag('utf8', 'Says UTF8'),
		flag('checks', 'Checks what comes'),
		flag('guesses', 'Guesses from words'),
		either('letterEnds', 'A letter ends at', ['dot', 'any dot']),
		either('replyEnds', 'A reply ends with the', ['line', 'segment']),
		either('listOfOne', 'LIST n has', ['single', 'multi'])
	];
}
