/**
 * What is wrong with a link, as badges: an icon, a number, and words for ears. A new kind of fault is one row here.
 */
import type { FaultKind, FaultOf, FaultSpec } from '#lib/sim/faults/spec.ts';
import type { LinkSpec, Scenario } from '#lib/sim/scenario.ts';
import * as words from '#words/stage-said.ts';

export interface Badge {
	/** Drawn around (0, 0), 10 px wide. */
	readonly icon: string;
	/** `10 %`, `64 kbit/s`; '' where the icon says it all. */
	readonly number: string;
	readonly words: string;
}

const percent = (share: number) => `${Number((share * 100).toFixed(1))} %`;
const time = (micros: number) =>
	micros >= 1e6 ? `${Number((micros / 1e6).toFixed(1))} s` : `${Number((micros / 1e3).toFixed(1))} ms`;
export const rateText = (bits: number) =>
	bits >= 1e6 ? `${Number((bits / 1e6).toFixed(1))} Mbit/s` : `${Number((bits / 1e3).toFixed(1))} kbit/s`;

const X = 'M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5';
const CLOCK = 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0M0 -2.6V0L2 1.4';
const PAUSE = 'M-2 -3.5v7M2 -3.5v7';
const PEN = 'M-4 4l1 -3l5 -5l2 2l-5 5Z';
/** A clamp on a wire, and what hangs from it. */
const TAP = 'M-4.5 -3H4.5M0 -3V1M-3 1H3M-3 1A3 3.5 0 0 0 3 1';
const MASK = 'M-4.5 -2.5q4.5 2 9 0q.4 5 -2.8 5q-1.3 0 -1.7 -1.4q-.4 1.4 -1.7 1.4q-3.2 0 -2.8 -5Z';

const ROWS: { readonly [K in FaultKind['kind']]: (fault: FaultOf<K>) => Badge } = {
	loss: ({ share }) => ({ icon: X, number: percent(share), words: words.loses(percent(share)) }),
	bursts: ({ enter, leave }) => ({
		icon: 'M-4.5 -3L-1 .5M-1 -3L-4.5 .5M1 -.5L4.5 3M4.5 -.5L1 3',
		number: percent(enter / Math.max(1e-9, enter + leave)),
		words: words.bursts
	}),
	delay: ({ by, jitter }) => ({
		icon: CLOCK,
		number: `+${time(by)}`,
		words: words.later(time(by), jitter ? time(jitter) : null)
	}),
	reorder: ({ share }) => ({
		icon: 'M-4.5 -3C0 -3 0 3 4.5 3M-4.5 3C0 3 0 -3 4.5 -3',
		number: percent(share),
		words: words.overtaken(percent(share))
	}),
	duplicate: ({ share }) => ({
		icon: 'M-4 -4H2V2H-4ZM-1.5 2V4.5H4.5V-1.5H2',
		number: percent(share),
		words: words.twice(percent(share))
	}),
	corrupt: ({ share }) => ({
		icon: 'M-4.5 2h3v-5h3v5h3',
		number: percent(share),
		words: words.flips(percent(share))
	}),
	rate: ({ rate, queue }) => ({
		icon: 'M-4.5 -4L-1 -1H1L4.5 -4M-4.5 4L-1 1H1L4.5 4',
		number: rateText(rate),
		words: words.carries(rateText(rate), queue)
	}),
	cut: () => ({ icon: 'M-4.5 0H-2M2 0H4.5M-1.5 -3.5L1.5 3.5', number: '', words: words.cut }),
	hold: () => ({ icon: PAUSE, number: '', words: words.holds }),
	edit: () => ({ icon: PEN, number: '', words: words.edits }),
	split: ({ at }) => ({
		icon: 'M0 -4.5V4.5M-2 0H-4.5M2 0H4.5',
		number: `${at}`,
		words: words.splits(at)
	}),
	coalesce: () => ({
		icon: 'M-4.5 -3H-1V3H-4.5M4.5 -3H1V3H4.5',
		number: '',
		words: words.joins
	}),
	forge: () => ({ icon: MASK, number: '', words: words.forges })
};

function badgeOf<K extends FaultKind['kind']>(fault: FaultOf<K> & { readonly kind: K }): Badge {
	return ROWS[fault.kind](fault);
}

/** The badges of a link at an instant: a tap, what it is by nature, and the scenario's faults in their span. */
export function badgesOf(link: LinkSpec, { faults = [] }: Scenario, at = 0): readonly Badge[] {
	const now = (fault: FaultSpec) =>
		fault.link === link.id &&
		at < (fault.to ?? Infinity) &&
		(fault.kind === 'forge' || at >= (fault.from ?? 0));
	const own: FaultSpec[] = [
		...(link.loss ? [{ link: link.id, kind: 'loss', share: link.loss } as const] : []),
		...(link.rate ? [{ link: link.id, kind: 'rate', rate: link.rate } as const] : [])
	];
	const seen = new Set<string>();
	const tap = link.tap ? [{ icon: TAP, number: '', words: words.tapped }] : [];
	return [...tap, ...[...own, ...faults.filter(now)].map(badgeOf)].flatMap((badge) => {
		const key = `${badge.words}`;
		if (seen.has(key)) return [];
		seen.add(key);
		return [badge];
	});
}
