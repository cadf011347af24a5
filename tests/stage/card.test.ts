// A card on the stage: wholly inside, beside what it is about.
import { expect, test } from 'vitest';
import { anchorOf, cardPlace } from '#lib/stage/card.ts';
import { layout } from '#lib/stage/geometry.ts';
import { SCENARIO } from './story.ts';

const bounds = { width: 552, height: 340 };
const card = { width: 300, height: 240 };

test('is inside wherever the packet is, and beside it where it can be', () => {
	for (let x = 0; x <= 552; x += 23)
		for (let y = 0; y <= 340; y += 17) {
			const at = cardPlace({ x, y }, card, bounds);
			expect(at.x).toBeGreaterThanOrEqual(8);
			expect(at.y).toBeGreaterThanOrEqual(8);
			expect(at.x + card.width).toBeLessThanOrEqual(544);
			expect(at.y + card.height).toBeLessThanOrEqual(332);
		}
	expect(cardPlace({ x: 276, y: 40 }, card, bounds)).toEqual({ x: 126, y: 70 });
	expect(cardPlace({ x: 276, y: 300 }, card, bounds)).toEqual({ x: 126, y: 30 });
	const side = cardPlace({ x: 100, y: 170 }, card, bounds);
	expect(side.x).toBeGreaterThanOrEqual(130);
});

test('larger than the stage it begins at the corner', () => {
	expect(cardPlace({ x: 10, y: 10 }, { width: 900, height: 900 }, bounds)).toEqual({ x: 8, y: 8 });
});

test('points at the receiver of what has arrived, at the link otherwise', () => {
	const plan = layout(SCENARIO, bounds);
	const parcel = { link: 'desk-post', to: 'post' };
	expect(anchorOf(parcel, 'arrived', plan).x).toBe(plan.hosts[1]?.x);
	expect(anchorOf(parcel, 'lost', plan).x).toBeCloseTo(276, 0);
	expect(anchorOf({ link: 'gone', to: 'nobody' }, 'arrived', plan)).toEqual({ x: 276, y: 170 });
});
