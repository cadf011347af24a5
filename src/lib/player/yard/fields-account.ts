/** The fields of a mail program: whose box it fetches, by which policy, and what of that is set otherwise. */
import { setHost } from '#lib/levels/scene-edit.ts';
import { merged, type Scene } from '#lib/levels/scene.ts';
import { PROGRAMS } from '#lib/levels/servers.ts';
import type { Account, HostSpec } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-host.ts';
import {
	choice,
	line,
	many,
	maybe,
	named,
	number,
	numberOr,
	toggle,
	wrong,
	type Field,
	type Section
} from './fields.ts';

type Settings = NonNullable<Account['settings']>;

export function accountSections(scene: Scene, { id, account }: HostSpec): readonly Section[] {
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
	/** A number, or none of it. */
	const most = (key: 'sizeLimit' | 'keepDays', label: string, high: number, none: string, unit: string) =>
		numberOr<null>({
			id: key,
			label,
			unit,
			range: [0, high],
			others: { [none]: null },
			empty: words.asPolicy,
			now: settings[key],
			put: (scene, value) => put(scene, { [key]: value })
		});
	const count = (
		key: 'pipeline' | 'partLines' | 'patience',
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
		most('sizeLimit', words.sizeLimit, 10_000_000, words.noLimit, words.octets),
		count('partLines', words.partLines, [0, 100_000]),
		most('keepDays', words.keepDays, 3_650, words.forEver, words.days),
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
