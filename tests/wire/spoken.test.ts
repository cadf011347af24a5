// What a segment is written in: TLS by its record header, the rest by port, and nothing is guessed.
import { describe, expect, test } from 'vitest';
import { recordAt, speechOf } from '#lib/wire/spoken.ts';
import { fromLatin1 } from '#lib/wire/text.ts';

const speech = (text: string, port: number) => {
	const bytes = fromLatin1(`__${text}`);
	const both = [
		speechOf(bytes, 2, bytes.length, 49_152, port),
		speechOf(bytes, 2, bytes.length, port, 49_152)
	];
	expect(both[0]).toBe(both[1]);
	return both[0];
};
const record = (text: string) => recordAt(fromLatin1(text), 0, text.length);

test.each([
	['\x16\x03\x01\x00\xf4\x01', 'Client Hello'],
	['\x16\x03\x03\x00\xf4\x02', 'Server Hello'],
	['\x16\x03\x03\x00\xf4\x0b', 'Handshake'],
	['\x14\x03\x03\x00\x01\x01', 'Change Cipher Spec'],
	['\x15\x03\x03', 'Alert'],
	['\x17\x03\x04\x00\x20', 'Application Data'],
	['\x17\x03', null],
	['\x17\x02\x03\x00', null],
	['\x17\x03\x05\x00', null],
	['\x18\x03\x03\x00', null],
	['\x13\x03\x03\x00', null],
	['+OK', null],
	['', null]
])('%j begins %s', (octets, what) => {
	expect(record(octets)).toBe(what);
});

test('what lies beyond the segment is not read', () => {
	expect(recordAt(fromLatin1('\x16\x03\x01\x00\xf4\x01'), 0, 5)).toBe('Handshake');
});

describe('speech', () => {
	test.each([
		[110, 'pop3'],
		[25, 'smtp'],
		[587, 'smtp'],
		[143, 'imap'],
		[80, null],
		[22, null],
		[2110, 'pop3']
	])('on port %i text is %s', (port, what) => {
		expect(speech('anything\r\n', port)).toBe(what);
	});

	test('a record is TLS on any port: STARTTLS needs no guess', () => {
		for (const port of [110, 25, 143, 80, 2110, 995])
			expect(speech('\x16\x03\x01\x02\x00\x01', port)).toBe('tls');
	});

	test('on the ports of TLS what begins no record is the rest of one, and plain text is not', () => {
		for (const port of [465, 993, 995]) {
			expect(speech('\xf1\x00\x80', port)).toBe('tls');
			expect(speech('+OK in the clear\r\n', port)).toBeNull();
		}
		expect(speech('\xf1\x00\x80', 110)).toBe('pop3');
	});
});
