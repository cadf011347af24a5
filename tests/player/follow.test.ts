// A followed connection: its octets in two orders, each with its packet and its source, and what is taken along of it.
import { expect, test } from 'vitest';
import { papers } from '#lib/levels/papers.ts';
import { letter } from '#lib/mail/letters.ts';
import { conversations, follow, ORDERS, placeOf, tell, turnsOf } from '#lib/player/follow.ts';
import { endsText, howText, whatText } from '#lib/player/follow-told.ts';
import { followOctets, followTable, followText, linesOf } from '#lib/player/follow-lay.ts';
import { packetRows } from '#lib/player/packets.ts';
import { conversationsOf } from '#lib/player/stream.ts';
import { latin1 } from '#lib/wire/text.ts';
import { logOf, rowWith, scenario as storyScenario, STORY } from '../fixtures/exchange.ts';
import { login, lossy, session } from './talk.ts';

function followed(loss: number, lines: readonly string[]) {
	const { log, rows, scenario } = session(loss ? lossy(loss, 64) : papers.scenario, papers.seed, lines);
	return follow(rows, log, scenario)!;
}

test('either order holds every octet of both streams once, whatever the link loses', () => {
	for (const loss of [0, 0.2]) {
		const one = followed(loss, [...login, 'LIST', 'RETR 3', 'QUIT']);
		for (const order of ORDERS) {
			const next = [0, 0];
			for (const { side, from, to } of turnsOf(one, order)) {
				expect(from).toBe(next[side]);
				next[side] = to;
			}
			expect(next).toEqual(one.streams.map(({ length }) => length));
		}
	}
});

test('in a dialogue every command stands before its reply, even where all were sent at once', () => {
	const one = followed(0, [...login, 'STAT', 'NOOP']);
	const spoken = turnsOf(one, 'dialogue').map(({ side, from, to }) =>
		latin1(one.streams[side].octets, from, to).split('\r\n')[0]!.slice(0, 4)
	);
	expect(spoken.map((word) => word.trim())).toEqual([
		'+OK',
		'USER',
		'+OK',
		'PASS',
		'+OK',
		'STAT',
		'+OK',
		'NOOP',
		'+OK'
	]);
});

test('lines end where lines end or where the room does, and lose nothing', () => {
	const one = followed(0, [...login, 'RETR 3']);
	const turns = turnsOf(one, 'wire');
	for (const face of ['text', 'hex'] as const)
		for (const only of [null, 0, 1] as const) {
			const lines = linesOf(one, turns, face, 20, only);
			expect(lines.every(({ from, to }) => to > from && to - from <= 20)).toBe(true);
			const octets = lines.flatMap(({ side, from, to }) => [...one.streams[side].octets.subarray(from, to)]);
			expect(octets).toEqual([...followOctets(one, turns, only)]);
		}
	for (const { side, from, to, begins } of linesOf(one, turns, 'text', 20, null))
		if (begins && from > 0) expect(one.streams[side].octets[from - 1]).toBe(10);
		else expect(to - from).toBeLessThanOrEqual(20);
});

test('an octet is led back to its packet, its command and the stored letter', () => {
	const one = followed(0, [...login, 'RETR 3']);
	const text = latin1(one.streams[1].octets);
	const at = text.indexOf('profile');
	const place = { side: 1, octet: at } as const;
	const told = tell(one, place)!;
	const stored = latin1(letter('dots').octets).indexOf('profile');
	expect(whatText(told, place)).toBe(`“p”, hex 70: octet ${stored} of letter 3 (dots), as it is stored`);
	const { row } = told.run!;
	expect(row!.bytes[told.at]).toBe(0x70);
	const asked = one.rows.find(({ info }) => info === 'RETR 3')!;
	expect(told.command).toBe(asked.packet);
	expect(howText(told, place)).toContain(
		`octet ${told.nth} of the text of packet ${row!.packet}, sequence number ${row!.tcp!.seq + told.nth}, byte ${told.at} of the packet; asked for by packet ${asked.packet}`
	);
	const dot = { side: 1, octet: text.indexOf('..') } as const;
	expect(whatText(tell(one, dot)!, dot)).toContain('stuffed dot, added by the server');
	const end = { side: 1, octet: text.length - 3 } as const;
	expect(whatText(tell(one, end)!, end)).toContain('ends the reply to RETR 3');
	expect(tell(one, { side: 1, octet: text.length })).toBeNull();
});

test('what was lost and sent again is said; what nobody saw is a gap', () => {
	const rows = packetRows(logOf(STORY), storyScenario);
	const one = follow(rows, [], storyScenario)!;
	const place = { side: 0, octet: 12 } as const;
	expect(howText(tell(one, place)!, place)).toContain('also in packet 8');
	const torn = STORY.filter((_, i) => i !== 5 && i !== 8);
	const two = follow(packetRows(logOf(torn), storyScenario), [], storyScenario)!;
	expect(whatText(tell(two, { side: 0, octet: 0 })!, { side: 0, octet: 0 })).toBe(
		'No packet with this octet was seen.'
	);
	expect(howText(tell(two, place)!, place)).toContain('it never came through');
});

test('the octets of a packet are found by its bits, those of one sent again where it was first', () => {
	const one = follow(packetRows(logOf(STORY), storyScenario), [], storyScenario)!;
	for (const side of [0, 1] as const)
		for (const { from, to, row, at, copies } of one.streams[side].runs) {
			if (!row) continue;
			for (let octet = from; octet < to; octet++)
				expect(placeOf(one, row.packet, (at + octet - from) * 8 + 7)).toEqual({ side, octet });
			expect(placeOf(one, row.packet, null)?.side).toBe(side);
			expect(placeOf(one, row.packet, 0)).toEqual(placeOf(one, row.packet, null));
			for (const copy of copies) expect(placeOf(one, copy, null)).toEqual({ side, octet: from });
		}
	expect(placeOf(one, 1, null)).toBeNull();
	expect(placeOf(one, null, null)).toBeNull();
});

test('the text twin reads as a terminal does; the hex has offsets; the table a row for each piece', () => {
	const one = followed(0, [...login, 'RETR 3']);
	const turns = turnsOf(one, 'dialogue');
	const text = followText(one, turns, 'text', null);
	expect(text).toMatch(/^> desk to post\n< post to desk\n\n< \+OK POP3/);
	expect(text).toContain('\n> USER ada\n< +OK');
	expect(text).toContain('\n< ..profile is a file,\n');
	expect(followText(one, turns, 'text', 0)).not.toContain('+OK');
	expect(followText(one, turns, 'hex', 0)).toContain(
		'> 000000  55 53 45 52 20 61 64 61  0d 0a                    USER ada··\n'
	);
	const table = followTable(one, turns, null).trimEnd().split('\n');
	expect(new Set(table.map((row) => row.split('\t').length))).toEqual(new Set([9]));
	expect(table.some((row) => row.includes('\tstuffed dot\tRETR 3\t'))).toBe(true);
	const octets = table.slice(1).reduce((sum, row) => sum + Number(row.split('\t')[2]), 0);
	expect(octets).toBe(one.streams[0].length + one.streams[1].length);
});

test('a port used again is another conversation', () => {
	const rows = packetRows(logOf(STORY), storyScenario);
	const [syn] = rows;
	const before = conversations(rows, []).map((one) => one[0]!.packet);
	const again = rowWith(syn!, { packet: 99, tcp: { ...syn!.tcp!, seq: 77_000 } });
	const talks = conversationsOf([...rows, again], (name) => name);
	expect(talks.map((one) => one[0]!.packet)).toEqual([...before, 99]);
	expect(conversations(rows, []).map(endsText).slice(0, 1)).toEqual([
		`${syn!.from}:${syn!.tcp!.srcPort} to ${syn!.to}:${syn!.tcp!.dstPort}`
	]);
});
