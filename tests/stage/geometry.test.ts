// The stage's layout holds at every size: nothing outside, nothing over anything else, nothing too small.
import { describe, expect, test } from 'vitest';
import type { Scenario } from '#lib/sim/scenario.ts';
import { layout, MIN_PACKET, pathOrder, type Box } from '#lib/stage/geometry.ts';
import { SCENARIO } from './story.ts';

const SIZES = [
	[300, 110],
	[320, 132],
	[366, 132],
	[405, 300],
	[439, 240],
	[440, 232],
	[440, 233],
	[520, 260],
	[552, 340],
	[600, 280],
	[700, 500],
	[1200, 900]
] as const;

const host = (id: string, role: 'client' | 'server') => ({ id, role, address: '192.0.2.1' });
const link = (a: string, b: string) => ({ id: `${a}-${b}`, ends: [a, b] as const, delay: 1, mtu: 1500 });

describe.each(SIZES)('%i × %i', (width, height) => {
	const plan = layout(SCENARIO, { width, height });
	const text = (x: number, y: number): Box => ({ x, y: y - 9, width: 1, height: 11 });

	test('all is inside', () => {
		for (const { glyph, name, address, tcp, pop3, tray } of plan.hosts) {
			const boxes = [
				glyph,
				text(name.x, name.y),
				tcp,
				pop3,
				...(tray ? [tray] : []),
				...(address ? [text(address.x, address.y)] : [])
			];
			for (const box of boxes) {
				expect(box.x).toBeGreaterThanOrEqual(0);
				expect(box.y).toBeGreaterThanOrEqual(0);
				expect(box.x + box.width).toBeLessThanOrEqual(width);
				expect(box.y + box.height).toBeLessThanOrEqual(height);
			}
		}
		for (const { label } of plan.links) expect(label.y).toBeLessThanOrEqual(height - 3);
	});

	test('nothing stands on anything else', () => {
		for (const { glyph, name, address, tcp, pop3, tray } of plan.hosts) {
			const rows = [text(name.x, name.y), glyph, tcp, pop3];
			if (address) rows.splice(plan.compact ? 4 : 1, 0, text(address.x, address.y));
			if (tray && !plan.compact) rows.push(tray);
			for (let i = 1; i < rows.length; i++) {
				const [above, below] = [rows[i - 1], rows[i]];
				if (above && below) expect(below.y).toBeGreaterThanOrEqual(above.y + above.height);
			}
		}
		const [desk, post] = plan.hosts;
		if (desk && post) expect(post.tcp.x).toBeGreaterThan(desk.tcp.x + desk.tcp.width);
	});

	test('packets are large enough and have way to go', () => {
		const { full, small } = plan.packet;
		for (const size of [full, small]) {
			expect(size.width).toBeGreaterThanOrEqual(MIN_PACKET.width);
			expect(size.height).toBeGreaterThanOrEqual(MIN_PACKET.height);
		}
		expect(small.height).toBeLessThan(full.height);
		// the two lanes do not touch
		expect(2 * plan.lane).toBeGreaterThanOrEqual(full.height);
		for (const { x1, x2, wire } of plan.links) {
			expect(x2 - x1).toBeGreaterThan(2 * full.width);
			expect(wire[0]).toBeLessThanOrEqual(x1);
			expect(wire[1]).toBeGreaterThanOrEqual(x2);
		}
	});
});

test('the state names fit their chips', () => {
	for (const [width, height] of SIZES) {
		const { hosts, chipNames } = layout(SCENARIO, { width, height });
		// AUTHORIZATION has 13 characters of 7.2 px
		const room = (hosts[0]?.pop3.width ?? 0) - (chipNames ? 44 : 0);
		expect(room).toBeGreaterThanOrEqual(13 * 7.2 + 4);
	}
});

describe('path order', () => {
	test('from the first client along the links, whatever the order of the list', () => {
		const scenario: Scenario = {
			hosts: [host('post', 'server'), host('r2', 'server'), host('r1', 'server'), host('desk', 'client')],
			links: [link('r1', 'r2'), link('post', 'r2'), link('desk', 'r1')]
		};
		expect(pathOrder(scenario).map(({ id }) => id)).toEqual(['desk', 'r1', 'r2', 'post']);
		const { hosts, links } = layout(scenario, { width: 700, height: 340 });
		expect(hosts.map(({ x }) => x)).toEqual(hosts.map(({ x }) => x).toSorted((a, b) => a - b));
		expect(links.map((place) => place.hosts.join(' '))).toEqual(['r1 r2', 'r2 post', 'desk r1']);
		expect(links.every(({ x1, x2 }) => x2 > x1)).toBe(true);
	});

	test('a ring and a host without links are no trouble', () => {
		const scenario: Scenario = {
			hosts: [host('a', 'client'), host('b', 'server'), host('c', 'server'), host('alone', 'client')],
			links: [link('a', 'b'), link('b', 'c'), link('c', 'a')]
		};
		expect(
			pathOrder(scenario)
				.map(({ id }) => id)
				.toSorted()
		).toEqual(['a', 'alone', 'b', 'c']);
	});

	test('one host stands in the middle', () => {
		const alone = layout({ hosts: [host('a', 'client')], links: [] }, { width: 552, height: 340 });
		expect(alone.hosts[0]?.x).toBe(276);
	});
});
