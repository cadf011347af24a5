import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createCounts, createTable, takePacket } from '#lib/capture/table.ts';
import type { OpenedCapture } from '#lib/engine/capture-reader.ts';
import { runSteps, MOST_HOSTS } from '#lib/player/imported.ts';
import { paceOf, toShown } from '#lib/player/pace.ts';
import { atOnce } from '#lib/player/slices.ts';
import { packetRows } from '#lib/player/packets.ts';
import { judged } from '../judge/open.ts';
import { of } from '../fixtures/read.ts';

const runOf = (capture: OpenedCapture) => atOnce(runSteps(capture));

const open = (name: string) => {
	const bytes = new Uint8Array(readFileSync(new URL(`../fixtures/captures/${name}`, import.meta.url)));
	return { name, size: bytes.length, fault: null, judgement: judged(bytes), ...judged(bytes) };
};

/** All that we have of real programs. */
const CAPTURES = readdirSync(new URL('../fixtures/captures', import.meta.url)).filter((name) =>
	name.endsWith('.pcap')
);

describe('a capture as a run', () => {
	const { level, log } = runOf(open('poplib.pcap'));

	test('hosts are its addresses, the server last, one link between', () => {
		expect(level.scenario.hosts.map(({ id, role }) => [id, role])).toEqual([
			['192.0.2.1', 'client'],
			['192.0.2.2', 'server']
		]);
		expect(level.scenario.links).toHaveLength(1);
	});

	test('packets have the numbers and times of the file, and arrive before the next is seen', () => {
		const sent = of(log, 'packet.sent');
		expect(sent.map(({ packet }) => packet)).toEqual(Array.from({ length: 51 }, (_, i) => i + 1));
		expect(sent[0]?.at).toBe(0);
		log.forEach((event, i) => {
			expect(event.seq).toBe(i);
			expect(event.at).toBeGreaterThanOrEqual(log[i - 1]?.at ?? 0);
		});
		expect(of(log, 'packet.delivered')).toHaveLength(51);
	});

	test.each(CAPTURES)('%s lasts as long as its capture, and its last packet is seen to arrive', (name) => {
		const capture = open(name);
		const { log } = runOf(capture);
		const sent = of(log, 'packet.sent').at(-1)!;
		const there = of(log, 'packet.delivered').at(-1)!;
		expect([sent.at, there.packet]).toEqual([capture.counts.duration, sent.packet]);
		expect(log.at(-1)!.at - capture.counts.duration).toBe(1);
		const pace = paceOf(log);
		expect(toShown(pace, there.at) - toShown(pace, sent.at)).toBe(700);
	});

	test('the walk through the states is in the log', () => {
		const moves = of(log, 'tcp.state').map(({ host, from, to }) => `${host} ${from} ${to}`);
		expect(moves.slice(0, 5)).toEqual([
			'192.0.2.1 CLOSED SYN-SENT',
			'192.0.2.2 CLOSED LISTEN',
			'192.0.2.2 LISTEN SYN-RECEIVED',
			'192.0.2.1 SYN-SENT ESTABLISHED',
			'192.0.2.2 SYN-RECEIVED ESTABLISHED'
		]);
		expect(of(log, 'pop3.command').map(({ keyword }) => keyword)).toContain('UIDL');
		expect(
			packetRows(log, level.scenario).filter(({ protocol }) => protocol === 'POP3').length
		).toBeGreaterThan(20);
	});
});

test('more hosts than can be drawn are others', () => {
	const table = createTable();
	const counts = createCounts();
	counts.interfaces.push({ name: '', linkType: 101 });
	for (let i = 0; i < 40; i++) {
		const bytes = new Uint8Array(28);
		bytes.set([0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, i, 10, 0, 1, i]);
		takePacket(table, counts, { interface: 0, at: i, bytes });
	}
	const judgement = { conversations: [], more: 0, remarks: [], deeds: [] };
	const { level, log } = runOf({ name: 'many', size: 1, table, counts, judgement, fault: null });
	expect(level.scenario.hosts.length).toBeLessThanOrEqual(MOST_HOSTS);
	const ids = new Set(level.scenario.hosts.map(({ id }) => id));
	for (const { from, to } of of(log, 'packet.sent'))
		expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
});
