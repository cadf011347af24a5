import { describe, expect, test } from 'vitest';
import { describeRow, packetRows, previousOf } from '#lib/player/packets.ts';
import { decode } from '#lib/player/decode.ts';
import type { Event } from '#lib/sim/event.ts';
import { CONNECTION, datagram, logOf, scenario, STORY } from '../fixtures/exchange.ts';
import { datagram as wired } from '../stage/story.ts';

const log = logOf(STORY);
const rows = packetRows(log, scenario);
const row = (packet: number) => {
	const found = rows.find((candidate) => candidate.packet === packet);
	if (!found) throw new Error(`no packet ${packet}`);
	return found;
};

describe('a row per packet', () => {
	test('tells the story in one line each', () => {
		const lines = rows.map((r) => `${r.packet} ${r.direction} ${r.protocol} ${r.flags} ${r.info}`);
		expect(lines).toEqual([
			'1 > TCP S SYN 1000, MSS 1460',
			'2 < TCP SA SYN 5000, ACK 1001, MSS 1460',
			'3 > TCP A ACK 5001',
			'4 < POP3 PA +OK POP3 post.example ready',
			'5 > TCP A ACK 5030',
			'6 > POP3 PA USER ada',
			'7 < POP3 PA +OK',
			'8 > POP3 PA PASS lovelace',
			'9 > POP3 PA PASS lovelace',
			'10 < POP3 PA +OK',
			'11 > TCP FA FIN 1026, ACK 5040',
			'12 > TCP S SYN 9000, MSS 1460',
			'13 < TCP RA RST 0, ACK 9001'
		]);
	});

	test.each([
		[25, 'EHLO desk\r\n', 'SMTP', 'EHLO desk'],
		[143, 'a1 LOGIN ada x\r\n', 'IMAP', 'a1 LOGIN ada x'],
		[995, '\x17\x03\x03\x00\x02ab', 'TLS', 'Application Data, 7 octets'],
		[995, '\xf1\x00', 'TLS', 'more of a record, 2 octets'],
		[110, '\x16\x03\x01\x00\x01\x01', 'TLS', 'Client Hello, 6 octets'],
		[110, 'STAT\r\n', 'POP3', 'STAT'],
		[80, 'GET /\r\n', 'TCP', 'ACK 1, 7 octets from 1']
	])('names what is spoken on port %i, and what it says', (port, payload, protocol, info) => {
		const bytes = wired('PA', payload, true, port);
		expect(decode(bytes, new Set([110]))).toMatchObject({ protocol, info });
	});

	test('carries the numbers of the header', () => {
		expect(row(4).tcp).toEqual({
			srcPort: 110,
			dstPort: 49152,
			seq: 5001,
			ack: 1001,
			window: 65535,
			length: 29
		});
		expect(row(4).length).toBe(69);
		expect(row(4).source).toBe('198.51.100.25');
	});

	test('measures time since the row before, and the first has none', () => {
		expect(rows.slice(0, 3).map((r) => r.since)).toEqual([0, 20_000, 20_000]);
		expect(row(6).since).toBe(820_000);
	});

	test('names the connection by its opener at both ends', () => {
		expect(new Set(rows.slice(0, 11).map((r) => r.connection))).toEqual(new Set([CONNECTION]));
		expect(row(13).connection).toBe('192.0.2.10:49152>198.51.100.25:109');
	});

	test('names it without the handshake too, by the port of the service', () => {
		const late = packetRows(logOf(STORY.slice(3, 7)), scenario);
		expect(late.map((r) => r.connection)).toEqual(Array(4).fill(CONNECTION));
	});

	test('marks the lost and the repeated only once the log says so', () => {
		expect(row(8).lostWhere).toBe('lost on desk-post');
		expect(row(8).lost).toBe('loss');
		expect(row(9).again).toBe(8);
		const sent = log.findIndex((event) => event.kind === 'packet.sent' && event.packet === 8);
		const before = packetRows(log.slice(0, sent + 1), scenario);
		expect(before[7]?.lost).toBeUndefined();
	});

	test('a second hop moves the row on and adds none', () => {
		const hop: Event = {
			seq: 1,
			at: 20_000,
			cause: 0,
			kind: 'packet.sent',
			packet: 1,
			link: 'r-post',
			from: 'r',
			to: 'post',
			bytes: datagram({ at: 0, from: 'desk', flags: 'S', seq: 1000 }),
			arrives: 40_000
		};
		const two = packetRows([{ ...hop, seq: 0, at: 0, from: 'desk', to: 'r', link: 'desk-r' }, hop], scenario);
		expect(two.map((r) => [r.from, r.to, r.link, r.arrives])).toEqual([['desk', 'post', 'desk-r', 40_000]]);
	});
});

describe('identity', () => {
	test('rows stay the same objects while the log grows', () => {
		const shorter = packetRows(log.slice(0, 12), scenario);
		shorter.forEach((r, i) => expect(rows[i]).toBe(r));
		packetRows(log, scenario).forEach((r, i) => expect(r).toBe(rows[i]));
	});

	test('a row whose packet was lost is another object', () => {
		const sent = log.findIndex((event) => event.kind === 'packet.sent' && event.packet === 8);
		expect(packetRows(log.slice(0, sent + 1), scenario)[7]).not.toBe(row(8));
	});
});

describe('broken packets are rows too', () => {
	const whole = datagram({ at: 0, from: 'desk', flags: 'PA', seq: 1, ack: 1, text: 'USER ada\r\n' });

	test.each(Array.from({ length: whole.length + 1 }, (_, n) => n))('cut after %i octets', (n) => {
		const sent = logOf(STORY.slice(0, 1))[0];
		if (sent?.kind !== 'packet.sent') throw new Error('no packet');
		const [cut] = packetRows([{ ...sent, bytes: whole.slice(0, n) }], scenario);
		expect(cut?.length).toBe(n);
		expect(cut?.info).not.toBe('');
	});

	test('ICMP, UDP and what nobody knows', () => {
		const sent = logOf(STORY.slice(0, 1))[0];
		if (sent?.kind !== 'packet.sent') throw new Error('no packet');
		const info = [1, 17, 99].map((protocol) => {
			const bytes = whole.slice();
			bytes[9] = protocol;
			bytes[20] = 3;
			bytes[21] = 4;
			const [r] = packetRows([{ ...sent, bytes }], scenario);
			return `${r?.protocol}: ${r?.info}`;
		});
		expect(info).toEqual(['ICMP: fragmentation needed', 'UDP: 772 to 110', 'IPv4: protocol 99, 30 octets']);
	});
});

test('the previous packet is of the same connection and direction', () => {
	expect(previousOf(rows, row(1))).toBeNull();
	expect(previousOf(rows, row(4))?.packet).toBe(2);
	expect(previousOf(rows, row(6))?.packet).toBe(5);
	expect(previousOf(rows, row(12))).toBeNull();
	expect(previousOf(rows, null)).toBeNull();
});

test('a row read aloud', () => {
	expect(describeRow(row(8))).toBe(
		'Packet 8, desk to post, POP3, push and ack, 15 bytes: PASS lovelace, lost on desk-post'
	);
	expect(describeRow(row(1))).toBe('Packet 1, desk to post, TCP, syn, SYN 1000, MSS 1460');
});

test('two thousand packets fold to the same rows twice', () => {
	const many = logOf(Array.from({ length: 2000 }, (_, i) => ({ ...STORY[i % 7]!, at: i * 1000 })));
	const all = packetRows(many, scenario);
	expect(all).toHaveLength(2000);
	expect(packetRows(many, scenario).every((r, i) => r === all[i])).toBe(true);
});
