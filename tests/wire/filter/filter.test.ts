// Display filters: what they let through, what they refuse and where, what they may go on with.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completions } from '#lib/wire/filter/complete.ts';
import { FIELDS } from '#lib/wire/filter/fields.ts';
import { matches, subjectOf } from '#lib/wire/filter/matches.ts';
import { parseFilter } from '#lib/wire/filter/parse.ts';
import { parseAddress } from '#lib/wire/address.ts';
import { encodeIpv4, TCP_PROTOCOL } from '#lib/wire/ipv4.ts';
import { encodeTcp, type TcpOption } from '#lib/wire/tcp.ts';
import { fromLatin1 } from '#lib/wire/text.ts';

const src = parseAddress('192.0.2.10');
const dst = parseAddress('198.51.100.25');

function packet(given: { flags: number; text?: string; options?: readonly TcpOption[] }): Uint8Array {
	const { flags, text = '', options = [] } = given;
	const numbers = { srcPort: 49152, dstPort: 110, seq: 1000, ack: 0, window: 65535, urgent: 0 };
	const segment = encodeTcp({ ...numbers, flags, options, payload: fromLatin1(text) }, src, dst);
	return encodeIpv4({ src, dst, protocol: TCP_PROTOCOL, ttl: 64, id: 7 }, segment);
}

const SYN = packet({ flags: 0x02, options: [{ kind: 'mss', value: 1460 }] });
const DELE = packet({ flags: 0x18, text: 'DELE 2\r\n' });

function passes(source: string, bytes: Uint8Array, number = 1): boolean {
	const parsed = parseFilter(source);
	if (!parsed.ok) throw new Error(`${parsed.at.join('..')}: ${parsed.say}`);
	return matches(parsed.filter, subjectOf(bytes, number));
}

describe('lets through', () => {
	test.for([
		['', true, true],
		['tcp', true, true],
		['udp', false, false],
		['tcp.flags.syn == 1 && ip.ttl < 65', true, false],
		['tcp.flags.syn', true, true],
		['tcp.flags.syn == True', true, false],
		['!tcp.flags.syn == 1', false, true],
		['not (tcp.flags & 0x02)', false, true],
		['tcp.flags & 0x18 == 0x18', false, true],
		['tcp.flags == 0x018 or tcp.flags eq 2', true, true],
		['pop.request.command == "DELE"', false, true],
		['pop.request.command != "DELE"', false, false],
		['pop.request.parameter contains "2"', false, true],
		['tcp.payload contains "LE 2\\r\\n"', false, true],
		['tcp.payload contains "\\x44ELE"', false, true],
		['tcp.port == 110', true, true],
		['tcp.port != 110', false, false],
		['tcp.dstport in {25, 100..120}', true, true],
		['tcp.dstport in {25, 120..130}', false, false],
		['ip.addr == 192.0.2.0/24', true, true],
		['ip.src == 198.51.100.25 || ip.dst == 198.51.100.25', true, true],
		['ip.src > 192.0.2.200', false, false],
		['tcp.options.mss_val >= 1460', true, false],
		['tcp.hdr_len == 24', true, false],
		['ip.hdr_len == 20', true, true],
		['tcp.len == 8', false, true],
		['frame.len == 44', true, false],
		['frame.number == 1', true, true]
	] as const)('%s', ([source, syn, dele]) => {
		expect([passes(source, SYN), passes(source, DELE)]).toEqual([syn, dele]);
	});

	test('&& binds closer than ||', () => {
		expect(passes('udp && udp || tcp', SYN)).toBe(true);
		expect(passes('udp && (udp || tcp)', SYN)).toBe(false);
	});

	test('octets of any kind', () => {
		expect(passes('ip', new Uint8Array(0))).toBe(false);
		expect(passes('ip.version == 4', Uint8Array.of(0x45))).toBe(true);
		expect(passes('tcp.srcport == 1', new Uint8Array(3))).toBe(false);
	});
});

describe('refuses, with the place', () => {
	test.for([
		['tcp.flag.syn', 0, 12, /no field is called tcp.flag.syn; did you mean tcp.flags.syn\?/],
		['ip && nonsense.at.all', 6, 21, /^no field is called nonsense.at.all$/],
		['ip.ttl == "x"', 10, 13, /ip.ttl is a number/],
		['ip.src == 300.1.1.1', 10, 19, /300.1.1.1 is no address/],
		['ip.src == 10.0.0.0/33', 10, 21, /at most 32 bits/],
		['ip.src == 5', 10, 11, /is an address such as/],
		['pop.request.command == DELE', 23, 27, /put in quotes/],
		['pop.request.command > "A"', 20, 21, /it can be == or !=/],
		['tcp == 1', 4, 6, /tcp is there or not/],
		['(tcp', 4, 4, /the \( at character 1 is not closed/],
		['tcp tcp', 4, 7, /there can be && or \|\|, not "tcp"/],
		['tcp &&', 6, 6, /a field belongs here.*not the end/],
		['tcp.port in 5', 12, 13, /after in there must be \{/],
		['tcp.port in {5', 14, 14, /is not closed/],
		['ip.src & 1', 9, 10, /no bits to be masked/],
		['tcp.payload contains "a', 21, 23, /no closing "/],
		['tcp.payload contains "\\q"', 22, 24, /after a \\/],
		['tcp.seq_raw contains "a"', 21, 24, /only texts contain something/],
		['tcp # udp', 4, 5, /"#" means nothing here/],
		['!'.repeat(60) + 'tcp', 50, 51, /at most 50 within each other/],
		['x'.repeat(2000), 1000, 2000, /at most 1000 characters/]
	] as const)('%s', ([source, from, to, say]) => {
		const parsed = parseFilter(source);
		expect(parsed).toMatchObject({ ok: false, at: [from, to], say: expect.stringMatching(say) });
	});

	test('nothing ever throws, whatever is typed', () => {
		const word = fc.constantFrom(
			...[...FIELDS.keys()].slice(0, 30),
			'==',
			'!',
			'(',
			')',
			'{',
			'}',
			'&',
			'"',
			'\\',
			'1',
			'0x',
			'..',
			'in',
			'10.0.0.1/8',
			'contains',
			'é'
		);
		fc.assert(
			fc.property(fc.array(word, { maxLength: 12 }), fc.constantFrom('', ' '), (words, between) => {
				const source = words.join(between);
				const parsed = parseFilter(source);
				if (parsed.ok) expect(typeof matches(parsed.filter, subjectOf(DELE, 1))).toBe('boolean');
				else expect(parsed.at[0]).toBeLessThanOrEqual(parsed.at[1]);
			}),
			{ numRuns: 2000 }
		);
	});
});

describe('goes on with', () => {
	test('fields that begin like the word at the caret, the shortest first', () => {
		const found = completions('ip && tcp.fl', 12);
		expect(found[0]).toEqual({ name: 'tcp.flags', label: 'Control bits', at: [6, 12] });
		expect(found.every(({ name }) => name.startsWith('tcp.fl'))).toBe(true);
	});
	test('the rest of the word is replaced', () => {
		expect(completions('tcp.flags.s == 1', 9).find(({ name }) => name === 'tcp.flags.syn')?.at).toEqual([
			0, 11
		]);
	});
	test('nothing within a text, and nothing where there is no word', () => {
		expect(completions('pop.request.command == "tcp', 27)).toEqual([]);
		expect(completions('tcp ', 4)).toEqual([]);
	});
});
