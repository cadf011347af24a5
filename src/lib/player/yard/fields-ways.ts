/**
 * What a POP3 server does otherwise than its way has it: its habits, one field each. Law: an empty box, and none ticked,
 * is what the way says; of a pair the half that nobody has set stays as the way has it.
 */
import type { Scene } from '#lib/levels/scene.ts';
import { pairsOf, type Pairs } from '#lib/levels/servers.ts';
import type { Pop3Spec } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-server.ts';
import {
	choice,
	line,
	many,
	maybe,
	named,
	numberOr,
	SECONDS,
	wrong,
	type Field,
	type Section
} from './fields.ts';

export type Habits = Required<NonNullable<Pop3Spec['habits']>>;
type Keyword = Habits['offers'][number];
type Put = (scene: Scene, next: { [K in keyof Habits]?: Habits[K] | undefined }) => Scene;

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
const LANGUAGES = ['en', 'de'];
type Half = 0 | 1;

/** A pair with one half set; undefined: both are as the way has them. */
function halved<T>(
	now: readonly [T, T] | undefined,
	way: readonly [T, T],
	at: Half,
	value: T | undefined
): readonly [T, T] | undefined {
	const [before, after] = now ?? way;
	const set = value === undefined ? way[at] : value;
	const next = at === 0 ? ([set, after] as const) : ([before, set] as const);
	return next[0] === way[0] && next[1] === way[1] ? undefined : next;
}

export function waySections(pop3: Pop3Spec, put: Put): readonly Section[] {
	const { habits = {} } = pop3;
	const way = pairsOf(pop3.personality);
	type Flag = { [K in keyof Habits]: Habits[K] extends boolean ? K : never }[keyof Habits];
	const flag = (key: Flag, label: string): Field =>
		maybe({
			id: key,
			label,
			otherwise: words.asWay,
			now: habits[key],
			put: (scene, on) => put(scene, { [key]: on })
		});
	const wait = (key: 'loginDelay' | 'failureDelay', label: string): Field =>
		named(key, { ...SECONDS, label, range: [0, 3_600], empty: words.asWay, now: habits[key] }, put);
	/** A number that may be none, before login or after. */
	const pair = (
		key: 'patience' | 'badLimit' | 'lineLimit',
		at: Half,
		label: string,
		range: readonly [number, number],
		others: Readonly<Record<string, null>>,
		unit: { unit?: string; scale?: number } = {}
	): Field => {
		const half = habits[key]?.[at];
		return numberOr({
			...unit,
			id: `${key}${at}`,
			label,
			range,
			others,
			empty: words.asWay,
			now: half === way[key][at] ? undefined : half,
			put: (scene, value) =>
				put(scene, { [key]: halved<number | null>(habits[key], way[key], at, value) } as Partial<Pairs>)
		});
	};
	const bad = (at: Half, label: string): Field => {
		const half = habits.badness?.[at];
		return choice({
			id: `badness${at}`,
			label,
			choices: [
				{ value: '', label: words.asWay },
				{ value: 'unknown', label: words.unknownOnly },
				{ value: 'any', label: words.everyRefused }
			].filter(({ value }) => value !== way.badness[at]),
			now: half === undefined || half === way.badness[at] ? '' : half,
			put: (scene, value) =>
				put(scene, {
					badness: halved(
						habits.badness,
						way.badness,
						at,
						value === 'unknown' || value === 'any' ? value : undefined
					)
				})
		});
	};
	const never = { [words.never]: null };
	const any = { [words.anyNumber]: null };
	const seconds = { unit: SECONDS.unit, scale: SECONDS.scale };
	return [
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
				many({
					id: 'languages',
					label: words.languages,
					choices: LANGUAGES.map((value) => ({ value, label: value })),
					now: habits.languages ?? [],
					put: (scene, values) => put(scene, { languages: values.length > 0 ? values : undefined })
				}),
				pair('patience', 0, words.idleBefore, [1, 86_400], never, seconds),
				pair('patience', 1, words.idleAfter, [1, 86_400], never, seconds),
				flag('closesWhenLocked', words.closesWhenLocked),
				numberOr({
					id: 'expire',
					label: words.keepsMailFor,
					unit: words.days,
					range: [0, 3_650],
					others: { [words.forEver]: 'NEVER', [words.notTold]: null },
					empty: words.asWay,
					now: habits.expire,
					put: (scene, expire) => put(scene, { expire })
				}),
				wait('loginDelay', words.loginDelay),
				wait('failureDelay', words.failureDelay),
				flag('closesAfterFailure', words.closesAfterFailure),
				flag('namesAreChecked', words.namesAreChecked),
				flag('responseCodes', words.responseCodes),
				flag('saysFarewell', words.saysFarewell),
				line({
					id: 'implementation',
					label: words.implementation,
					range: words.implementationRange,
					now: habits.implementation === null ? words.notTold : (habits.implementation ?? ''),
					put: (scene, text) => {
						if (!/^[ -~]{0,100}$/.test(text)) return wrong(words.asciiOnly);
						const told = text.trim() === words.notTold ? null : text.trim();
						return put(scene, { implementation: told === '' ? undefined : told });
					}
				})
			]
		},
		{
			title: words.reading,
			folded: true,
			fields: [
				choice({
					id: 'reading',
					label: words.reads,
					choices: [
						{ value: '', label: words.asWay },
						{ value: 'strict', label: words.strictly },
						{ value: 'lenient', label: words.leniently }
					],
					now: habits.reading ?? '',
					put: (scene, value) =>
						put(scene, { reading: value === 'strict' || value === 'lenient' ? value : undefined })
				}),
				pair('lineLimit', 0, words.lineBefore, [5, 65_535], {}, { unit: words.octets }),
				pair('lineLimit', 1, words.lineAfter, [5, 65_535], {}, { unit: words.octets }),
				flag('closesOnLongLine', words.closesOnLongLine),
				pair('badLimit', 0, words.badBefore, [1, 10_000], any),
				pair('badLimit', 1, words.badAfter, [1, 10_000], any),
				bad(0, words.countsBefore),
				bad(1, words.countsAfter)
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
		}
	];
}
