/** The fields of a host's stack: IP, TCP, and what TCP may switch on. Ranges are those of the world's own check. */
import { setHost } from '#lib/levels/scene-edit.ts';
import { merged, type Scene } from '#lib/levels/scene.ts';
import type { HostSpec, StackSpec } from '#lib/sim/scenario.ts';
import * as words from '#words/yard-stack.ts';
import { choice, named, toggle, type Field, type Section } from './fields.ts';

type Stack = Partial<StackSpec>;
type NumberKey = { [K in keyof StackSpec]: StackSpec[K] extends number | null ? K : never }[keyof StackSpec];
type SwitchKey = { [K in keyof StackSpec]: StackSpec[K] extends boolean ? K : never }[keyof StackSpec];

export function stackSections(host: HostSpec): readonly Section[] {
	const { stack = {} } = host;
	const change = (scene: Scene, next: { [K in keyof Stack]?: Stack[K] | undefined }): Scene => {
		const now = scene.scenario.hosts.find(({ id }) => id === host.id)?.stack ?? {};
		const whole = merged(now, next);
		return setHost(scene, host.id, { stack: Object.keys(whole).length > 0 ? whole : undefined });
	};
	const num = (
		key: NumberKey,
		label: string,
		range: readonly [number, number],
		empty: string,
		{ unit, scale }: { unit?: string; scale?: number } = {}
	): Field =>
		named(
			key,
			{
				label,
				range,
				empty,
				...(unit !== undefined && { unit }),
				...(scale !== undefined && { scale }),
				now: stack[key]
			},
			change
		);
	const flag = (key: SwitchKey, label: string): Field =>
		toggle({
			id: key,
			label,
			now: stack[key] ?? key === 'df',
			// off is how it comes, but for DF
			put: (scene, on) => change(scene, { [key]: on === (key === 'df') ? undefined : on })
		});
	const ms = { unit: 'ms', scale: 1_000 };
	const octets = { unit: words.octets };
	return [
		{
			title: 'IP',
			folded: true,
			fields: [num('ttl', words.initialTtl, [1, 255], '64'), flag('df', words.dontFragment)]
		},
		{
			title: 'TCP',
			folded: true,
			fields: [
				num('isn', words.isn, [0, 0xffff_ffff], words.drawn),
				num('mss', 'MSS', [1, 65_495], words.ofLink, octets),
				num('receiveBuffer', words.receiveWindow, [1, 0x3fff_ffff], '65535', octets),
				num('delayedAck', words.delayedAck, [0, 499], words.none, ms),
				flag('nagle', words.nagle),
				flag('sack', words.sack),
				flag('timestamps', words.timestamps),
				num('windowScale', words.windowScale, [0, 14], words.notOffered),
				choice({
					id: 'congestion',
					label: words.congestion,
					choices: [
						{ value: 'none', label: words.none },
						{ value: 'newreno', label: 'NewReno' },
						{ value: 'cubic', label: 'CUBIC' }
					],
					now: stack.congestion ?? 'none',
					put: (scene, value) =>
						change(scene, { congestion: value === 'newreno' || value === 'cubic' ? value : undefined })
				}),
				num('rto', words.rto, [1, 600_000], '1000', ms),
				num('minRto', words.minRto, [1, 600_000], '1000', ms)
			]
		},
		{
			title: words.seldom,
			folded: true,
			fields: [
				flag('rack', words.rack),
				flag('ecn', words.ecn),
				num('msl', words.msl, [0, 600_000], '30000', ms),
				num('firstPort', words.firstPort, [1, 65_535], '49152'),
				num('backlog', words.backlog, [1, 65_535], '128'),
				num('keepAlive', words.keepAlive, [0, 86_400_000], words.never, ms),
				num('keepAliveInterval', words.keepAliveInterval, [1, 86_400_000], '75000', ms),
				num('keepAliveProbes', words.keepAliveProbes, [1, 255], '9'),
				num('userTimeout', words.userTimeout, [0, 86_400_000], words.byCount, ms),
				num('challengeLimit', words.challengeLimit, [0, 100_000], '10')
			]
		}
	];
}
