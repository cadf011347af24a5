/** The fields of a link, and of the scene itself. */
import { hostOf, SCENE_LIMITS, type Scene } from '#lib/levels/scene.ts';
import { qualityOf, withQuality, type Quality } from '#lib/levels/scene-quality.ts';
import type { LinkSpec } from '#lib/sim/scenario.ts';
import { choice, number, words, wrong, type Field, type Section } from './fields.ts';

const NEVER = 'none';

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
			empty: NEVER,
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
			empty: NEVER,
			now: now[key],
			put: (to, value) => put({ [key]: value || null })(to)
		});
	return [
		{
			title: 'Link',
			fields: [
				number({
					id: 'delay',
					label: 'Delay, one way',
					unit: 'ms',
					range: [0, 600_000],
					scale: 1_000,
					now: now.delay,
					put: (to, value) => put({ delay: value ?? 0 })(to)
				}),
				ms('jitter', 'Jitter'),
				number({
					id: 'mtu',
					label: 'MTU',
					unit: 'octets',
					range: [68, 65_535],
					now: now.mtu,
					put: (to, value) => put({ mtu: value ?? 1500 })(to)
				}),
				number({
					id: 'rate',
					label: 'Rate',
					unit: 'kbit/s',
					range: [0.1, 10_000_000],
					scale: 1_000,
					empty: 'no limit',
					now: now.rate,
					put: (to, value) => put({ rate: value || null })(to)
				}),
				number({
					id: 'queue',
					label: 'Queue',
					unit: 'packets',
					range: [1, 100_000],
					empty: 'no limit',
					now: now.queue,
					put: (to, value) => put({ queue: value })(to)
				})
			]
		},
		{
			title: 'What it does by chance',
			fields: [
				share('loss', 'Loss'),
				share('burstEnter', 'Burst of loss begins'),
				share('burstLeave', 'Burst of loss ends'),
				share('duplicate', 'Duplicates'),
				share('reorder', 'Overtaken'),
				ms('reorderBy', 'Overtaken by'),
				share('corrupt', 'A bit flipped')
			]
		}
	];
}

export function sceneFields(scene: Scene): readonly Field[] {
	return [
		words({
			id: 'scene-name',
			label: 'Name of the scene',
			now: scene.name,
			most: SCENE_LIMITS.name,
			put: (to, text) =>
				text.trim() === '' ? wrong('Not empty.') : { ...to, name: text.trim().replace(/\p{Cc}/gu, ' ') }
		}),
		number({
			id: 'seed',
			label: 'Seed of chance',
			range: [0, 999_999_999],
			now: scene.seed,
			put: (to, seed) => ({ ...to, seed: seed ?? 0 })
		}),
		choice({
			id: 'terminal',
			label: 'You sit at',
			choices: scene.scenario.hosts.flatMap(({ id, role }) =>
				role === 'client' ? [{ value: id, label: id }] : []
			),
			now: hostOf(scene, scene.terminal) ? scene.terminal : '',
			put: (to, terminal) => ({ ...to, terminal })
		})
	];
}
