// What a glance at a packet's octets says, and how far the cursor has brought it.
import { describe, expect, test } from 'vitest';
import { encodeIpv4 } from '#lib/wire/ipv4.ts';
import { describe as tell } from '#lib/stage/parcel-text.ts';
import { flyingAt, lossesAt, stageOf } from '#lib/stage/parcel.ts';
import { parcelsOf } from '#lib/stage/parcels.ts';
import { contentsOf } from '#lib/stage/contents.ts';
import { datagram, handshake, Story } from './story.ts';

describe('contents', () => {
	test.each([
		['S', '', 'syn', 'S'],
		['SA', '', 'synack', 'SA'],
		['A', '', 'ack', 'A'],
		['PA', 'STAT\r\n', 'data', 'PA'],
		['A', 'x', 'data', 'A'],
		['FA', '', 'fin', 'FA'],
		['FPA', '+OK bye\r\n', 'fin', 'FPA'],
		['R', '', 'rst', 'R'],
		['RA', '', 'rst', 'RA'],
		['', '', 'ack', '0'],
		['PUA', 'x', 'data', 'PUA']
	])('flags %s with %j are %s, letters %s', (flags, payload, kind, letters) => {
		expect(contentsOf(datagram(flags, payload))).toMatchObject({ kind, letters, octets: payload.length });
	});

	test.each([
		['USER ada\r\n', 'text', 'USER', 'USER ada'],
		['+OK 2 320\r\n', 'text', '+OK', '+OK 2 320'],
		['-ERR no\r\n', 'text', '-ERR', '-ERR no'],
		['top 1 0\r\n', 'text', 'TOP', 'top 1 0'],
		['Subject: hello\r\nX: y', 'text', '', 'Subject: hello'],
		['WELCOMED\r\n', 'text', '', 'WELCOMED'],
		['\x16\x03\x01\xff', 'binary', 'TLS', 'TLS Handshake'],
		['\x17\xff\x01\xff', 'binary', '', '····'],
		['', null, '', '']
	])('payload %j is %s with the word %j', (payload, paper, word, line) => {
		expect(contentsOf(datagram('PA', payload))).toMatchObject({ paper, word, line });
	});

	test.each([
		[25, 'EHLO desk\r\n', 'smtp', 'SMTP EHLO', 'SMTP EHLO desk'],
		[587, '250-post\r\n250 OK\r\n', 'smtp', 'SMTP 250', 'SMTP 250-post'],
		[25, 'Hello Ada,\r\n', 'smtp', 'SMTP', 'SMTP Hello Ada,'],
		[143, 'a1 login ada x\r\n', 'imap', 'IMAP A1 LOGIN', 'IMAP a1 login ada x'],
		[143, '* OK ready\r\n', 'imap', 'IMAP * OK', 'IMAP * OK ready'],
		[995, '\x17\x03\x03\x00\x20', 'tls', 'TLS', 'TLS Application Data'],
		[995, '\xf0\x9a\x00\x01', 'tls', 'TLS', 'TLS'],
		[80, 'GET / HTTP/1.1\r\n', null, '', 'GET / HTTP/1.1'],
		[110, '', null, '', '']
	] as const)('on port %i %j is spoken as %s', (port, payload, speech, word, line) => {
		for (const right of [true, false])
			expect(contentsOf(datagram('PA', payload, right, port))).toMatchObject({ speech, word, line });
	});

	test('other protocols and octets that are no packet at all are drawn plainly', () => {
		const udp = encodeIpv4({ src: 1, dst: 2, protocol: 17 }, new Uint8Array(20));
		const ping = encodeIpv4({ src: 1, dst: 2, protocol: 1 }, new Uint8Array(8));
		expect(contentsOf(udp).kind).toBe('ip');
		expect(contentsOf(ping)).toMatchObject({ kind: 'icmp', letters: 'ICMP' });
		const whole = datagram('PA', 'USER ada\r\n');
		for (let length = 0; length < 40; length++) expect(contentsOf(whole.subarray(0, length)).kind).toBe('ip');
	});
});

describe('on its way', () => {
	test('future, flying, arrived: by log position, not by time', () => {
		const { log } = handshake();
		const [syn] = parcelsOf(log);
		expect(syn).toMatchObject({ packet: 1, sent: 1, ended: 2, at: 0, until: 20_000, lost: false });
		if (syn) expect([1, 2, 3].map((cursor) => stageOf(syn, cursor))).toEqual(['future', 'flying', 'arrived']);
		expect(flyingAt(parcelsOf(log), 5).map(({ packet }) => packet)).toEqual([2]);
	});

	test('what has not ended in the log yet flies on', () => {
		const story = new Story();
		story.send(0, 'desk', 'S');
		expect(flyingAt(parcelsOf(story.log), 1)).toHaveLength(1);
	});

	test('the X of a lost packet stays until the next one leaves', () => {
		const story = new Story();
		const first = story.send(0, 'desk', 'S', { lost: true });
		story.lose(10, first);
		story.add(500, { kind: 'terminal', host: 'desk', origin: 'local', octets: '' });
		story.send(1000, 'desk', 'S', { again: first });
		const parcels = parcelsOf(story.log);
		expect([1, 2, 3, 4].map((cursor) => lossesAt(parcels, cursor).map(({ packet }) => packet))).toEqual([
			[],
			[1],
			[1],
			[]
		]);
		expect(parcels[1]).toMatchObject({ again: first, lost: false });
	});

	test('the fall takes half of a long gap', () => {
		const story = new Story();
		const packet = story.send(0, 'desk', 'S', { lost: true });
		story.lose(10, packet);
		story.send(1010, 'desk', 'S', { again: packet });
		expect(parcelsOf(story.log)[0]?.fall).toBe(500_000);
		expect(parcelsOf(story.log.slice(0, 2))[0]?.fall).toBeGreaterThan(0);
	});

	test('a host may discard what has arrived', () => {
		const story = new Story();
		const packet = story.send(0, 'desk', 'S');
		story.arrive(20, packet, 'post');
		story.lose(20, packet, 'post');
		const parcels = parcelsOf(story.log);
		expect(parcels[0]).toMatchObject({ ended: 1, refused: { at: 2, reason: 'checksum' } });
		expect(lossesAt(parcels, 2)).toEqual([]);
		expect(lossesAt(parcels, 3)).toEqual(parcels);
		if (parcels[0])
			expect(tell(parcels[0], 'arrived')).toBe('Packet 1, desk to post: SYN, discarded on arrival');
	});

	test('in words', () => {
		const story = new Story();
		story.send(0, 'post', 'PA', { payload: '+OK hi\r\n', again: 7 });
		const [parcel] = parcelsOf(story.log);
		expect(parcel && tell(parcel, 'flying')).toBe(
			'Packet 1, post to desk: data, 8 bytes, +OK hi, retransmission of 7, on its way'
		);
	});
});
