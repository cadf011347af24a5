import { expect, test } from 'vitest';
import { placeIn, readWanted } from '#lib/player/find.ts';
import { fromLatin1 } from '#lib/wire/text.ts';

const octets = (line: string) => {
	const read = readWanted(line);
	if (!read.ok || read.wanted.kind !== 'octets') throw new Error(`${line} is not read as octets`);
	return { bytes: [...read.wanted.octets], said: read.wanted.said, anyCase: read.wanted.anyCase };
};

test('a number is a packet', () => {
	expect(readWanted(' 12 ')).toEqual({ ok: true, wanted: { kind: 'packet', packet: 12 } });
});

test('pairs of hex digits are octets, a text in quotes is its letters', () => {
	const crlf = { bytes: [13, 10], said: '0d 0a', anyCase: false };
	for (const line of ['0d 0a', '0D0A', '0x0d0a', '0d:0a']) expect(octets(line)).toEqual(crlf);
	expect(octets('12 34').bytes).toEqual([0x12, 0x34]);
	for (const line of ['"USER"', "'USER'", '"USER'])
		expect(octets(line)).toEqual({ bytes: [0x55, 0x53, 0x45, 0x52], said: '"USER"', anyCase: true });
});

test.for([
	['', /packet number/],
	['USER', /packet number/],
	['0d 0', /pairs of digits/],
	['"ü"', /Only ASCII/],
	['9'.repeat(300), /At most 200/]
] as const)('%s is not understood', ([line, say]) => {
	expect(readWanted(line)).toEqual({ ok: false, say: expect.stringMatching(say) });
});

test('octets are found where they begin, a text in any case', () => {
	const bytes = fromLatin1('xxUSer uSER');
	expect(placeIn(bytes, fromLatin1('user'), true)).toBe(2);
	expect(placeIn(bytes, fromLatin1('uSER'), false)).toBe(7);
	expect(placeIn(bytes, fromLatin1('users'), true)).toBe(-1);
	expect(placeIn(new Uint8Array(0), fromLatin1('u'), true)).toBe(-1);
	expect(placeIn(fromLatin1('aab'), fromLatin1('ab'), false)).toBe(1);
});
