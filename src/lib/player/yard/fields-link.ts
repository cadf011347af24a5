/** The fields of a link, and of the scene itself. */
import { hostOf, SCENE_LIMITS, type Scene } from '#lib/levels/scene.ts';
import { qualityOf, withQuality, type Quality } from '#lib/levels/scene-quality.ts';
import type { LinkSpec } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-link.ts';
import { choice, number, line, toggle, wrong, type Field, type Section } from './fields.ts';

export function linkSections(scene: Scene, link: LinkSpec): readonly Section[] {
	const now = qualityOf(scene, link);
	const put = (change: Partial<Quality>) => (to: Scene) => withQuality(to, link.id, change);
	const share = (
		key: 'loss' | 'burstEnter' | 'burstLeave' | 'duplicate' | 'reorder' | 'corrupt',
		label: string
	): Field =>
		number({
			id: key,
			label,
			unit: '%',
			range: [0, 100],
			scale: 0.01,
			empty: words.none,
			now: now[key],
			put: (to, value) => put({ [key]: value || null })(to)
		});
	const ms = (key: 'jitter' | 'reorderBy', label: string): Field =>
		number({
			id: key,
			label,
			unit: 'ms',
			range: [0, 600_000],
			scale: 1_000,
			empty: words.none,
			now: now[key],
			put: (to, value) => put({ [key]: value || null })(to)
		});
	return [
		{
			title: words.link,
			fields: [
				number({
					id: 'delay',
					label: words.delay,
					unit: 'ms',
					range: [0, 600_000],
					scale: 1_000,
					now: now.delay,
					put: (to, value) => put({ delay: value ?? 0 })(to)
				}),
				ms('jitter', words.jitter),
				number({
					id: 'mtu',
					label: 'MTU',
					unit: words.octets,
					range: [68, 65_535],
					now: now.mtu,
					put: (to, value) => put({ mtu: value ?? 1500 })(to)
				}),
				number({
					id: 'rate',
					label: words.rate,
					unit: 'kbit/s',
					range: [0.1, 10_000_000],
					scale: 1_000,
					empty: words.noLimit,
					now: now.rate,
					put: (to, value) => put({ rate: value || null })(to)
				}),
				number({
					id: 'queue',
					label: words.queue,
					unit: words.packets,
					range: [1, 100_000],
					empty: words.noLimit,
					now: now.queue,
					put: (to, value) => put({ queue: value })(to)
				}),
				toggle({
					id: 'tap',
					label: words.tap,
					now: now.tap === true,
					put: (to, on) => put({ tap: on || null })(to)
				})
			]
		},
		{
			title: words.byChance,
			fields: [
				share('loss', words.loss),
				share('burstEnter', words.burstBegins),
				share('burstLeave', words.burstEnds),
				share('duplicate', words.duplicates),
				share('reorder', words.overtaken),
				ms('reorderBy', words.overtakenBy),
				share('corrupt', words.flipped)
			]
		}
	];
}

export function sceneFields(scene: Scene): readonly Field[] {
	return [
		line({
			id: 'scene-name',
			label: words.sceneName,
			now: scene.name,
			most: SCENE_LIMITS.name,
			put: (to, text) =>
				text.trim() === '' ? wrong(words.notEmpty) : { ...to, name: text.trim().replace(/\p{Cc}/gu, ' ') }
		}),
		number({
			id: 'seed',
			label: words.seed,
			range: [0, 999_999_999],
			now: scene.seed,
			put: (to, seed) => ({ ...to, seed: seed ?? 0 })
		}),
		choice({
			id: 'terminal',
			label: words.sitAt,
			choices: scene.scenario.hosts.flatMap(({ id, role }) =>
				role === 'client' ? [{ value: id, label: id }] : []
			),
			now: hostOf(scene, scene.terminal) ? scene.terminal : '',
			put: (to, terminal) => ({ ...to, terminal })
		})
	];
}
