/**
 * What a link is by nature, as one record, though the world knows part of it as faults. Law: a fault with neither span,
 * direction nor selector is the link's nature, the first of each kind; all others are the scene's list of faults.
 */
import type { FaultKind, FaultOf, FaultSpec } from '#lib/sim/faults/spec.ts';
import type { LinkSpec } from '#lib/sim/scenario.ts';
import { linkOf, merged, type Scene } from './scene.ts';
import { setLink, withFaults } from './scene-edit.ts';

/** Times in µs, shares from 0 to 1; null: there is none of it. */
export interface Quality {
	readonly delay: number;
	/** By chance up to so much more. */
	readonly jitter: number | null;
	readonly loss: number | null;
	/** Chance per datagram to enter a burst, and to leave it. */
	readonly burstEnter: number | null;
	readonly burstLeave: number | null;
	readonly duplicate: number | null;
	readonly reorder: number | null;
	/** An overtaken one comes later by so much. */
	readonly reorderBy: number | null;
	readonly corrupt: number | null;
	readonly mtu: number;
	/** Bits per second. */
	readonly rate: number | null;
	/** How many may wait for their turn. */
	readonly queue: number | null;
	/** Somebody listens. */
	readonly tap: true | null;
}

type Own = 'delay' | 'bursts' | 'duplicate' | 'reorder' | 'corrupt' | 'rate';
const OWN: readonly FaultKind['kind'][] = ['delay', 'bursts', 'duplicate', 'reorder', 'corrupt', 'rate'];

/** What bursts and overtaking are where only half of it is said. */
const LEAVE = 0.3;
const OVERTAKEN = 30_000;

const always = ({ towards, from, to, match }: FaultSpec): boolean =>
	towards === undefined && from === undefined && to === undefined && match === undefined;

/** Positions in the list of faults, by kind, of those that are this link's nature. */
function natureOf(faults: readonly FaultSpec[], link: string): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	faults.forEach((fault, i) => {
		if (fault.link !== link || !always(fault) || !OWN.includes(fault.kind) || found.has(fault.kind)) return;
		if (fault.kind === 'delay' && fault.by !== 0) return;
		if (fault.kind === 'corrupt' && fault.bit !== undefined) return;
		if (fault.kind === 'rate' && (fault.queue === undefined || fault.mark !== undefined)) return;
		if (fault.kind === 'bursts' && (fault.good !== undefined || fault.bad !== undefined)) return;
		found.set(fault.kind, i);
	});
	return found;
}

export function qualityOf({ scenario: { faults = [] } }: Scene, link: LinkSpec): Quality {
	const nature = natureOf(faults, link.id);
	const own = <K extends Own>(kind: K): FaultOf<K> | null => {
		const fault = faults[nature.get(kind) ?? -1];
		return fault?.kind === kind ? (fault as FaultOf<K>) : null;
	};
	return {
		delay: link.delay,
		jitter: own('delay')?.jitter ?? null,
		loss: link.loss || null,
		burstEnter: own('bursts')?.enter ?? null,
		burstLeave: own('bursts')?.leave ?? null,
		duplicate: own('duplicate')?.share ?? null,
		reorder: own('reorder')?.share ?? null,
		reorderBy: own('reorder')?.by ?? null,
		corrupt: own('corrupt')?.share ?? null,
		mtu: link.mtu,
		rate: own('rate')?.rate ?? link.rate ?? null,
		queue: own('rate')?.queue ?? null,
		tap: link.tap || null
	};
}

/** The faults that a list of faults shows, each with its position. */
export function listedFaults({ scenario: { faults = [], links } }: Scene): readonly {
	readonly at: number;
	readonly fault: FaultSpec;
}[] {
	const nature = new Set(links.flatMap(({ id }) => [...natureOf(faults, id).values()]));
	return faults.flatMap((fault, at) => (nature.has(at) ? [] : [{ at, fault }]));
}

/** The same scene with a link of that quality. */
export function withQuality(scene: Scene, id: string, change: Partial<Quality>): Scene {
	const link = linkOf(scene, id);
	if (!link) return scene;
	const next = { ...qualityOf(scene, link), ...change };
	const { faults = [] } = scene.scenario;
	const nature = new Set(natureOf(faults, id).values());
	const queued = next.rate !== null && next.queue !== null;
	const own: FaultSpec[] = [];
	if (next.jitter) own.push({ link: id, kind: 'delay', by: 0, jitter: next.jitter });
	if (next.burstEnter)
		own.push({ link: id, kind: 'bursts', enter: next.burstEnter, leave: next.burstLeave ?? LEAVE });
	if (next.duplicate) own.push({ link: id, kind: 'duplicate', share: next.duplicate });
	if (next.reorder)
		own.push({ link: id, kind: 'reorder', share: next.reorder, by: next.reorderBy ?? OVERTAKEN });
	if (next.corrupt) own.push({ link: id, kind: 'corrupt', share: next.corrupt });
	if (queued && next.rate !== null && next.queue !== null)
		own.push({ link: id, kind: 'rate', rate: next.rate, queue: next.queue });
	const set = setLink(scene, id, {
		delay: next.delay,
		mtu: next.mtu,
		loss: next.loss || undefined,
		tap: next.tap || undefined,
		rate: queued ? undefined : (next.rate ?? undefined)
	});
	const left = faults.filter((_, i) => !nature.has(i));
	return { ...set, scenario: withFaults(set.scenario, [...own, ...left]) };
}

/** Another fault at the end of the list. */
export function addFault(scene: Scene, fault: FaultSpec): Scene {
	const { scenario } = scene;
	return { ...scene, scenario: withFaults(scenario, [...(scenario.faults ?? []), fault]) };
}

/** Another fault in the place of one; null: none. */
export function setFault(scene: Scene, at: number, fault: FaultSpec | null): Scene {
	const faults = (scene.scenario.faults ?? []).flatMap((old, i) => (i !== at ? [old] : fault ? [fault] : []));
	return { ...scene, scenario: withFaults(scene.scenario, faults) };
}

/** A fault of another kind on the same link and in the same span, as it comes. */
export function freshFault(
	kind: FaultKind['kind'],
	base: Pick<FaultSpec, 'link' | 'towards' | 'from' | 'to' | 'match'>
): FaultSpec {
	const where = merged(
		{ link: base.link, towards: base.towards, from: base.from, to: base.to, match: base.match },
		{}
	);
	const common = where as Pick<FaultSpec, 'link'>;
	switch (kind) {
		case 'loss':
		case 'duplicate':
		case 'corrupt':
			return { ...common, kind, share: 0.1 };
		case 'bursts':
			return { ...common, kind, enter: 0.02, leave: LEAVE };
		case 'delay':
			return { ...common, kind, by: 100_000 };
		case 'reorder':
			return { ...common, kind, share: 0.1, by: OVERTAKEN };
		case 'rate':
			return { ...common, kind, rate: 64_000, queue: 10 };
		case 'hold':
			return { ...common, kind, to: base.to ?? (base.from ?? 0) + 2_000_000 };
		case 'edit':
			return { ...common, kind, checksums: 'fixed', find: 'money', replace: 'honey' };
		case 'split':
			return { ...common, kind, at: 1 };
		case 'forge':
			return { ...common, kind, octets: '', checksums: 'fixed' };
		case 'cut':
		case 'coalesce':
			return { ...common, kind };
	}
}
