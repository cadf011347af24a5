// A segment that a connection discards is in the log, by the packet that carried it, and beside its row.
import { expect, test } from 'vitest';
import { packetRows, remarksBeside } from '#lib/player/packets.ts';
import { replay } from '#lib/sim/replay.ts';
import { LOSSY_LINES } from '../fixtures/hash.ts';
import * as words from '#words/packet-rows.ts';
import { of } from '../fixtures/read.ts';
import { t0, typed } from '../fixtures/t0.ts';

test('over a link that loses a fifth', () => {
	const scenario = t0({ link: { loss: 0.2 } });
	const world = replay(scenario, 7, typed(LOSSY_LINES, 3_000_000));
	world.runUntilQuiet();
	const discarded = of(world.log, 'tcp.discarded');
	expect(discarded.map(({ reason }) => reason)).toContain('old');
	const told = discarded.map(({ cause, host, reason }) => {
		const delivery = world.log[cause ?? -1];
		if (delivery?.kind !== 'packet.delivered') throw new Error('nothing was delivered');
		expect(delivery.host).toBe(host);
		return `${delivery.packet} not taken at ${host}: ${words.discards[reason]}`;
	});
	const rows = packetRows(world.log, scenario);
	expect(
		rows.flatMap(({ packet, untaken }) => (untaken === undefined ? [] : [`${packet} ${untaken}`]))
	).toEqual(told);
	for (const row of rows)
		expect(remarksBeside(row).includes(row.untaken ?? '')).toBe(row.untaken !== undefined);
	// and rows of what was seen before it do not know it yet
	const [first] = discarded;
	const before = packetRows(world.log.slice(0, first?.seq), scenario);
	expect(before.every(({ untaken }) => untaken === undefined)).toBe(true);
});
