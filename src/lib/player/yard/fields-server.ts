/** The fields of a POP3 server: whose ways it has, and who has a box with which letters. */
import { setHost } from '#lib/levels/scene-edit.ts';
import { merged, type Scene } from '#lib/levels/scene.ts';
import { LETTERS, SERVERS } from '#lib/levels/servers.ts';
import { letter } from '#lib/mail/letters.ts';
import type { HostSpec, Pop3Spec, UserSpec } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-server.ts';
import { choice, many, named, number, toggle, line, wrong, type Field, type Section } from './fields.ts';
import { waySections, type Habits } from './fields-ways.ts';

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
				}),
				toggle({
					id: 'wires',
					label: words.rewired,
					now: pop3.wires !== undefined,
					put: (scene, on) => set(scene, { wires: on ? (pop3.wires ?? []) : undefined })
				})
			]
		},
		...waySections(pop3, put),
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
			many({
				id: `stuck${at}`,
				label: words.stuck,
				choices: LETTERS.flatMap(({ id, name }) =>
					user.box.includes(id) ? [{ value: letter(id).uid, label: name }] : []
				),
				now: user.stuck ?? [],
				put: (scene, uids) => put(scene, { stuck: uids.length > 0 ? uids : undefined } as Partial<UserSpec>)
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
