// A way with a host hung off it: everybody has chips, no link passes behind anybody, and the button stands free of all.
import { expect, test } from 'vitest';
import { t1, t2 } from '#lib/levels/topologies.ts';
import { layout } from '#lib/stage/geometry.ts';
import { spareSpot } from '#lib/stage/spare.ts';

const SIZES = [
	[552, 340],
	[520, 260],
	[818, 300]
] as const;
const BUTTON = { width: 124, height: 28 };

test.each(SIZES)('%i × %i', (width, height) => {
	for (const scenario of [t2(), t1({}, { mallory: true })]) {
		const plan = layout(scenario, { width, height });
		for (const { host, chips, pop3 } of plan.hosts) {
			expect(chips).toBe(host.role !== 'router');
			if (chips) expect(pop3.y + pop3.height).toBeLessThanOrEqual(height);
		}
		const [y] = plan.hosts.filter(({ host }) => host.id === 'desk').map(({ glyph }) => glyph.y);
		const row = plan.hosts.filter(({ glyph }) => glyph.y === y).map(({ host }) => host.id);
		expect(row.filter((id) => id !== 'r1' && id !== 'r2').toSorted()).toEqual(['desk', 'post']);
		// the stage's own button is in its upper right corner
		for (const { tray } of plan.hosts) if (tray) expect(tray.y).toBeGreaterThanOrEqual(32);
		const at = spareSpot(plan, BUTTON);
		for (const { glyph, chips, tcp, pop3 } of plan.hosts)
			for (const box of [glyph, ...(chips ? [tcp, pop3] : [])])
				expect(
					at.x + BUTTON.width <= box.x ||
						box.x + box.width <= at.x ||
						at.y + BUTTON.height <= box.y ||
						box.y + box.height <= at.y
				).toBe(true);
	}
});
