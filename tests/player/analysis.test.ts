import { describe, expect, test } from 'vitest';
import { analysed } from '#lib/player/analysis.ts';
import { describeRow, packetRows, remarksBeside } from '#lib/player/packets.ts';
import { of } from '../fixtures/read.ts';
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
	const notes = (events: typeof log) => of(events, 'packet.sent').map((event) => analysed(events).get(event));
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
