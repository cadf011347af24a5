// Messages as nobody should write them: kept, counted and sent octet for octet; and a mailbox of ten thousand.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createStore } from '#lib/pop3/store.ts';
import { greeted, octets, written } from './story.ts';

const HARD: Readonly<Record<string, string>> = {
	empty: '',
	'one dot': '.',
	'a lone dot line': '.\r\n',
	'header only': 'Subject: x\r\n',
	'empty body': 'Subject: x\r\n\r\n',
	'only dots': 'Subject: x\r\n\r\n.\r\n..\r\n...\r\n.\r\n',
	'every octet': `Subject: x\r\n\r\n${String.fromCharCode(...Array.from({ length: 256 }, (_, i) => i))}\r\n`,
	NUL: 'Subject: x\r\n\r\na\x00b\x00\r\n',
	'a line of 100,000': `Subject: x\r\n\r\n${'x'.repeat(100_000)}\r\n`,
	'lone LF': 'Subject: x\n\n.\nbody\n.\n',
	'lone CR': 'Subject: x\r\r.\rbody\r',
	'CR CR LF': 'Subject: x\r\n\r\na\r\r\n.b\r\r\n',
	'no line end': 'Subject: x\r\n\r\nthe end',
	'ends in CR': 'Subject: x\r\n\r\nthe end\r',
	'looks like replies': 'Subject: x\r\n\r\n+OK\r\n-ERR\r\n.\r\n+OK bye\r\n'
};

/** What a client has that reads by the rules: the size told, and the octets with the stuffing undone. */
function read(reply: string): { told: number; body: string } {
	const status = reply.indexOf('\r\n');
	expect(reply.endsWith('\r\n.\r\n')).toBe(true);
	const lines = reply.slice(status + 2, -3);
	return { told: Number(/^\+OK (\d+)/.exec(reply)?.[1]), body: lines.replace(/(^|\r\n)\./g, '$1') };
}

const boxOf = (texts: readonly string[]) =>
	createStore([
		{
			name: 'ada',
			password: 'x',
			messages: texts.map((text, i) => ({ uid: `u${i}`, octets: octets(text) }))
		}
	]);

function login(texts: readonly string[]) {
	const session = greeted(boxOf(texts), { personality: 'post' });
	session.octets(octets('USER ada\r\nPASS x\r\n'));
	return (line: string) => written(session.octets(octets(`${line}\r\n`)));
}

/** As it is stored, and the CRLF that ends the last line if it was missing. */
const whole = (text: string) => (text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`);

describe('a message comes as it is stored', () => {
	test.each(Object.entries(HARD))('%s', (_, text) => {
		const say = login([text]);
		const { told, body } = read(say('RETR 1'));
		expect(body).toBe(whole(text));
		expect(told).toBe(body.length);
		expect(say('LIST 1')).toBe(`+OK 1 ${told}\r\n`);
		expect(say('STAT')).toBe(`+OK 1 ${told}\r\n`);
		expect(read(say('TOP 1 999999')).body).toBe(whole(text));
	});

	test('whatever octets it has', () => {
		const piece = fc.constantFrom('.', '\r', '\n', '\r\n', '\r\n.', 'a', '\x00', '\xff', '..', '\r\n\r\n');
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const text = pieces.join('');
				const { told, body } = read(login([text])('RETR 1'));
				expect([body, told]).toEqual([whole(text), whole(text).length]);
			}),
			{ numRuns: 300, seed: 1939 }
		);
	});

	test('an empty mailbox has nothing, and says so', () => {
		const say = login([]);
		expect([say('STAT'), say('LIST'), say('UIDL'), say('RETR 1')]).toEqual([
			'+OK 0 0\r\n',
			'+OK 0 messages (0 octets)\r\n.\r\n',
			'+OK\r\n.\r\n',
			'-ERR no such message\r\n'
		]);
	});
});

describe('ten thousand messages', () => {
	const COUNT = 10_000;
	const texts = Array.from({ length: COUNT }, (_, i) => `Subject: ${i}\r\n\r\n${'x'.repeat(i % 97)}\r\n`);

	test('are counted, listed and named right, and go when they are told to', () => {
		const store = boxOf(texts);
		const session = greeted(store, { personality: 'rfc' });
		const say = (line: string) => written(session.octets(octets(`${line}\r\n`)));
		session.octets(octets('USER ada\r\nPASS x\r\n'));
		const total = texts.reduce((sum, { length }) => sum + length, 0);
		expect(say('STAT')).toBe(`+OK ${COUNT} ${total}\r\n`);
		const rows = texts.map(({ length }, i) => `${i + 1} ${length}\r\n`).join('');
		expect(say('LIST')).toBe(`+OK ${COUNT} messages (${total} octets)\r\n${rows}.\r\n`);
		expect(say('UIDL').split('\r\n')).toHaveLength(COUNT + 3);
		expect(say(`RETR ${COUNT}`)).toContain(`Subject: ${COUNT - 1}`);
		const odd = texts.flatMap((_, i) => (i % 2 === 0 ? [`DELE ${i + 1}\r\n`] : [])).join('');
		expect(written(session.octets(octets(odd)))).not.toContain('-ERR');
		const left = texts.filter((_, i) => i % 2 === 1).reduce((sum, { length }) => sum + length, 0);
		expect(say('STAT')).toBe(`+OK ${COUNT / 2} ${left}\r\n`);
		expect(say('QUIT')).toContain(`(${COUNT / 2} messages left)`);
		expect(
			store.box('ada')?.messages.map(({ octets: stored }) => octetsToLatin1(stored).slice(0, 12))
		).toEqual(texts.filter((_, i) => i % 2 === 1).map((text) => text.slice(0, 12)));
	});
});
