/** The fields of a fault: what happens, where, when, and to which packets. */
import { linkOf, merged, type Scene } from '#lib/levels/scene.ts';
import { freshFault, setFault } from '#lib/levels/scene-quality.ts';
import type { FaultKind, FaultSpec, Selector } from '#lib/sim/faults/spec.ts';
import * as words from '#words/yard-fault.ts';
import { choice, line, maybe, named, SECONDS, wrong, type Field, type Section } from './fields.ts';
import { editFields } from './fields-edit.ts';
import { forgeSections, freshForgery } from './fields-forge.ts';

export const FAULT_NAMES: { readonly [K in FaultKind['kind']]: string } = words.kinds;

const isKind = (text: string): text is FaultKind['kind'] => Object.hasOwn(FAULT_NAMES, text);
/** The kinds by what they are called, in the order of the list. */
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
			title: words.fault,
			fields: [
				choice({
					id: 'kind',
					label: words.whatHappens,
					choices: FAULT_CHOICES,
					now: fault.kind,
					put: (to, kind) =>
						isKind(kind) && kind !== fault.kind ? setFault(to, at, newFault(to, kind, fault)) : to
				}),
				choice({
					id: 'link',
					label: words.onTheLink,
					choices: scene.scenario.links.map((link) => ({ value: link.id, label: words.ends(link.ends) })),
					now: fault.link,
					put: (to, link) => (link === fault.link ? to : put(to, { link, towards: undefined }))
				}),
				choice({
					id: 'towards',
					label: words.direction,
					choices: [
						{ value: '', label: words.bothWays },
						...ends.map((id) => ({ value: id, label: words.towards(id) }))
					],
					now: fault.towards ?? '',
					put: (to, towards) => put(to, { towards: towards === '' ? undefined : towards })
				}),
				edge('from', words.start, '0'),
				edge(
					'to',
					fault.kind === 'forge' ? words.toNoMatter : words.end,
					fault.kind === 'hold' ? words.needsOne : words.theEnd
				),
				...ownFields(fault, put)
			]
		},
		...(fault.kind === 'forge'
			? forgeSections(fault, put)
			: [
					{
						title: words.whichPackets,
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
			return [num('share', words.share, [0, 100], '%', percent)];
		case 'duplicate':
			return [
				num('share', words.share, [0, 100], '%', percent),
				num('after', words.copyLaterBy, [0, 600_000], 'ms', { ...ms, empty: '0' })
			];
		case 'corrupt':
			return [
				num('share', words.share, [0, 100], '%', percent),
				num('bit', words.bit, [0, 524_287], '', { empty: words.any })
			];
		case 'reorder':
			return [
				num('share', words.share, [0, 100], '%', percent),
				num('by', words.laterBy, [0, 600_000], 'ms', ms)
			];
		case 'bursts':
			return [
				num('enter', words.burstBegins, [0, 100], '%', percent),
				num('leave', words.burstEnds, [0, 100], '%', percent),
				num('good', words.lostBetween, [0, 100], '%', { ...percent, empty: '0' }),
				num('bad', words.lostIn, [0, 100], '%', { ...percent, empty: '100' })
			];
		case 'delay':
			return [
				num('by', words.laterBy, [0, 600_000], 'ms', ms),
				num('jitter', words.moreByChance, [0, 600_000], 'ms', { ...ms, empty: '0' })
			];
		case 'rate':
			return [
				num('rate', words.rate, [0.1, 10_000_000], 'kbit/s', ms),
				num('queue', words.queue, [1, 100_000], words.packets, { empty: words.noLimit }),
				num('mark', words.marksFrom, [1, 100_000], words.waiting, { empty: words.never })
			];
		case 'split':
			return [num('at', words.firstPart, [1, 65_495], words.octets)];
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
	['', words.any],
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
		named(key, { label, range: [0, 65_535], empty: words.any, now: match[key] }, set);
	const flag = (key: 'data' | 'fragment', label: string): Field =>
		maybe({ id: key, label, otherwise: words.any, now: match[key], put: (to, on) => set(to, { [key]: on }) });
	return [
		line({
			id: 'nth',
			label: words.onlyThese,
			range: words.numbers,
			now: (match.nth ?? []).join(' '),
			put(to, text) {
				const nth = text
					.split(/[\s,]+/)
					.filter(Boolean)
					.map(Number);
				if (nth.some((n) => !Number.isInteger(n) || n < 1 || n > 100_000) || nth.length > 100)
					return wrong(words.wholeNumbers);
				return set(to, { nth: nth.length > 0 ? nth : undefined });
			}
		}),
		choice({
			id: 'protocol',
			label: words.protocol,
			choices: ['', 'tcp', 'udp', 'icmp'].map((value) => ({
				value,
				label: value === '' ? words.any : value.toUpperCase()
			})),
			now: match.protocol ?? '',
			put: (to, value) =>
				set(to, { protocol: (['tcp', 'udp', 'icmp'] as const).find((one) => one === value) })
		}),
		choice({
			id: 'flags',
			label: words.flagsSet,
			choices: [
				...FLAGS.map(([value, label]) => ({ value, label })),
				...(match.flags !== undefined && !FLAGS.some(([value]) => value === String(match.flags))
					? [{ value: String(match.flags), label: words.bits(match.flags) }]
					: [])
			],
			now: String(match.flags ?? ''),
			put: (to, value) => set(to, { flags: value === '' ? undefined : Number(value) })
		}),
		port('srcPort', words.sourcePort),
		port('dstPort', words.destinationPort),
		flag('data', words.carriesText),
		flag('fragment', words.isFragment),
		named(
			'longerThan',
			{
				label: words.longerThan,
				unit: words.octets,
				range: [0, 65_535],
				empty: words.any,
				now: match.longerThan
			},
			set
		),
		line({
			id: 'carries',
			label: words.textInIt,
			range: words.emptyAny,
			now: match.carries ?? '',
			put: (to, text) =>
				/^[\u0020-\u00ff]*$/.test(text)
					? set(to, { carries: text === '' ? undefined : text })
					: wrong(words.noneAboveFF)
		})
	];
}
