import { describe, expect, test } from 'vitest';
import { packetRows } from '#lib/player/packets.ts';
import { relationsOf } from '#lib/player/relations.ts';
import { logOf, scenario, STORY, type Segment } from '../fixtures/exchange.ts';

const rows = packetRows(logOf(STORY), scenario);
/** What stands beside each packet when one is chosen. */
const beside = (packet: number, all = rows) =>
	Object.fromEntries(
		[...relationsOf(all, all.find((row) => row.packet === packet) ?? null)].map(([other, list]) => [
			other,
			list.map(({ text }) => text)
		])
	);

test('without a choice there are none', () => {
	expect(relationsOf(rows, null).size).toBe(0);
});

test('a request: who acknowledges it and who answers', () => {
	expect(beside(6)).toEqual({
		6: ['acknowledged by #7', 'answered by #7'],
		7: ['acknowledges #6', 'reply to #6']
	});
});

test('the other side tells the same, and of its own text besides', () => {
	expect(beside(7)[6]).toEqual(['acknowledged by #7', 'answered by #7']);
	expect(beside(7)[7]).toContain('reply to #6');
});

test('a packet that was lost is not acknowledged nor answered; its repetition is', () => {
	expect(beside(8)).toEqual({
		7: ['acknowledged by #8'],
		8: ['acknowledges #7', 'sent again as #9'],
		9: ['retransmission of #8']
	});
	expect(beside(9)[10]).toEqual(['acknowledges #9', 'reply to #9']);
	expect(beside(9)[8]).toEqual(['sent again as #9']);
});

describe('acknowledgments', () => {
	const text = (at: number, seq: number): Segment => ({
		at,
		from: 'post',
		flags: 'A',
		seq,
		ack: 1001,
		text: 'x'.repeat(10)
	});
	const late = packetRows(
		logOf([
			...STORY.slice(0, 3),
			text(100_000, 5001),
			text(110_000, 5011),
			{ at: 130_000, from: 'desk', flags: 'A', seq: 1001, ack: 5021 },
			text(140_000, 5021)
		]),
		scenario
	);

	test('one may cover several packets', () => {
		expect(beside(6, late)).toEqual({
			4: ['acknowledged by #6'],
			5: ['acknowledged by #6'],
			6: ['acknowledges #4', 'acknowledges #5']
		});
		expect(beside(4, late)[6]).toEqual(['acknowledges #4']);
	});

	test('what nobody has acknowledged yet stands alone', () => {
		expect(beside(7, late)).toEqual({});
	});
});

test('a choice in a long list looks at its surroundings only', () => {
	let looked = 0;
	const [first] = rows;
	if (!first) throw new Error('no rows');
	const watched = (packet: number) => ({
		...first,
		packet,
		get analysis() {
			looked++;
			return first.analysis;
		}
	});
	const many = Array.from({ length: 30_000 }, (_, i) => watched(i + 1));
	looked = 0;
	relationsOf(many, many[15_000] ?? null);
	expect(looked).toBeLessThan(8192 * 12);
});
