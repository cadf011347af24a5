// A translator's table as the log tells it: who made each row, and when it was forgotten.
import { expect, test } from 'vitest';
import { held, translationsOf, translationsTable, translationsText } from '#lib/player/translations.ts';
import { createWorld } from '#lib/sim/world.ts';
import { converse, t3 } from '../fixtures/net.ts';
import { of } from '../fixtures/read.ts';

const world = converse(t3(), ['connect post 110']);
converse(t3(), ['connect post 110'], 'pocket', world);
world.input({ at: world.now, input: { kind: 'ping', host: 'desk', to: 'post', size: 3_000, df: false } });
world.runUntilQuiet();

test('a row for each pair inside, with the packet that it was made for', () => {
	const rows = translationsOf(world.log, 'r1');
	expect(rows.map(({ protocol, inside, outside, gone }) => [protocol, inside, outside, gone])).toEqual([
		['TCP', '192.168.1.10:49152', '203.0.113.7:61001', null],
		['TCP', '192.168.1.11:49152', '203.0.113.7:61002', null],
		['ICMP', '192.168.1.10:1', '203.0.113.7:61001', null]
	]);
	const first = (from: string) => of(world.log, 'packet.sent').find((event) => event.from === from)?.packet;
	expect(rows.slice(0, 2).map(({ packet }) => packet)).toEqual([first('desk'), first('pocket')]);
	// of a datagram in pieces the last piece
	expect(rows[2]?.packet).toBe(
		of(world.log, 'ip.reassembled')
			.find(({ host }) => host === 'r1')
			?.packets.at(-1)
	);
	expect(translationsOf(world.log, 'r2')).toEqual([]);
});

test('at the cursor: no row before it was made', () => {
	const { seq } = translationsOf(world.log, 'r1')[1]!;
	expect(translationsOf(world.log.slice(0, seq), 'r1')).toHaveLength(1);
	expect(translationsOf(world.log.slice(0, seq + 1), 'r1')).toHaveLength(2);
});

test('a row that is forgotten stays in sight, and the same port given again is another row', () => {
	const again = createWorld(t3(), 1);
	const ping = (at: number) => again.input({ at, input: { kind: 'ping', host: 'desk', to: 'post' } });
	ping(0);
	again.advance(100_000_000);
	ping(100_000_000);
	again.runUntilQuiet();
	const rows = translationsOf(again.log, 'r1');
	expect(rows.map(({ inside, gone }) => [inside, gone])).toEqual([
		['192.168.1.10:1', 100_020_000],
		['192.168.1.10:2', null]
	]);
	expect(held(rows)).toBe(1);
	expect(translationsText('r1', rows)).toBe(
		[
			'Translation table of r1, 1 row',
			'  ICMP  192.168.1.10:1 is 203.0.113.7:61001 outside, since 0.020 s, forgotten at 100.020 s',
			'  ICMP  192.168.1.10:2 is 203.0.113.7:61002 outside, since 100.020 s',
			''
		].join('\n')
	);
	expect(translationsTable(rows).split('\n')[1]).toBe(
		'ICMP\t192.168.1.10:1\t203.0.113.7:61001\t1\t0.020\t100.020'
	);
});
