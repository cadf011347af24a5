import { describe, expect, test } from 'vitest';
import { analyse, createAnalysis } from '#lib/capture/analysis/analyse.ts';
import { answerOf, remarksOf } from '#lib/player/notes.ts';
import type { Analysed, Seen } from '#lib/capture/analysis/row.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIcmp, quote, type IcmpMessage } from '#lib/wire/icmp.ts';
import { encodeIpv4, ICMP_PROTOCOL, UDP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { datagram, STORY, type Segment } from '../../fixtures/exchange.ts';

const DESK = parseAddress('192.0.2.10');
const POST = parseAddress('198.51.100.25');

function fold(seen: readonly Seen[]): Analysed[] {
	const analysis = createAnalysis();
	return seen.map((one) => analyse(analysis, one));
}
const ofSegments = (segments: readonly Segment[]): Analysed[] =>
	fold(segments.map((one, i) => ({ at: one.at, bytes: datagram(one, i + 1) })));
/** `remark; remark; answer` of each. */
const said = (rows: readonly Analysed[]): string[] => rows.map(line);
const line = (row: Analysed): string => [...remarksOf(row), answerOf(row)].filter(Boolean).join('; ');

const SHAKE: readonly Segment[] = STORY.slice(0, 3);
const ms = (time: number) => time * 1000;
const text = (length: number) => 'x'.repeat(length);
const post = (at: number, seq: number, length = 100): Segment => ({
	...{ at: ms(at), from: 'post', flags: 'A' },
	...{ seq, ack: 1001, text: text(length) }
});
const desk = (at: number, ack: number): Segment => ({ at: ms(at), from: 'desk', flags: 'A', seq: 1001, ack });

describe('TCP', () => {
	test('a mail session: what answers what, and what came again', () => {
		expect(said(ofSegments(STORY))).toEqual([
			'',
			'acknowledges #1',
			'acknowledges #2',
			'',
			'acknowledges #4',
			'',
			'acknowledges #6',
			'acknowledges #7',
			'retransmission of #8',
			'acknowledges #8',
			'acknowledges #10',
			'',
			'acknowledges #12'
		]);
	});

	test('conversations are numbered, with their ends, and count from their SYN', () => {
		const rows = ofSegments(STORY);
		expect(rows.map(({ tcp }) => tcp?.conversation)).toEqual([...Array<number>(11).fill(0), 1, 1]);
		expect(rows[3]?.tcp).toMatchObject({
			ends: { opener: '192.0.2.10:49152', other: '198.51.100.25:110' },
			outward: false,
			seq: 1,
			ack: 1,
			length: 29,
			initialRoundTrip: 40_000,
			inFlight: 29
		});
		expect(rows[4]?.tcp?.acknowledges).toEqual({ packet: 4, after: 20_000 });
		expect(rows[0]?.tcp?.ack).toBeNull();
	});

	test('a gap is asked for by duplicates and filled at once', () => {
		const rows = ofSegments([
			...SHAKE,
			...[post(60, 5001), post(61, 5201), post(62, 5301), post(63, 5401)],
			...[desk(100, 5101), desk(101, 5101), desk(102, 5101), post(103, 5101), desk(140, 5501)]
		]);
		expect(said(rows).slice(3)).toEqual([
			'',
			'previous segment not captured',
			'',
			'',
			'acknowledges #4',
			'duplicate ACK #1 of #8',
			'duplicate ACK #2 of #8',
			'fast retransmission',
			'acknowledges #7'
		]);
	});

	test('late octets are out of order, old ones spurious', () => {
		const rows = ofSegments([...SHAKE, post(60, 5101), post(61, 5001), desk(70, 5201), post(300, 5001)]);
		expect(said(rows).slice(3)).toEqual([
			'previous segment not captured',
			'out of order',
			'acknowledges #4',
			'spurious retransmission of #5'
		]);
	});

	test('a window that closes, is probed, and opens again', () => {
		const told = (at: number, ack: number, window: number): Segment => ({ ...desk(at, ack), window });
		const rows = ofSegments([
			...SHAKE,
			told(50, 5001, 200),
			post(60, 5001, 200),
			told(80, 5201, 0),
			post(300, 5201, 1),
			told(320, 5201, 0),
			post(900, 5201, 1),
			told(920, 5202, 1000),
			post(940, 5202, 900)
		]);
		expect(said(rows).slice(3)).toEqual([
			'window update',
			'window full',
			'zero window; acknowledges #5',
			'window probe',
			'zero window; answer to window probe',
			'window probe',
			'acknowledges #7',
			''
		]);
	});

	test('an acknowledgment of what nobody has seen, and a window update that is no duplicate', () => {
		const rows = ofSegments([...SHAKE, desk(50, 5301), { ...desk(60, 5301), window: 9_000 }, desk(70, 5301)]);
		expect(said(rows).slice(3)).toEqual(['acknowledges unseen segment', 'window update', 'window update']);
	});

	test('a keep-alive and its answer', () => {
		const probe: Segment = { at: ms(900), from: 'desk', flags: 'A', seq: 1000, ack: 5001 };
		const rows = ofSegments([...SHAKE, probe, { ...post(920, 5001), text: '' }]);
		expect(said(rows).slice(3)).toEqual(['keep-alive', 'answer to keep-alive']);
	});

	test('the same ports with other numbers are another conversation', () => {
		const again = SHAKE.map((one) => ({ ...one, at: one.at + ms(900), seq: one.seq + 70_000 }));
		const rows = ofSegments([
			...SHAKE,
			...again.map((one) => ({ ...one, ack: one.ack && one.ack + 70_000 }))
		]);
		expect(rows.map(({ tcp }) => tcp?.conversation)).toEqual([0, 0, 0, 1, 1, 1]);
		expect(said(rows)[3]).toBe('port reused');
	});

	test('only the beginning of a packet was kept', () => {
		const seen = STORY.map((one) => {
			const bytes = datagram(one);
			return { at: one.at, bytes: bytes.slice(0, 40), originalLength: bytes.length };
		});
		expect(said(fold(seen))).toEqual(said(ofSegments(STORY)));
	});

	test('packets may bring their own numbers', () => {
		const seen = STORY.slice(0, 2).map((one, i) => ({ at: one.at, bytes: datagram(one), packet: 7 + 2 * i }));
		expect(said(fold(seen))).toEqual(['', 'acknowledges #7']);
	});
});

describe('pieces and messages', () => {
	const icmp = (src: number, dst: number, message: IcmpMessage, id = 1): Uint8Array =>
		encodeIpv4({ src, dst, protocol: ICMP_PROTOCOL, id }, encodeIcmp(message));
	const ping = { identifier: 7, data: new Uint8Array(48) };
	const piece = (offset: number, length: number, mf: 0 | 1, id = 9): Uint8Array =>
		encodeIpv4(
			{ src: DESK, dst: POST, protocol: UDP_PROTOCOL, id, fragmentOffset: offset / 8, mf },
			new Uint8Array(length).fill(1)
		);
	const seen = (packets: readonly Uint8Array[]): Seen[] => packets.map((bytes, i) => ({ at: ms(i), bytes }));

	test('a reply finds its request, also when it comes twice', () => {
		const rows = fold(
			seen([
				icmp(DESK, POST, { kind: 'echoRequest', sequence: 1, ...ping }),
				icmp(DESK, POST, { kind: 'echoRequest', sequence: 2, ...ping }),
				icmp(POST, DESK, { kind: 'echoReply', sequence: 1, ...ping }),
				icmp(POST, DESK, { kind: 'echoReply', sequence: 1, ...ping }),
				icmp(POST, DESK, { kind: 'echoReply', sequence: 9, ...ping })
			])
		);
		expect(said(rows)).toEqual(['', '', 'answers #1', 'answers #1', '']);
		expect(rows[2]?.echo?.answers).toEqual({ packet: 1, after: 2000 });
	});

	test('an error is about the packet that it quotes, whatever the way has changed in it', () => {
		const story = STORY.slice(0, 2).map((one) => datagram(one));
		const quoted = story[0]!.slice();
		quoted[8] = 1;
		const error = icmp(POST, DESK, { kind: 'timeExceeded', code: 0, quoted: quote(quoted) });
		const unknown = icmp(POST, DESK, { kind: 'timeExceeded', code: 0, quoted: quote(datagram(STORY[8]!)) });
		expect(said(fold(seen([...story, error, unknown])))).toEqual(['', 'acknowledges #1', 'about #1', '']);
	});

	test.each([
		['in order', [0, 1, 2], ['first piece seen', 'piece as #1', 'whole with #1, #2']],
		['the last first', [2, 0, 1], ['first piece seen', 'piece as #1', 'whole with #1, #2']],
		['one twice', [0, 0, 2, 1], ['first piece seen', 'piece as #1', 'piece as #1', 'whole with #1, #2, #3']],
		['one missing', [0, 2], ['first piece seen', 'piece as #1']]
	])('pieces of a datagram, %s', (_, order, expected) => {
		const pieces = [piece(0, 104, 1), piece(104, 96, 1), piece(200, 20, 0)];
		const rows = fold(seen(order.map((i) => pieces[i]!)));
		expect(said(rows)).toEqual(expected);
		expect(rows.at(-1)?.udp?.conversation).toBe(expected.at(-1)?.startsWith('whole') ? 0 : undefined);
	});

	test('TCP in pieces is judged when it is whole', () => {
		const whole = datagram(post(60, 5001, 400));
		const cut = 80;
		const head = whole.slice(0, 20 + cut);
		head[2] = 0;
		head[3] = head.length;
		head[6] = 0x20;
		const tail = Uint8Array.from([...whole.slice(0, 20), ...whole.slice(20 + cut)]);
		tail.set([(tail.length >> 8) & 255, tail.length & 255], 2);
		tail.set([0, cut / 8], 6);
		const shake = SHAKE.map((one) => ({ at: one.at, bytes: datagram(one) }));
		const rows = fold([...shake, { at: ms(60), bytes: head }, { at: ms(61), bytes: tail }]);
		expect(rows[3]?.tcp).toBeUndefined();
		expect(rows[4]?.tcp).toMatchObject({ seq: 1, length: 400, inFlight: 400 });
	});
});
