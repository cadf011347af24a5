/** What a server must not send: each has its sentence and its place, wherever the segments are cut. */
import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { policy } from '#lib/pop3/policy.ts';
import { LETTER_LIMIT, REPLY_LIMIT, ReplyParser } from '#lib/pop3/reply-parser.ts';
import type { Body, Read } from '#lib/pop3/reply.ts';
import { SegmentReader } from '#lib/pop3/segment-reader.ts';
import { readPopstate, writePopstate } from '#lib/pop3/popstate.ts';
import { octets } from './story.ts';
import { Mailer } from './sync.ts';

const BEGIN = ['+OK ready', '+OK', '+OK'];
const LISTS = ['+OK 2 10', '+OK\r\n1 4\r\n2 6\r\n.', '+OK\r\n1 a\r\n2 b\r\n.'];

/** The complaints of a mail program to which a server sends this after its login, in pieces of one octet. */
function heard(replies: readonly string[], name = 'leave', end: 'ended' | 'none' = 'none'): string[] {
	const mailer = new Mailer(name, { settings: { capa: false, login: ['user'] } });
	mailer.session.connected();
	for (const reply of [...BEGIN, ...replies].map((text) => `${text}\r\n`))
		for (const octet of octets(reply)) mailer.session.octets(Uint8Array.of(octet));
	if (end === 'ended') mailer.session.ended();
	return mailer.problems;
}

describe('one line', () => {
	test.each([
		['+ok', '"+ok" begins with neither +OK nor -ERR'],
		['+OKAY', '"+OKAY" begins with neither +OK nor -ERR'],
		[' +OK', '" +OK" begins with neither +OK nor -ERR'],
		['-err no', '"-err no" begins with neither +OK nor -ERR'],
		['', '"" begins with neither +OK nor -ERR'],
		['+ PDEyMz4=', '"+ PDEyMz4=" begins with neither +OK nor -ERR'],
		['+OK 2 10\n+OK', 'a line ends with LF alone, without CR'],
		['+OK\r2 10', 'a CR without LF after it'],
		['+OK 2\x0010', 'a control character in "+OK 2\\u000010"'],
		[`+OK ${'x'.repeat(REPLY_LIMIT - 5)}`, 'a line of more than 512 octets'],
		['+OK two letters', '"two letters" is not a number of letters and one of octets'],
		['+OK 2', '"2" is not a number of letters and one of octets'],
		['+OK -2 10', '"-2 10" is not a number of letters and one of octets']
	])('STAT answered %j', (reply, what) => {
		expect(heard([reply])).toEqual([`drop: ${what} (reply to STAT)`]);
	});

	test('one of exactly 512 octets is taken', () => {
		expect(heard([`+OK 2 10 ${'x'.repeat(REPLY_LIMIT - 11)}`])).toEqual([]);
	});

	test('the greeting has a place of its own', () => {
		const mailer = new Mailer('leave');
		mailer.session.connected();
		mailer.session.octets(octets('220 post ESMTP\r\n'));
		expect(mailer.problems).toEqual(['drop: "220 post ESMTP" begins with neither +OK nor -ERR (greeting)']);
		const unwelcome = new Mailer('leave');
		unwelcome.session.connected();
		unwelcome.session.octets(octets('-ERR closed\r\n'));
		expect(unwelcome.problems).toEqual(['drop: the server does not want to speak: "closed" (greeting)']);
	});
});

describe('listings', () => {
	test.each([
		[
			'+OK\r\n1 4\r\n-ERR oops',
			'"-ERR oops" where a line of the listing or the final dot must be',
			'LIST, line 3'
		],
		['+OK\r\n1 4\r\n2 six\r\n.', '"2 six" is not a message number and its size', 'LIST, line 3'],
		['+OK\r\n0 4\r\n2 6\r\n.', 'message number 0: they count from 1', 'LIST, line 2'],
		['+OK\r\n1 4\r\n1 6\r\n.', 'message number 1 is given twice', 'LIST, line 3'],
		['+OK\r\n1 4\r\n.2 6', '".2 6" begins with a dot that is not doubled', 'LIST, line 3'],
		['+OK\r\n1 4\n2 6', 'a line ends with LF alone, without CR', 'LIST, line 2']
	])('LIST answered %j', (reply, what, where) => {
		expect(heard(['+OK 2 10', reply])).toEqual([`drop: ${what} (reply to ${where})`]);
	});

	test('counts that contradict each other', () => {
		expect(heard(['+OK 3 10', LISTS[1] ?? ''])).toEqual([
			'stop: 2 letters are listed, but STAT said 3 (reply to LIST)'
		]);
		expect(heard(['+OK 2 11', LISTS[1] ?? ''])).toEqual([
			'remark: the letters have 10 octets together, but STAT said 11 (reply to LIST)'
		]);
		expect(heard(['+OK 2 10', LISTS[1] ?? '', '+OK\r\n1 a\r\n3 b\r\n.'])).toEqual([
			'stop: its message numbers are not those of LIST (reply to UIDL)'
		]);
		expect(heard(['+OK 2 10', LISTS[1] ?? '', '+OK\r\n1 a\r\n.'])).toEqual([
			'stop: its message numbers are not those of LIST (reply to UIDL)'
		]);
	});

	test.each([
		['1 a b', '"1 a b" is not a message number and its unique-id'],
		['1', '"1" is not a message number and its unique-id'],
		[`1 ${'u'.repeat(71)}`, `"1 ${'u'.repeat(58)}…" is not a message number and its unique-id`],
		['0 a', 'message number 0: they count from 1']
	])('UIDL with %j', (row, what) => {
		expect(heard([...LISTS.slice(0, 2), `+OK\r\n${row}\r\n.`])).toEqual([
			`drop: ${what} (reply to UIDL, line 2)`
		]);
	});

	test('two letters of one unique-id are allowed (RFC 1939 §7), and both are fetched', () => {
		const same = [...LISTS.slice(0, 2), '+OK\r\n1 a\r\n2 a\r\n.', '+OK\r\nab\r\n.', '+OK\r\nabcd\r\n.'];
		expect(heard(same)).toEqual([]);
	});

	test('LIST n in several lines, or about another letter', () => {
		const each = (reply: string) => {
			const mailer = new Mailer('leave', { settings: { capa: false, login: ['user'], sizes: 'each' } });
			mailer.session.connected();
			for (const text of [...BEGIN, '+OK 2 10', reply]) mailer.session.octets(octets(`${text}\r\n`));
			return mailer.problems;
		};
		expect(each('+OK\r\n1 4\r\n.')).toEqual([
			'drop: "" is not the number and the size of the one letter, in this one line (reply to LIST 1)'
		]);
		expect(each('+OK 1 4\r\n.')).toEqual(['drop: "." follows after its end (reply to LIST 1)']);
		expect(each('+OK 2 4')).toEqual(['drop: it speaks of message 2 (reply to LIST 1)']);
	});
});

describe('letters', () => {
	test('a dot that is not doubled: the letter is not stored, the rest is', () => {
		const mailer = new Mailer('leave', { settings: { capa: false, login: ['user'] } });
		mailer.session.connected();
		const replies = [...BEGIN, ...LISTS, '+OK\r\na\r\n.b\r\n.', '+OK\r\nabcd\r\n.', '+OK'];
		for (const text of replies) mailer.session.octets(octets(`${text}\r\n`));
		expect(mailer.problems).toEqual([
			'remark: a line of the letter begins with a dot that is not doubled (reply to RETR 1, line 3)'
		]);
		expect(mailer.letters.map(({ number }) => number)).toEqual([2]);
		expect(mailer.session.known.map(({ uid }) => uid)).toEqual(['b']);
	});

	test('the end of the connection inside a letter', () => {
		expect(heard([...LISTS, '+OK\r\nab\r\ncd'], 'leave', 'ended')).toEqual([
			'drop: the server closed the connection (reply to RETR 1, line 4)'
		]);
	});

	test('sizes that are not those announced: asked again, then short ones are not stored', () => {
		expect(heard([...LISTS, '+OK\r\na\r\n.', '+OK 1 4', '+OK\r\nabcd\r\n.'])).toEqual([
			'remark: message 1 came with 3 octets of the 4 announced: not stored (reply to LIST 1)'
		]);
		expect(heard([...LISTS, '+OK\r\nabc\r\n.', '+OK 1 4', '+OK\r\nabcd\r\n.'])).toEqual([
			'remark: message 1 came with 5 octets where 4 were announced (reply to LIST 1)'
		]);
		expect(heard([...LISTS, '+OK\r\nabc\r\n.', '+OK 1 5'])).toEqual([
			'drop: message 1 had 4 octets and has 5 now: its number means another letter (reply to LIST 1)'
		]);
		expect(heard([...LISTS, '+OK\r\nabc\r\n.', '-ERR what?'])).toEqual([
			'drop: message 1 was listed and is not there any more: "what?" (reply to LIST 1)'
		]);
	});

	test('a letter that is refused is passed over', () => {
		expect(heard([...LISTS, '-ERR no', '+OK\r\nabcd\r\n.', '+OK'])).toEqual([
			'remark: a letter that was listed is refused: "no" (reply to RETR 1)'
		]);
	});

	test('names that have all changed are remarked upon', () => {
		const known = [{ uid: 'x', standing: 'kept', since: 0 }] as const;
		const mailer = new Mailer('leave', { known, settings: { capa: false, login: ['user'] } });
		mailer.session.connected();
		for (const text of [...BEGIN, ...LISTS]) mailer.session.octets(octets(`${text}\r\n`));
		expect(mailer.problems).toEqual([
			'remark: none of the unique-ids of the one known letter is there any more (reply to UIDL)'
		]);
	});
});

describe('the end', () => {
	const through = [...LISTS, '+OK\r\nab\r\n.', '+OK\r\nabcd\r\n.'];
	test('UPDATE that failed', () => {
		expect(heard([...through, '-ERR some left'])).toEqual([
			'stop: not everything that was marked is deleted: "some left" (reply to QUIT)'
		]);
	});
	test('no answer to QUIT', () => {
		expect(heard(through, 'leave', 'ended')).toEqual([
			'drop: the server closed the connection (reply to QUIT)'
		]);
	});
	test('after it the session takes nothing any more', () => {
		const mailer = new Mailer('leave');
		mailer.session.connected();
		mailer.session.failed('refused');
		expect(mailer.problems).toEqual(['drop: the connection was refused (greeting)']);
		expect([
			mailer.session.octets(octets('+OK\r\n')),
			mailer.session.ended(),
			mailer.session.timeout()
		]).toEqual([[], [], []]);
	});
});

function parse(text: string, body: Body, sizes: readonly number[]): Read | null {
	const parser = new ReplyParser();
	const expected = { label: 'X', body, challenge: false };
	let read: Read | null = null;
	for (let at = 0, i = 0; at < text.length && !read; i++) {
		const size = sizes[i % sizes.length] ?? 1;
		parser.push(octets(text.slice(at, at + size)));
		at += size;
		read = parser.next(expected);
	}
	return read;
}

describe('the parser', () => {
	test.each([1, 2, 3, 5, 1000])('a letter in pieces of %i octets', (size) => {
		const text = '+OK x\r\n..\r\n...a\r\n\r\nlone\rCR and\nLF\r\n\r..\r\n.\r\n';
		const read = parse(text, 'letter', [size]);
		expect(read?.type === 'reply' && octetsToLatin1(read.reply.letter ?? octets('?'))).toBe(
			'.\r\n..a\r\n\r\nlone\rCR and\nLF\r\n\r..\r\n'
		);
		expect(read?.type === 'reply' && [read.reply.lines, read.reply.octets, read.reply.flaw]).toEqual([
			5,
			text.length,
			null
		]);
	});

	test('no letter is kept without end', () => {
		const parser = new ReplyParser();
		const expected = { label: 'RETR 1', body: 'letter', challenge: false } as const;
		parser.push(octets('+OK\r\n'));
		const piece = new Uint8Array(LETTER_LIMIT / 64).fill(120);
		let read: Read | null = null;
		for (let i = 0; i < 66 && !read; i++) {
			parser.push(piece);
			read = parser.next(expected);
		}
		expect(read).toMatchObject({ type: 'problem', what: `a letter of more than ${LETTER_LIMIT} octets` });
	});

	test('a naive one takes a segment for a reply', () => {
		const reader = new SegmentReader();
		reader.push(octets('+OK 4 octets\r\nab'));
		const read = reader.next({ label: 'RETR 1', body: 'letter', challenge: false });
		expect(read?.type === 'reply' && octetsToLatin1(read.reply.letter ?? octets(''))).toBe('ab');
		expect(reader.next({ label: 'RETR 1', body: 'letter', challenge: false })).toBeNull();
	});
});

test('what is remembered is text, and damaged lines are left out', () => {
	const known = [
		{ uid: 'u-1', standing: 'kept', since: 12 },
		{ uid: 'u-2', standing: 'delete', since: 0 },
		{ uid: 'u-3', standing: 'part', since: 5 },
		{ uid: 'u-4', standing: 'fetch', since: 1_795_000_000_000_000 }
	] as const;
	const text = writePopstate(known);
	expect(text).toBe('k u-1 12\nd u-2 0\nb u-3 5\nf u-4 1795000000000000\n');
	expect(readPopstate(text)).toEqual(known);
	expect(readPopstate(`x\nk \nk u-1\nq u-1 2\nk u 1 2\n${text}`)).toEqual(known);
});

test('settings change a policy, the policy itself stays', () => {
	expect(policy('leave', { keepDays: 3 }).keepDays).toBe(3);
	expect(policy('leave').keepDays).toBeNull();
});
