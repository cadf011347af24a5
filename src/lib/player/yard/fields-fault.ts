/** The fields of a fault: what happens, where, when, and to which packets. */
import { linkOf, merged, type Scene } from '#lib/levels/scene.ts';
import { freshFault, setFault } from '#lib/levels/scene-quality.ts';
import type { FaultKind, FaultSpec, Selector } from '#lib/sim/faults/spec.ts';
import { choice, maybe, named, SECONDS, words, wrong, type Field, type Section } from './fields.ts';
import { editFields } from './fields-edit.ts';
import { forgeSections, freshForgery } from './fields-forge.ts';

export const FAULT_NAMES: { readonly [K in FaultKind['kind']]: string } = {
	cut: 'cut',
	loss: 'loss',
	bursts: 'loss in bursts',
	delay: 'delay',
	hold: 'hold, then all at once',
	reorder: 'overtaken',
	duplicate: 'duplicate',
	corrupt: 'flip a bit',
	rate: 'narrow: rate and queue',
	edit: 'edit',
	split: 'split segments',
	coalesce: 'join segments',
	forge: 'forge a packet'
};

const isKind = (text: string): text is FaultKind['kind'] => Object.hasOwn(FAULT_NAMES, text);
/** The kinds in the order of the list. */
export const FAULT_CHOICES = Object.entries(FAULT_NAMES).map(([value, label]) => ({ value, label }));

/** A fault as it comes, in the place and span of another. */
export function newFault(
	scene: Scene,
	kind: FaultKind['kind'],
	base: Pick<FaultSpec, 'link' | 'towards' | 'from' | 'to' | 'match'>
): FaultSpec {
	const fault = freshFault(kind, base);
	return fault.kind === 'forge' ? { ...fault, octets: freshForgery(scene) } : fault;
}

export function faultSections(scene: Scene, at: number): readonly Section[] {
	const fault = scene.scenario.faults?.[at];
	if (!fault) return [];
	const put = (to: Scene, change: { readonly [key: string]: unknown }): Scene =>
		setFault(to, at, merged<object>(fault, change) as FaultSpec);
	const ends = linkOf(scene, fault.link)?.ends ?? [];
	const edge = (key: 'from' | 'to', label: string, empty: string): Field =>
		named(key, { ...SECONDS, label, range: [0, 1_000_000], empty, now: fault[key] }, put);
	return [
		{
			title: 'Fault',
			fields: [
				choice({
					id: 'kind',
					label: 'What happens',
					choices: FAULT_CHOICES,
					now: fault.kind,
					put: (to, kind) =>
						isKind(kind) && kind !== fault.kind ? setFault(to, at, newFault(to, kind, fault)) : to
				}),
				choice({
					id: 'link',
					label: 'On the link',
					choices: scene.scenario.links.map((link) => ({ value: link.id, label: link.ends.join(' to ') })),
					now: fault.link,
					put: (to, link) => (link === fault.link ? to : put(to, { link, towards: undefined }))
				}),
				choice({
					id: 'towards',
					label: 'Direction',
					choices: [
						{ value: '', label: 'both ways' },
						...ends.map((id) => ({ value: id, label: `towards ${id}` }))
					],
					now: fault.towards ?? '',
					put: (to, towards) => put(to, { towards: towards === '' ? undefined : towards })
				}),
				edge('from', 'From', '0'),
				edge(
					'to',
					fault.kind === 'forge' ? 'To (does not matter)' : 'To',
					fault.kind === 'hold' ? 'it needs one' : 'the end'
				),
				...ownFields(fault, put)
			]
		},
		...(fault.kind === 'forge'
			? forgeSections(fault, put)
			: [
					{
						title: 'Which packets',
						folded: fault.match === undefined,
						fields: selectorFields(fault.match ?? {}, put)
					}
				])
	];
}

/** Puts a change of the fault into a scene. */
export type Put = (scene: Scene, change: { readonly [key: string]: unknown }) => Scene;

/** What this kind of fault has and others have not. */
function ownFields(fault: FaultSpec, put: Put): readonly Field[] {
	const num = (
		key: string,
		label: string,
		range: readonly [number, number],
		unit?: string,
		{ scale = 1, empty }: { scale?: number; empty?: string } = {}
	): Field => {
		const now = Object.entries(fault).find(([name]) => name === key)?.[1];
		return named(
			key,
			{
				label,
				range,
				scale,
				...(unit !== undefined && { unit }),
				...(empty !== undefined && { empty }),
				now: typeof now === 'number' ? now : null
			},
			put
		);
	};
	const percent = { scale: 0.01 };
	const ms = { scale: 1_000 };
	switch (fault.kind) {
		case 'loss':
			return [num('share', 'Share', [0, 100], '%', percent)];
		case 'duplicate':
			return [
				num('share', 'Share', [0, 100], '%', percent),
				num('after', 'The copy later by', [0, 600_000], 'ms', { ...ms, empty: '0' })
			];
		case 'corrupt':
			return [
				num('share', 'Share', [0, 100], '%', percent),
				num('bit', 'Bit', [0, 524_287], '', { empty: 'any' })
			];
		case 'reorder':
			return [num('share', 'Share', [0, 100], '%', percent), num('by', 'Later by', [0, 600_000], 'ms', ms)];
		case 'bursts':
			return [
				num('enter', 'A burst begins', [0, 100], '%', percent),
				num('leave', 'A burst ends', [0, 100], '%', percent),
				num('good', 'Lost between bursts', [0, 100], '%', { ...percent, empty: '0' }),
				num('bad', 'Lost in a burst', [0, 100], '%', { ...percent, empty: '100' })
			];
		case 'delay':
			return [
				num('by', 'Later by', [0, 600_000], 'ms', ms),
				num('jitter', 'By chance up to more', [0, 600_000], 'ms', { ...ms, empty: '0' })
			];
		case 'rate':
			return [
				num('rate', 'Rate', [0.1, 10_000_000], 'kbit/s', ms),
				num('queue', 'Queue', [1, 100_000], 'packets', { empty: 'no limit' }),
				num('mark', 'Marks from', [1, 100_000], 'waiting', { empty: 'never' })
			];
		case 'split':
			return [num('at', 'First part', [1, 65_495], 'octets')];
		case 'edit':
			return editFields(fault, put);
		case 'cut':
		case 'hold':
		case 'coalesce':
		case 'forge':
			return [];
	}
}

const FLAGS = [
	['', 'any'],
	['2', 'SYN'],
	['16', 'ACK'],
	['18', 'SYN, ACK'],
	['1', 'FIN'],
	['4', 'RST'],
	['8', 'PSH']
] as const;

function selectorFields(match: Selector, put: Put): readonly Field[] {
	const set = (to: Scene, next: { [K in keyof Selector]?: Selector[K] | undefined }): Scene => {
		const whole = merged(match, next);
		return put(to, { match: Object.keys(whole).length > 0 ? whole : undefined });
	};
	const port = (key: 'srcPort' | 'dstPort', label: string): Field =>
		named(key, { label, range: [0, 65_535], empty: 'any', now: match[key] }, set);
	const flag = (key: 'data' | 'fragment', label: string): Field =>
		maybe({ id: key, label, otherwise: 'any', now: match[key], put: (to, on) => set(to, { [key]: on }) });
	return [
		words({
			id: 'nth',
			label: 'Only these',
			range: 'numbers: 1 3 4; empty: all',
			now: (match.nth ?? []).join(' '),
			put(to, text) {
				const nth = text
					.split(/[\s,]+/)
					.filter(Boolean)
					.map(Number);
				if (nth.some((n) => !Number.isInteger(n) || n < 1 || n > 100_000) || nth.length > 100)
					return wrong('Whole numbers from 1 on with spaces between, 100 at most.');
				return set(to, { nth: nth.length > 0 ? nth : undefined });
			}
		}),
		choice({
			id: 'protocol',
			label: 'Protocol',
			choices: ['', 'tcp', 'udp', 'icmp'].map((value) => ({
				value,
				label: value === '' ? 'any' : value.toUpperCase()
			})),
			now: match.protocol ?? '',
			put: (to, value) =>
				set(to, { protocol: (['tcp', 'udp', 'icmp'] as const).find((one) => one === value) })
		}),
		choice({
			id: 'flags',
			label: 'TCP flags set',
			choices: [
				...FLAGS.map(([value, label]) => ({ value, label })),
				...(match.flags !== undefined && !FLAGS.some(([value]) => value === String(match.flags))
					? [{ value: String(match.flags), label: `bits ${match.flags}` }]
					: [])
			],
			now: String(match.flags ?? ''),
			put: (to, value) => set(to, { flags: value === '' ? undefined : Number(value) })
		}),
		port('srcPort', 'Source port'),
		port('dstPort', 'Destination port'),
		flag('data', 'Carries text'),
		flag('fragment', 'Is a fragment'),
		named(
			'longerThan',
			{ label: 'Longer than', unit: 'octets', range: [0, 65_535], empty: 'any', now: match.longerThan },
			set
		),
		words({
			id: 'carries',
			label: 'Text in it',
			range: 'empty: any',
			now: match.carries ?? '',
			put: (to, text) =>
				/^[\u0020-\u00ff]*$/.test(text)
					? set(to, { carries: text === '' ? undefined : text })
					: wrong('No character above U+00FF.')
		})
	];
}
