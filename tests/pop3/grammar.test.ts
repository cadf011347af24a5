import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands, findCommand, isMultiLine, usage } from '#lib/pop3/commands.ts';
import type { Line } from '#lib/pop3/framer.ts';
import { ARGUMENT_LIMIT, readCommand } from '#lib/pop3/grammar.ts';

const line = (text: string, rest: Partial<Line> = {}): Line => ({
	text,
	end: 'CRLF',
	tooLong: false,
	...rest
});
const read = (text: string) => readCommand(line(text));
const digest = 'c4c9334bac560ecc979e58001b3e22fb';

describe('well-formed lines', () => {
	test.each([
		['USER ada', { type: 'USER', name: 'ada' }],
		['user ada', { type: 'USER', name: 'ada' }],
		['uSeR ADA', { type: 'USER', name: 'ADA' }],
		['PASS lovelace', { type: 'PASS', secret: 'lovelace' }],
		['PASS a  b ', { type: 'PASS', secret: 'a  b ' }],
		['PASS  ', { type: 'PASS', secret: ' ' }],
		[`PASS ${'p'.repeat(248)}`, { type: 'PASS', secret: 'p'.repeat(248) }],
		[`APOP mrose ${digest}`, { type: 'APOP', name: 'mrose', secret: digest }],
		['STAT', { type: 'STAT' }],
		['LIST', { type: 'LIST', number: null }],
		['LIST 2', { type: 'LIST', number: 2 }],
		['RETR 0', { type: 'RETR', number: 0 }],
		['RETR 007', { type: 'RETR', number: 7 }],
		['TOP 3 10', { type: 'TOP', number: 3, lines: 10 }],
		['TOP 3 0', { type: 'TOP', number: 3, lines: 0 }],
		[`USER ${'n'.repeat(ARGUMENT_LIMIT)}`, { type: 'USER', name: 'n'.repeat(ARGUMENT_LIMIT) }]
	])('%s', (text, event) => {
		expect(read(text)).toEqual({ name: '', secret: '', number: null, lines: 0, fault: null, ...event });
	});
});

describe('malformed lines have a name for what is wrong', () => {
	test.each([
		['', 'emptyLine'],
		['XYZZY', 'unknownCommand'],
		['STATS', 'unknownCommand'],
		['USERada', 'unknownCommand'],
		[' STAT', 'spacing'],
		['\tSTAT', 'notPrintable'],
		['ST\x00AT', 'notPrintable'],
		['USER \xe9ve', 'notPrintable'],
		['PASS caf\xe9', 'notPrintable'],
		['\xff\xfe', 'notPrintable'],
		['USER', 'nameRequired'],
		['USER ', 'nameRequired'],
		['USER  ada', 'spacing'],
		['USER ada ', 'spacing'],
		['USER ada lovelace', 'tooManyArguments'],
		[`USER ${'n'.repeat(ARGUMENT_LIMIT + 1)}`, 'argumentTooLong'],
		['PASS', 'passwordRequired'],
		['PASS ', 'passwordRequired'],
		['APOP', 'nameRequired'],
		['APOP mrose', 'digestRequired'],
		[`APOP mrose ${digest.toUpperCase()}`, 'digestRequired'],
		[`APOP mrose ${digest} x`, 'tooManyArguments'],
		['STAT 1', 'tooManyArguments'],
		['STAT ', 'spacing'],
		['RETR', 'numberRequired'],
		['RETR ', 'numberRequired'],
		['RETR x', 'numberRequired'],
		['RETR -1', 'numberRequired'],
		['RETR 1.5', 'numberRequired'],
		['RETR 1e3', 'numberRequired'],
		['RETR 1 2', 'tooManyArguments'],
		['RETR  1', 'spacing'],
		[`RETR ${'9'.repeat(41)}`, 'argumentTooLong'],
		['LIST x', 'numberRequired'],
		['TOP', 'numberRequired'],
		['TOP 1', 'linesRequired'],
		['TOP 1 x', 'linesRequired'],
		['TOP x 1', 'numberRequired'],
		['TOP 1 2 3', 'tooManyArguments'],
		['QUIT now', 'tooManyArguments']
	])('%j', (text, fault) => {
		expect(read(text)).toMatchObject({ fault });
	});

	test('line ends and length come first', () => {
		expect(readCommand(line('STAT', { end: 'LF' }))).toEqual({ type: 'BAD LINE', fault: 'bareLF' });
		expect(readCommand(line('STAT', { end: 'CR' }))).toEqual({ type: 'BAD LINE', fault: 'bareCR' });
		expect(readCommand(line('STAT', { end: 'LF', tooLong: true })).fault).toBe('lineTooLong');
	});

	test('any line at all is read without an exception, and to plain data', () => {
		const words = fc.constantFrom(...commands.map(({ keyword }) => keyword), ' ', '1', 'x', '\x80', '');
		const text = fc.oneof(
			fc.string({ unit: 'binary-ascii' }),
			fc.array(words).map((some) => some.join(''))
		);
		fc.assert(
			fc.property(text, fc.constantFrom<Line['end']>('CRLF', 'LF', 'CR'), (some, end) => {
				const event = readCommand(line(some, { end }));
				expect(JSON.parse(JSON.stringify(event))).toEqual(event);
			})
		);
	});
});

describe('the command table', () => {
	test('examples are well-formed and are examples of their command', () => {
		for (const { keyword, example } of commands) {
			expect(read(example)).toMatchObject({ type: keyword, fault: null });
		}
	});

	test('keywords are three or four letters, unique, and found in any case', () => {
		const keywords = commands.map(({ keyword }) => keyword);
		expect(new Set(keywords).size).toBe(keywords.length);
		for (const keyword of keywords) {
			expect(keyword).toMatch(/^[A-Z]{3,4}$/);
			expect(findCommand(keyword.toLowerCase())?.keyword).toBe(keyword);
		}
		expect(findCommand('toString')).toBeUndefined();
	});

	test('every command says what it means in one sentence, and where the RFC says so', () => {
		for (const { means, rfc } of commands) {
			expect(means).toMatch(/^[A-Z][^.]*\.$/);
			expect(rfc).toMatch(/^RFC 1939 §\d/);
		}
	});

	test('which replies are multi-line', () => {
		const multi = ['LIST', 'list', 'RETR 1', 'TOP 1 0', 'UIDL', 'uidl ', 'uidl  '];
		const single = [
			'USER a',
			'PASS a',
			'APOP a b',
			'STAT',
			'LIST 1',
			'UIDL 1',
			'DELE 1',
			'NOOP',
			'RSET',
			'QUIT'
		];
		expect(multi.filter((text) => !isMultiLine(text))).toEqual([]);
		expect([...single, 'XYZZY', ''].filter(isMultiLine)).toEqual([]);
	});

	test('usage is as the RFC writes it', () => {
		const shown = commands.map(usage);
		expect(shown).toEqual(expect.arrayContaining(['APOP name digest', 'LIST [msg]', 'TOP msg n', 'STAT']));
	});
});
