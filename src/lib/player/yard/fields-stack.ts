/** The fields of a host's stack: IP, TCP, and what TCP may switch on. Ranges are those of the world's own check. */
import { setHost } from '#lib/levels/scene-edit.ts';
import { merged, type Scene } from '#lib/levels/scene.ts';
import type { HostSpec, StackSpec } from '#lib/sim/scenario.ts';
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
	const octets = { unit: 'octets' };
	return [
		{
			title: 'IP',
			folded: true,
			fields: [num('ttl', 'Initial TTL', [1, 255], '64'), flag('df', 'Don’t fragment')]
		},
		{
			title: 'TCP',
			folded: true,
			fields: [
				num('isn', 'Initial sequence number', [0, 0xffff_ffff], 'drawn'),
				num('mss', 'MSS', [1, 65_495], 'the link’s', octets),
				num('receiveBuffer', 'Receive window', [1, 0x3fff_ffff], '65535', octets),
				num('delayedAck', 'Delayed ACK', [0, 499], 'none', ms),
				flag('nagle', 'Nagle’s rule'),
				flag('sack', 'Selective ACKs'),
				flag('timestamps', 'Timestamps'),
				num('windowScale', 'Window scale', [0, 14], 'not offered'),
				choice({
					id: 'congestion',
					label: 'Congestion control',
					choices: [
						{ value: 'none', label: 'none' },
						{ value: 'newreno', label: 'NewReno' },
						{ value: 'cubic', label: 'CUBIC' }
					],
					now: stack.congestion ?? 'none',
					put: (scene, value) =>
						change(scene, { congestion: value === 'newreno' || value === 'cubic' ? value : undefined })
				}),
				num('rto', 'First time-out', [1, 600_000], '1000', ms),
				num('minRto', 'Least time-out', [1, 600_000], '1000', ms)
			]
		},
		{
			title: 'TCP, seldom set',
			folded: true,
			fields: [
				flag('rack', 'Loss by time (RACK)'),
				flag('ecn', 'Congestion notification (ECN)'),
				num('msl', 'Segment lifetime', [0, 600_000], '120000', ms),
				num('firstPort', 'First own port', [1, 65_535], '49152'),
				num('backlog', 'Half-open at most', [1, 65_535], '128'),
				num('keepAlive', 'Keep-alive after', [0, 86_400_000], 'never', ms),
				num('keepAliveInterval', 'Keep-alive every', [1, 86_400_000], '75000', ms),
				num('keepAliveProbes', 'Keep-alive probes', [1, 255], '9'),
				num('challengeLimit', 'Challenge ACKs a second', [0, 100_000], '10')
			]
		}
	];
}
