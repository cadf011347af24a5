import { describe, expect, test } from 'vitest';
import type { Scenario } from '#lib/sim/scenario.ts';
import { createWorld, type World } from '#lib/sim/world.ts';
import { analysed } from '#lib/player/analysis.ts';
import { describeRow, packetRows, remarksBeside } from '#lib/player/packets.ts';
import { converse, t3, type Net } from '../fixtures/net.ts';
import { t0 } from '../fixtures/t0.ts';
import { logOf, scenario, STORY, type Segment } from '../fixtures/exchange.ts';
import { runSession } from '../interop/sessions.ts';

const ack: Segment = { at: 200_000, from: 'desk', flags: 'A', seq: 1001, ack: 5030 };
const log = logOf([...STORY.slice(0, 5), ack, { ...ack, at: 300_000 }, ...STORY.slice(5)]);
const rows = packetRows(log, scenario);

test('rows carry what the packets before them make of them', () => {
	expect(
		rows.map(({ packet, analysis }) => [packet, ...(analysis?.remarks ?? []), analysis?.answer])
	).toEqual([
		[1, null],
		[2, 'acknowledges #1'],
		[3, 'acknowledges #2'],
		[4, null],
		[5, 'acknowledges #4'],
		[6, 'duplicate ACK #1 of #5', null],
		[7, 'duplicate ACK #2 of #5', null],
		[8, null],
		[9, 'acknowledges #8'],
		[10, 'acknowledges #9'],
		[11, 'retransmission of #10', null],
		[12, 'acknowledges #10'],
		[13, 'acknowledges #12'],
		[14, null],
		[15, 'acknowledges #14']
	]);
	expect(describeRow(rows[6]!)).toContain(', duplicate ACK 2 of 5');
});

test('what the log itself calls a repetition is not said twice', () => {
	expect(rows[10]?.again).toBe(8);
	expect(remarksBeside(rows[10]!)).toEqual([]);
	expect(remarksBeside(rows[6]!)).toEqual(['duplicate ACK #2 of #5']);
});

describe('a log that grows, is cut, and grows otherwise', () => {
	const notes = (events: typeof log) => analysed(events).filter((one) => one !== undefined);
	const fresh = () => logOf(STORY);

	test('packets keep their notes', () => {
		const grown = fresh();
		const short = notes(grown.slice(0, 9));
		const all = notes(grown);
		short.forEach((one, i) => expect(all[i]).toBe(one));
		notes(grown.slice(0, 4)).forEach((one, i) => expect(all[i]).toBe(one));
	});

	test('another end has notes of its own', () => {
		const grown = fresh();
		const all = notes(grown);
		const end = logOf(STORY).slice(14);
		const other = [...grown.slice(0, 14), ...end];
		expect(notes(other)).toEqual(all);
		expect(notes(other)[0]).toBe(all[0]);
		expect(notes(grown)).toEqual(all);
	});
});

test('on lossy sessions the analysis finds every repetition that the log knows, and its original', () => {
	let repeated = 0;
	for (let seed = 0; seed < 30; seed++) {
		const { world, scenario: played } = runSession(seed);
		for (const { packet, again, analysis } of packetRows(world.log, played)) {
			const said = analysis?.remarks.find((remark) => remark.includes('retransmission'));
			expect([seed, packet, said?.split('#')[1]]).toEqual([seed, packet, again?.toString()]);
			if (again !== undefined) repeated++;
		}
	}
	expect(repeated).toBeGreaterThan(30);
});

describe('behind a translator', () => {
	const FETCH = ['connect post 110', 'USER ada', 'PASS lovelace', 'RETR 3', 'QUIT'];
	const rowsOf = (net: Scenario, hosts = ['desk']) => {
		const world = hosts.reduce<World | undefined>((so, host) => converse(net, FETCH, host, so), undefined);
		return packetRows(world?.log ?? [], net);
	};

	test('rows say of each other what they say without one', () => {
		const said = (net: Scenario) =>
			rowsOf(net).map(({ packet, analysis }) => [packet, ...(analysis?.remarks ?? []), analysis?.answer]);
		expect(said(t3())).toEqual(said(t0()));
		expect(said(t3()).filter(([, answer]) => answer !== null).length).toBeGreaterThan(10);
	});

	test('two devices on one address have a conversation each', () => {
		const talks = rowsOf(t3(), ['desk', 'pocket']).map(({ analysis }) => analysis?.found.tcp);
		expect(new Set(talks.map((tcp) => tcp?.conversation))).toEqual(new Set([0, 1]));
		expect(new Set(talks.map((tcp) => tcp?.ends.opener))).toEqual(
			new Set(['192.168.1.10:49152', '192.168.1.11:49152'])
		);
		for (const talk of [0, 1]) {
			const ways = talks.filter((tcp) => tcp?.conversation === talk).map((tcp) => tcp?.outward);
			expect([ways.includes(true), ways.includes(false)]).toEqual([true, true]);
		}
	});

	test('an error from outside is about the packet as it went in', () => {
		const short: Net = { hosts: { desk: { stack: { ttl: 2 } } } };
		const [first, error] = rowsOf(t3(short));
		expect([first?.packet, error?.protocol, error?.analysis?.found.about]).toEqual([1, 'ICMP', 1]);
	});

	test('the answer to a ping finds it', () => {
		const world = createWorld(t3(), 1);
		world.input({ at: 0, input: { kind: 'ping', host: 'desk', to: '198.51.100.25' } });
		world.runUntilQuiet();
		const [, answer] = packetRows(world.log, t3());
		expect(answer?.analysis?.found.echo?.answers?.packet).toBe(1);
	});
});
