// Filters over rows: what only the packets before one tell, and a list that grows, is cut and grows otherwise.
import { describe, expect, test } from 'vitest';
import { completed, completions, understand } from '#lib/player/filter/language.ts';
import { packetRows, type PacketRow } from '#lib/player/packets.ts';
import { logOf, rowWith, scenario, STORY } from '../../fixtures/exchange.ts';

const again = { at: 8e6, from: 'desk', flags: 'A', seq: 1026, ack: 5040 } as const;
const rows = packetRows(logOf([...STORY.slice(0, 10), again, again, { ...again, at: 9e6 }]), scenario);

function sieve(text: string) {
	const understood = understand(text);
	if (!understood.ok || !understood.sieve) throw new Error(`${text} is no filter`);
	return understood.sieve;
}
const numbers = (list: readonly PacketRow[]) => list.map(({ packet }) => packet);
const passing = (text: string) => numbers(sieve(text).sift(rows).kept);

test.for([
	['tcp.analysis.retransmission', [9]],
	['tcp.analysis.duplicate_ack', [12, 13]],
	['tcp.analysis.duplicate_ack_num == 2 && tcp.analysis.duplicate_ack_frame == 11', [13]],
	['tcp.analysis.flags', [9, 12, 13]],
	['tcp.analysis.acks_frame == 6', [7]],
	['tcp.analysis.ack_rtt > 0.01 && tcp.analysis.acks_frame <= 2', [2, 3]],
	['tcp.analysis.out_of_order || tcp.analysis.zero_window', []],
	['tcp.stream == 0 && tcp.seq == 0', [1, 2]],
	['tcp.ack == 1 && tcp.flags.syn == 0 && tcp.len == 0', [3]],
	['frame.time_relative >= 8.5', [13]],
	['frame.time_delta == 0.02 && frame.number < 4', [2, 3]],
	['udp.stream', []],
	['frame.number in {2..4} && tcp.len > 0', [4]]
] as const)('%s', ([text, packets]) => {
	expect(passing(text)).toEqual(packets);
});

test('a fraction belongs to times alone', () => {
	expect(understand('tcp.port == 1.5')).toMatchObject({ ok: false, at: [12, 15], say: /whole number/ });
	expect(understand('frame.time_relative & 1')).toMatchObject({ ok: false, at: [22, 23] });
	expect(understand('')).toEqual({ ok: true, sieve: null });
});

describe('a sieve', () => {
	test('judges each packet once, however the list grows', () => {
		let asked = 0;
		const watched = rows.map((row) =>
			rowWith(row, {
				get since() {
					asked++;
					return row.since;
				}
			})
		);
		const by = sieve('frame.time_delta > 0.5');
		by.sift(watched.slice(0, 6));
		expect(numbers(by.sift(watched).kept)).toEqual(numbers(sieve('frame.time_delta > 0.5').sift(rows).kept));
		expect(asked).toBe(rows.length);
	});

	test('goes back with a list that is cut, and takes the other end', () => {
		const by = sieve('pop');
		by.sift(rows);
		expect(numbers(by.sift(rows.slice(0, 6)).kept)).toEqual([4, 6]);
		const other = packetRows(logOf([...STORY.slice(0, 6), { ...again, at: 3e6, flags: 'FA' }]), scenario);
		expect(numbers(by.sift([...rows.slice(0, 6), ...other.slice(6)]).kept)).toEqual([4, 6]);
		expect(numbers(by.sift(rows).kept)).toEqual([4, 6, 7, 8, 9, 10]);
	});

	test('gives the rows as they are now', () => {
		const by = sieve('pop.request.command == "PASS"');
		by.sift(rows);
		const later = rows.map((row) => (row.packet === 8 ? rowWith(row, { lostWhere: 'elsewhere' }) : row));
		expect(by.sift(later).kept[0]).toBe(later[7]);
	});

	test('judges so many at a time and says what is left', () => {
		const by = sieve('tcp');
		const lefts = [by.sift(rows, 5), by.sift(rows, 5), by.sift(rows, 5)].map(({ left }) => left);
		expect(lefts).toEqual([8, 3, 0]);
	});

	test('is another with another first packet, for times count from it', () => {
		const by = sieve('frame.time_relative == 0');
		expect(numbers(by.sift(rows).kept)).toEqual([1]);
		expect(numbers(by.sift(rows.slice(2)).kept)).toEqual([3]);
	});
});

test('a completion takes the place of the word at the caret', () => {
	const [first] = completions('ip && tcp.an == 1', 12);
	if (!first) throw new Error('nothing offered');
	const { text, caret } = completed('ip && tcp.an == 1', first);
	expect(text).toBe(`ip && ${first.name} == 1`);
	expect(caret).toBe(6 + first.name.length);
});
