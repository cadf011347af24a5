import { describe, expect, test } from 'vitest';
import { packetRows } from '#lib/player/packets.ts';
import { relationsOf } from '#lib/player/relations.ts';
import type { Input } from '#lib/sim/event.ts';
import type { Scenario } from '#lib/sim/scenario.ts';
import { createWorld } from '#lib/sim/world.ts';
import { t3 } from '../fixtures/net.ts';
import { t0 } from '../fixtures/t0.ts';
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

describe('pieces, pings and errors', () => {
	const rowsOf = (net: Scenario, input: Input) => {
		const world = createWorld(net, 1);
		world.input({ at: 0, input });
		world.runUntilQuiet();
		return packetRows(world.log, net);
	};

	test('the pieces of one datagram name each other, and the one that makes it whole', () => {
		const narrow = t0();
		const net = {
			...narrow,
			hosts: narrow.hosts.map((host) => ({ ...host, stack: { ...host.stack, df: false } })),
			links: narrow.links.map((link) => ({ ...link, mtu: 576 }))
		};
		const cut = rowsOf(net, { kind: 'ping', host: 'desk', to: '198.51.100.25', size: 1200 });
		expect(cut.slice(0, 3).map(({ analysis }) => analysis?.found.piece?.first)).toEqual([1, 1, 1]);
		expect(beside(1, cut)).toMatchObject({
			1: ['fragment of the same datagram as #2', 'fragment of the same datagram as #3'],
			2: ['fragment of the same datagram as #1'],
			3: ['makes whole, with #1']
		});
		expect(beside(3, cut)[3]).toContain('makes whole, with #1');
	});

	test('an answer to a ping stands beside its request', () => {
		const pinged = rowsOf(t0(), { kind: 'ping', host: 'desk', to: '198.51.100.25' });
		expect(beside(1, pinged)).toEqual({ 1: ['answered by #2'], 2: ['reply to #1'] });
	});

	test('an error stands beside the packet that it is about', () => {
		const base = t3({ hosts: { desk: { stack: { ttl: 1 } } } });
		const [first, error] = rowsOf(base, { kind: 'type', host: 'desk', line: 'connect post 110' });
		expect(error?.protocol).toBe('ICMP');
		const said = beside(first?.packet ?? 0, [first!, error!]);
		expect([said[1]?.length, said[2]?.length]).toEqual([1, 1]);
		expect(said[2]?.[0]).toMatch(/#1$/);
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
