/** The fields of a node: its name and addresses, and by what it is its server, its mail program or its translation. */
import { addressed } from '#lib/levels/scene-address.ts';
import { renameHost, setHost } from '#lib/levels/scene-edit.ts';
import { linksAt, merged, type Scene } from '#lib/levels/scene.ts';
import { PROGRAMS } from '#lib/levels/servers.ts';
import type { Account, HostSpec } from '#lib/sim/scenario.ts';
import { isAddress } from '#lib/wire/address.ts';
import * as words from '#words/yard-host.ts';
import {
	choice,
	many,
	maybe,
	named,
	number,
	toggle,
	line,
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
		{ title: words.node, fields: nodeFields(scene, host) },
		...(host.role === 'client' ? accountSections(scene, host) : []),
		...(host.pop3 ? serverSections(host, host.pop3) : []),
		...stackSections(host)
	];
}

function nodeFields(scene: Scene, host: HostSpec): readonly Field[] {
	const { id, address, interfaces = [], nat } = host;
	const fields: Field[] = [
		line({
			id: 'name',
			label: words.name,
			range: words.nameRange,
			now: id,
			put(now, text) {
				const edited = renameHost(now, id, text.trim());
				return edited.ok ? { ok: true, scene: edited.scene } : wrong(edited.say);
			}
		}),
		line({
			id: 'address',
			label: nat ? words.addressOutside : words.address,
			range: words.newOne,
			now: address,
			put(now, text) {
				const typed = text.trim();
				if (typed === '') return readdressed(setHost(now, id, { address: '' }));
				const problem = addressProblem(now, id, typed);
				return problem === null ? setHost(now, id, { address: typed }) : wrong(problem);
			}
		}),
		...interfaces.map(({ link, address: own }, i) =>
			line({
				id: `address-${link}`,
				label: words.addressOn(link),
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
		label: words.ends(link.ends)
	}));
	if (nat && links.length > 0)
		fields.push(
			choice({
				id: 'outside',
				label: words.outside,
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
				label: words.clampsMss,
				now: host.clampMss ?? false,
				put: (now, on) => setHost(now, id, { clampMss: on || undefined })
			})
		);
	if (host.role === 'client')
		fields.push(
			toggle({
				id: 'terminal',
				label: words.sitHere,
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
	if (!isAddress(address)) return words.fourNumbers;
	const other = scenario.hosts.find(
		(host) =>
			host.id !== id &&
			(host.address === address || host.interfaces?.some((face) => face.address === address))
	);
	return other ? words.hasAddress(other.id) : null;
}

function accountSections(scene: Scene, { id, account }: HostSpec): readonly Section[] {
	const servers = scene.scenario.hosts.filter(({ pop3 }) => pop3);
	const set = (now: Scene, next: Partial<Account>): Scene => {
		const old = now.scenario.hosts.find((host) => host.id === id)?.account;
		return old ? setHost(now, id, { account: merged(old, next) }) : now;
	};
	const has = toggle({
		id: 'account',
		label: words.hasProgram,
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
	if (!account) return [{ title: words.mailProgram, fields: [has] }];
	const text = (key: 'server' | 'user' | 'password', label: string): Field =>
		line({
			id: key,
			label,
			now: account[key],
			put: (now, value) => (value.trim() === '' ? wrong(words.notEmpty) : set(now, { [key]: value.trim() }))
		});
	return [
		{
			title: words.mailProgram,
			fields: [
				has,
				text('server', words.server),
				number({
					id: 'port',
					label: words.port,
					range: [1, 65_535],
					empty: '110',
					now: account.port,
					put: (now, port) => set(now, { port: port ?? undefined } as Partial<Account>)
				}),
				text('user', words.user),
				text('password', words.password),
				choice({
					id: 'policy',
					label: words.policy,
					choices: PROGRAMS.map((program) => ({ value: program.id, label: program.name })),
					now: account.policy,
					put: (now, policy) => set(now, { policy })
				})
			]
		},
		{ title: words.setOtherwise, folded: true, fields: settingFields(account, set) }
	];
}

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
			otherwise: words.asPolicy,
			now: settings[key],
			put: (scene, on) => put(scene, { [key]: on })
		});
	const either = <
		K extends 'fetch' | 'sizes' | 'withoutUidl' | 'deletes' | 'replyEnds' | 'letterEnds' | 'listOfOne'
	>(
		key: K,
		label: string,
		names: { readonly [V in NonNullable<Settings[K]>]: string }
	): Field => {
		const isValue = (text: string): text is NonNullable<Settings[K]> => Object.hasOwn(names, text);
		return choice({
			id: key,
			label,
			choices: [
				{ value: '', label: words.asPolicy },
				...Object.entries<string>(names).map(([value, label]) => ({ value, label }))
			],
			now: settings[key] ?? '',
			put: (scene, text) => put(scene, { [key]: isValue(text) ? text : undefined })
		});
	};
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
				empty: words.asPolicy,
				scale,
				...(unit !== undefined && { unit }),
				now: settings[key]
			},
			put
		);
	return [
		many({
			id: 'login',
			label: words.login,
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
		flag('remember', words.remember),
		either('withoutUidl', words.withoutUidl, words.withoutUidlWays),
		either('fetch', words.fetch, words.fetchWays),
		count('sizeLimit', words.sizeLimit, [0, 10_000_000], words.octets),
		count('partLines', words.partLines, [0, 100_000]),
		count('keepDays', words.keepDays, [0, 3_650], words.days),
		either('deletes', words.deletes, words.deletesWays),
		either('sizes', words.sizes, words.sizesWays),
		count('pipeline', words.pipeline, [1, 100]),
		count('patience', words.patience, [1, 86_400], 's', 1_000_000),
		flag('capa', words.capa),
		flag('utf8', words.utf8),
		flag('checks', words.checks),
		flag('guesses', words.guesses),
		either('letterEnds', words.letterEnds, words.letterEndsWays),
		either('replyEnds', words.replyEnds, words.replyEndsWays),
		either('listOfOne', words.listOfOne, words.listOfOneWays)
	];
}
