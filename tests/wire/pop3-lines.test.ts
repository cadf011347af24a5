import { describe, expect, test } from 'vitest';
import type { Node } from '#lib/wire/node.ts';
import { problems } from '#lib/wire/nodes.ts';
import { dissectPop3 } from '#lib/wire/pop3-lines.ts';
import { fromLatin1 } from '#lib/wire/text.ts';
import { coverFault } from './support.ts';

const short: Record<string, string> = {
	'pop.request': 'C',
	'pop.request.command': 'keyword',
	'pop.request.parameter': 'argument',
	'pop.response': 'S',
	'pop.response.indicator': 'indicator',
	'pop.response.description': 'description',
	'pop.response.data': 'data',
	'pop.continuation': 'more',
	'pop.challenge': 'challenge',
	'pop.text': 'text',
	'pop.stuffed_dot': 'stuffed',
	'pop.final_dot': 'final',
	'pop.space': '_',
	'pop.crlf': 'end'
};

/** `C(keyword:USER _:1 space argument:ada end:CR LF)`. */
function tell(node: Node): string {
	const name = short[node.name]!;
	return node.children ? `${name}(${node.children.map(tell).join(' ')})` : `${name}:${node.shown}`;
}

function lines(text: string, fromServer: boolean): Node {
	const bytes = fromLatin1(`--${text}`);
	const node = dissectPop3(bytes, 2, bytes.length, fromServer);
	// the node starts at octet 2: a leaf before it makes the cover whole
	const before: Node = { name: 'x', label: 'x', shown: '', bits: [0, 16], rfc: 'x', note: 'x' };
	const all: Node = { ...before, bits: [0, bytes.length * 8], children: [before, node] };
	expect(coverFault(all, bytes.length * 8)).toBe('');
	expect(node.name).toBe('pop');
	return node;
}

function client(text: string): string[] {
	return lines(text, false).children!.map(tell);
}

function server(text: string): string[] {
	return lines(text, true).children!.map(tell);
}

describe('commands (RFC 1939 §3)', () => {
	test.each([
		['QUIT\r\n', ['C(keyword:QUIT end:CR LF)']],
		['USER ada\r\n', ['C(keyword:USER _:1 space argument:ada end:CR LF)']],
		['top  1 5 \r\n', ['C(keyword:top _:2 spaces argument:1 5  end:CR LF)']],
		['STAT \r\n', ['C(keyword:STAT _:1 space end:CR LF)']],
		['\r\n', ['C(end:CR LF)']],
		['US', ['C(keyword:US)']],
		['STAT\r\nLIST\r\nQU', ['C(keyword:STAT end:CR LF)', 'C(keyword:LIST end:CR LF)', 'C(keyword:QU)']],
		['STAT\r', ['C(keyword:STAT end:CR)']],
		['\nSTAT\r\n', ['C(end:LF)', 'C(keyword:STAT end:CR LF)']]
	])('%j', (text, expected) => {
		expect(client(text)).toEqual(expected);
		expect(problems(lines(text, false))).toEqual([]);
	});

	test.each([
		['STAT\n', 'a line feed without the carriage return before it does not end a line'],
		['STAT\rLIST\r\n', 'a carriage return without the line feed after it does not end a line'],
		[' STAT\r\n', 'a command starts with its keyword, not with a space'],
		['PASS \xe9t\xe9\r\n', 'only printable ASCII characters are allowed here'],
		['ST\x01AT\r\n', 'only printable ASCII characters are allowed here'],
		[`USER ${'a'.repeat(249)}\r\n`, 'the line has 256 octets, at most 255 are allowed']
	])('%j is told off', (text, problem) => {
		expect(problems(lines(text, false)).map((node) => node.problem)).toEqual([problem]);
	});

	test('255 octets are allowed', () => {
		expect(problems(lines(`USER ${'a'.repeat(248)}\r\n`, false))).toEqual([]);
	});

	test('control characters are shown, not obeyed', () => {
		expect(client('A\x1b[2J\x7f\r\n')).toEqual(['C(keyword:A\\x1b[2J\\x7f end:CR LF)']);
	});
});

describe('replies', () => {
	test.each([
		['+OK\r\n', ['S(indicator:+OK end:CR LF)']],
		['-ERR no such message\r\n', ['S(indicator:-ERR _:1 space description:no such message end:CR LF)']],
		[
			'+OK 2 messages\r\n1 120\r\n.\r\n',
			[
				'S(indicator:+OK _:1 space description:2 messages end:CR LF)',
				'data(text:1 120 end:CR LF)',
				'data(final:. end:CR LF)'
			]
		],
		[
			'+OK\r\n..\r\n...x\r\n\r\na.b\r\n.\r\n',
			[
				'S(indicator:+OK end:CR LF)',
				'data(stuffed:. text:. end:CR LF)',
				'data(stuffed:. text:..x end:CR LF)',
				'data(end:CR LF)',
				'data(text:a.b end:CR LF)',
				'data(final:. end:CR LF)'
			]
		],
		[
			'+OK\r\n+OK is what I say\r\n',
			['S(indicator:+OK end:CR LF)', 'data(text:+OK is what I say end:CR LF)']
		],
		['+ PDk=\r\n', ['challenge(text:+ PDk= end:CR LF)']],
		['+\r\n', ['challenge(text:+ end:CR LF)']]
	])('%j', (text, expected) => {
		expect(server(text)).toEqual(expected);
		expect(problems(lines(text, true))).toEqual([]);
	});

	test('a dot not doubled is told off', () => {
		expect(problems(lines('+OK\r\n.x\r\n', true)).map((n) => [n.name, n.problem])).toEqual([
			['pop.stuffed_dot', 'a line that starts with a dot needs a second one']
		]);
	});

	test('a status line has at most 512 octets', () => {
		expect(problems(lines(`+OK ${'a'.repeat(506)}\r\n`, true))).toEqual([]);
		expect(problems(lines(`+OK ${'a'.repeat(507)}\r\n`, true))).toHaveLength(1);
	});
});

describe('a segment from the middle of a reply', () => {
	test.each([
		[
			'lo world\r\nbye\r\n.\r\n',
			['more(text:lo world end:CR LF)', 'more(text:bye end:CR LF)', 'more(final:. end:CR LF)']
		],
		['.\r\n', ['more(final:. end:CR LF)']],
		['.\r\nmore\r\n', ['more(text:. end:CR LF)', 'more(text:more end:CR LF)']],
		['..x\r\n..y\r\n', ['more(text:..x end:CR LF)', 'more(stuffed:. text:.y end:CR LF)']],
		['\n.\r\n', ['more(end:LF)', 'more(final:. end:CR LF)']],
		['x\r\n.', ['more(text:x end:CR LF)', 'more(text:.)']],
		['+O', ['more(text:+O)']],
		['+ok\r\n', ['more(text:+ok end:CR LF)']]
	])('%j', (text, expected) => {
		expect(server(text)).toEqual(expected);
	});
});

test('the node says what the segment starts with', () => {
	expect(lines('+OK 2 messages\r\n1 120\r\n.\r\n', true).shown).toBe('+OK 2 messages (3 lines)');
	expect(lines('QUIT\r\n', false).shown).toBe('QUIT');
});
