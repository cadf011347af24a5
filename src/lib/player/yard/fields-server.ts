/** The fields of a POP3 server: whose ways it has, what it does otherwise, and who has a box with which letters. */
import { setHost } from '#lib/levels/scene-edit.ts';
import { merged, type Scene } from '#lib/levels/scene.ts';
import { LETTERS, SERVERS } from '#lib/levels/servers.ts';
import type { HostSpec, Pop3Spec, UserSpec } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-server.ts';
import {
	choice,
	many,
	maybe,
	named,
	number,
	SECONDS,
	seconds,
	toggle,
	line,
	wrong,
	type Field,
	type Section
} from './fields.ts';

type Habits = Required<NonNullable<Pop3Spec['habits']>>;
type Keyword = Habits['offers'][number];

const MECHANISMS = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const;
const OFFERED: readonly Keyword[] = [
	'USER',
	'PASS',
	'APOP',
	'TOP',
	'UIDL',
	'CAPA',
	'AUTH',
	'UTF8',
	'LANG',
	'LAST'
];
const MOST_USERS = 12;

export function serverSections({ id }: HostSpec, pop3: Pop3Spec): readonly Section[] {
	const { habits = {} } = pop3;
	const set = (scene: Scene, next: { [K in keyof Pop3Spec]?: Pop3Spec[K] | undefined }): Scene => {
		const now = scene.scenario.hosts.find((host) => host.id === id)?.pop3;
		return now ? setHost(scene, id, { pop3: merged(now, next) }) : scene;
	};
	const put = (scene: Scene, next: { [K in keyof Habits]?: Habits[K] | undefined }): Scene => {
		const whole = merged(habits, next);
		return set(scene, { habits: Object.keys(whole).length > 0 ? whole : undefined });
	};
	type Flag = { [K in keyof Habits]: Habits[K] extends boolean ? K : never }[keyof Habits];
	const flag = (key: Flag, label: string): Field =>
		maybe({
			id: key,
			label,
			otherwise: words.asWay,
			now: habits[key],
			put: (scene, on) => put(scene, { [key]: on })
		});
	const idle = (at: 0 | 1, label: string): Field =>
		seconds({
			id: `patience${at}`,
			label,
			range: [1, 86_400],
			empty: habits.patience ? words.never : words.asWay,
			now: habits.patience?.[at],
			put(scene, value) {
				const [before, after] = habits.patience ?? [null, null];
				const next = at === 0 ? ([value, after] as const) : ([before, value] as const);
				return put(scene, { patience: next.every((one) => one === null) ? undefined : next });
			}
		});
	const wait = (key: 'loginDelay' | 'failureDelay', label: string): Field =>
		named(key, { ...SECONDS, label, range: [0, 3_600], empty: words.asWay, now: habits[key] }, put);
	return [
		{
			title: words.server,
			fields: [
				choice({
					id: 'personality',
					label: words.itsWay,
					choices: SERVERS.map((server) => ({ value: server.id, label: server.name })),
					now: pop3.personality,
					put: (scene, personality) => set(scene, { personality })
				}),
				toggle({
					id: 'apop',
					label: words.offersApop,
					now: pop3.apop ?? false,
					put: (scene, on) => set(scene, { apop: on || undefined })
				}),
				choice({
					id: 'uidl',
					label: 'UIDL',
					choices: [
						{ value: '', label: words.asWay },
						{ value: 'steady', label: words.staysSame },
						{ value: 'changing', label: words.otherOnes }
					],
					now: habits.changesUids === undefined ? '' : habits.changesUids ? 'changing' : 'steady',
					put: (scene, value) => put(scene, { changesUids: value === '' ? undefined : value === 'changing' })
				}),
				named('port', { label: words.port, range: [1, 65_535], empty: '110', now: pop3.port }, set),
				line({
					id: 'greeting',
					label: words.greeting,
					range: words.emptyAsWay,
					now: pop3.greeting ?? '',
					put: (scene, text) =>
						/^[ -~]*$/.test(text)
							? set(scene, { greeting: text === '' ? undefined : text })
							: wrong(words.asciiOnly)
				})
			]
		},
		{
			title: words.otherwise,
			folded: true,
			fields: [
				many({
					id: 'offers',
					label: words.commands,
					choices: OFFERED.map((value) => ({ value, label: value })),
					now: habits.offers ?? [],
					put: (scene, values) => {
						const offers = OFFERED.filter((keyword) => values.includes(keyword));
						return put(scene, { offers: offers.length > 0 ? offers : undefined });
					}
				}),
				many({
					id: 'mechanisms',
					label: words.mechanisms,
					choices: MECHANISMS.map((value) => ({ value, label: value })),
					now: habits.mechanisms ?? [],
					put: (scene, values) => {
						const mechanisms = MECHANISMS.filter((name) => values.includes(name));
						return put(scene, { mechanisms: mechanisms.length > 0 ? mechanisms : undefined });
					}
				}),
				idle(0, words.idleBefore),
				idle(1, words.idleAfter),
				flag('closesWhenLocked', words.closesWhenLocked),
				named(
					'expire',
					{
						label: words.keepsMailFor,
						unit: words.days,
						range: [0, 3_650],
						empty: words.asWay,
						now: typeof habits.expire === 'number' ? habits.expire : null
					},
					put
				),
				wait('loginDelay', words.loginDelay),
				wait('failureDelay', words.failureDelay),
				flag('closesAfterFailure', words.closesAfterFailure),
				flag('namesAreChecked', words.namesAreChecked),
				flag('responseCodes', words.responseCodes),
				flag('saysFarewell', words.saysFarewell)
			]
		},
		{
			title: words.noServerShould,
			folded: true,
			fields: [
				flag('forgetsStuffing', words.forgetsStuffing),
				flag('countsCharacters', words.countsCharacters),
				flag('renumbers', words.renumbers),
				flag('listsAllAnyway', words.listsAllAnyway),
				flag('staysSilent', words.staysSilent),
				flag('updatesOnLoss', words.updatesOnLoss)
			]
		},
		...pop3.users.map((user, at) => userSection(user, at, pop3, set)),
		{ title: words.boxes, fields: [boxes(pop3, set)] }
	];
}

type SetPop3 = (scene: Scene, next: { [K in keyof Pop3Spec]?: Pop3Spec[K] | undefined }) => Scene;

/** How many boxes there are: more of them come empty-handed, the last go first. */
function boxes({ users }: Pop3Spec, set: SetPop3): Field {
	return number({
		id: 'users',
		label: words.numberOfBoxes,
		range: [0, MOST_USERS],
		now: users.length,
		put(scene, wanted) {
			const names = new Set(users.map(({ name }) => name));
			const more: UserSpec[] = [];
			for (let n = 1; users.length + more.length < (wanted ?? 0); n++)
				if (!names.has(`user${n}`)) more.push({ name: `user${n}`, password: 'secret', box: ['welcome'] });
			return set(scene, { users: [...users, ...more].slice(0, wanted ?? 0) });
		}
	});
}

function userSection(user: UserSpec, at: number, { users }: Pop3Spec, set: SetPop3): Section {
	const put = (scene: Scene, next: Partial<UserSpec>): Scene =>
		set(scene, { users: users.map((one, i) => (i === at ? merged(one, next) : one)) });
	const word = (key: 'name' | 'password', label: string): Field =>
		line({
			id: `${key}${at}`,
			label,
			range: words.printable,
			now: user[key],
			put(scene, text) {
				if (!/^[!-~]{1,40}$/.test(text)) return wrong(words.printableNoSpaces);
				if (key === 'name' && users.some(({ name }, i) => i !== at && name === text))
					return wrong(words.sameName);
				return put(scene, { [key]: text });
			}
		});
	return {
		title: words.boxOf(user.name),
		folded: true,
		fields: [
			word('name', words.user),
			word('password', words.password),
			many({
				id: `box${at}`,
				label: words.letters,
				choices: LETTERS.map(({ id, name }) => ({ value: id, label: name })),
				now: user.box,
				put: (scene, values) =>
					put(scene, { box: LETTERS.flatMap(({ id }) => (values.includes(id) ? [id] : [])) })
			}),
			toggle({
				id: `refills${at}`,
				label: words.refills,
				now: user.refills ?? false,
				put: (scene, on) => put(scene, { refills: on || undefined } as Partial<UserSpec>)
			})
		]
	};
}
