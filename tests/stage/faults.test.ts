// Every kind of fault has a badge of its own on the link that it is on, while it lasts.
import { expect, test } from 'vitest';
import type { FaultKind } from '#lib/sim/faults/spec.ts';
import { badgesOf } from '#lib/stage/faults.ts';
import { SCENARIO } from './story.ts';

const LINK = SCENARIO.links[0]!;
const KINDS: readonly FaultKind[] = [
	{ kind: 'loss', share: 0.1 },
	{ kind: 'bursts', enter: 0.1, leave: 0.3 },
	{ kind: 'delay', by: 50_000, jitter: 10_000 },
	{ kind: 'reorder', share: 0.2, by: 30_000 },
	{ kind: 'duplicate', share: 0.05 },
	{ kind: 'corrupt', share: 0.01 },
	{ kind: 'rate', rate: 64_000, queue: 5 },
	{ kind: 'cut' },
	{ kind: 'hold' },
	{ kind: 'edit', checksums: 'fixed', field: 'ttl', value: 1 },
	{ kind: 'split', at: 10 },
	{ kind: 'coalesce' },
	{ kind: 'forge', octets: '', checksums: 'fixed' }
];

test('each kind has its icon, and its words', () => {
	const badges = KINDS.flatMap((kind) =>
		badgesOf(LINK, { ...SCENARIO, faults: [{ link: LINK.id, ...kind }] })
	);
	expect(badges).toHaveLength(KINDS.length);
	expect(new Set(badges.map(({ icon }) => icon)).size).toBe(KINDS.length);
	expect(badges.map(({ number }) => number).slice(0, 7)).toEqual([
		'10 %',
		'25 %',
		'+50 ms',
		'20 %',
		'5 %',
		'1 %',
		'64 kbit/s'
	]);
});

test('a tap is a badge of its link, before what is wrong with it', () => {
	const badges = badgesOf({ ...LINK, tap: true, loss: 0.1 }, SCENARIO);
	expect(badges.map(({ words }) => words)).toEqual(['has a tap: somebody listens', 'loses 10 %']);
	const icons = KINDS.flatMap((kind) =>
		badgesOf(LINK, { ...SCENARIO, faults: [{ link: LINK.id, ...kind }] })
	);
	expect(icons.map(({ icon }) => icon)).not.toContain(badges[0]?.icon);
});

test('only on its own link and in its own time; what a link is by nature always', () => {
	const faults = [{ link: LINK.id, kind: 'cut', from: 1000, to: 2000 } as const];
	const at = (time: number) => badgesOf(LINK, { ...SCENARIO, faults }, time).map(({ words }) => words);
	expect([at(0), at(1000), at(1999), at(2000)]).toEqual([[], ['is cut'], ['is cut'], []]);
	expect(badgesOf(LINK, { ...SCENARIO, faults: [{ link: 'other', kind: 'cut' }] })).toEqual([]);
	expect(badgesOf({ ...LINK, loss: 0.1, rate: 9600 }, SCENARIO).map(({ number }) => number)).toEqual([
		'10 %',
		'9.6 kbit/s'
	]);
});
