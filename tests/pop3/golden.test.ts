import { describe, expect, test } from 'vitest';
import { octetsToLatin1 } from '#lib/mail/octets.ts';
import { createStore } from '#lib/pop3/store.ts';
import { adasStore, greeted, messageOf, octets, serve, story, written } from './story.ts';

function mrose() {
	return createStore([
		{
			name: 'mrose',
			password: 'tanstaaf',
			messages: [
				{ uid: 'whqtswO00WBw418f9t5JxYwZ', octets: messageOf(120) },
				{ uid: 'QhdPYR:00WBw1Ph7x7', octets: messageOf(200) }
			]
		}
	]);
}

const dewey = {
	personality: 'rfc',
	greeting: undefined,
	host: 'dewey',
	stamp: '<1896.697170952@dbc.mtview.ca.us>'
};

describe('RFC 1939 section 10', () => {
	test('the example session, byte for byte', () => {
		const store = mrose();
		const [first, second] = store.box('mrose')?.messages ?? [];
		const session = serve(store, dewey);
		const text = (message?: { octets: Uint8Array }) => octetsToLatin1(message?.octets ?? new Uint8Array());
		const exchange: [send: string, reply: string][] = [
			['APOP mrose c4c9334bac560ecc979e58001b3e22fb', "+OK mrose's maildrop has 2 messages (320 octets)\r\n"],
			['STAT', '+OK 2 320\r\n'],
			['LIST', '+OK 2 messages (320 octets)\r\n1 120\r\n2 200\r\n.\r\n'],
			['RETR 1', `+OK 120 octets\r\n${text(first)}.\r\n`],
			['DELE 1', '+OK message 1 deleted\r\n'],
			['RETR 2', `+OK 200 octets\r\n${text(second)}.\r\n`],
			['DELE 2', '+OK message 2 deleted\r\n'],
			['QUIT', '+OK dewey POP3 server signing off (maildrop empty)\r\n']
		];
		expect(written(session.open())).toBe('+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n');
		for (const [send, reply] of exchange) {
			const effects = session.octets(octets(`${send}\r\n`));
			expect(written(effects)).toBe(reply);
			expect(effects.some(({ type }) => type === 'close')).toBe(send === 'QUIT');
		}
		expect(store.box('mrose')?.messages).toEqual([]);
	});

	test('the examples of sections 5 to 7', () => {
		const session = greeted(mrose(), dewey);
		story(
			session,
			`
			> APOP mrose c4c9334bac560ecc979e58001b3e22fb
			< +OK mrose's maildrop has 2 messages (320 octets)
			> LIST 2
			< +OK 2 200
			> UIDL
			< +OK
			< 1 whqtswO00WBw418f9t5JxYwZ
			< 2 QhdPYR:00WBw1Ph7x7
			< .
			> UIDL 2
			< +OK 2 QhdPYR:00WBw1Ph7x7
			> DELE 1
			< +OK message 1 deleted
			> RSET
			< +OK maildrop has 2 messages (320 octets)
			> DELE 1
			< +OK message 1 deleted
			> LIST
			< +OK 1 message (200 octets)
			< 2 200
			< .
			> QUIT
			< +OK dewey POP3 server signing off (1 message left)
			= close
			`
		);
		story(
			serve(mrose(), dewey),
			`
			= open
			< +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>
			> QUIT
			< +OK dewey POP3 server signing off
			= close
			`
		);
	});
});

describe('the report', () => {
	const box = [1229, 15203, 23105].map((size, i) => ({ uid: `r${i + 1}`, octets: messageOf(size) }));
	const store = () => createStore([{ name: 'NAME', password: 'secret', messages: box }]);

	test('its dialogue, byte for byte', () => {
		const session = greeted(store(), { personality: 'report' });
		const body = octetsToLatin1(box[0]?.octets ?? new Uint8Array());
		const exchange: [send: string, reply: string][] = [
			['USER NOBODY', '-ERR Sorry NOBODY could you please introduce yourself ;)\r\n'],
			['PASS secret', '-ERR USER must come before PASS\r\n'],
			['USER NAME', '+OK Hello NAME- now send PASS\r\n'],
			['PASS wrong', '-ERR password is wrong.\r\n'],
			['USER NAME', '+OK Hello NAME- now send PASS\r\n'],
			['PASS secret', '+OK NAME- welcome and proceed\r\n'],
			['STAT', '+OK 3 39537\r\n'],
			['LIST', '+OK 3 messages\r\n1 1229\r\n2 15203\r\n3 23105\r\n.\r\n'],
			['RETR 1', `+OK 1229 octets\r\n${body}.\r\n`],
			['RETR 4', '-ERR Message not found.\r\n'],
			['DELE 1', '+OK\r\n'],
			['RSET', '+OK maildrop has 3 messages (39537 octets)\r\n'],
			['DELE 2', '+OK\r\n']
		];
		for (const [send, reply] of exchange) {
			expect(written(session.octets(octets(`${send}\r\n`)))).toBe(reply);
		}
	});

	test('QUIT removes what was marked, and closes', () => {
		const mail = store();
		const session = greeted(mail, { personality: 'report' });
		session.octets(octets('USER NAME\r\nPASS secret\r\nDELE 2\r\n'));
		const effects = session.octets(octets('QUIT\r\n'));
		expect(written(effects)).toMatch(/^\+OK/);
		expect(effects.at(-1)).toEqual({ type: 'close' });
		expect(mail.box('NAME')?.messages.map(({ uid }) => uid)).toEqual(['r1', 'r3']);
	});
});

describe('the campaign', () => {
	test('the lessons count on these lines and their octets', () => {
		const session = serve(adasStore(), { greeting: 'POP3 post.example ready', host: 'post.example' });
		const said: Record<string, string> = { greeting: written(session.open()) };
		const lines = ['USER ada', 'PASS lovelace', 'STAT', 'LIST', 'RETR 1', 'TOP 1 0', 'QUIT'];
		for (const line of lines) said[line] = written(session.octets(octets(`${line}\r\n`)));
		const first = Object.fromEntries(
			Object.entries(said).map(([line, text]) => [line, text.slice(0, text.indexOf('\r\n') + 2)])
		);
		expect(first).toEqual({
			greeting: '+OK POP3 post.example ready\r\n',
			'USER ada': '+OK send PASS\r\n',
			'PASS lovelace': "+OK ada's maildrop has 4 messages (7042 octets)\r\n",
			STAT: '+OK 4 7042\r\n',
			LIST: '+OK 4 messages (7042 octets)\r\n',
			'RETR 1': '+OK 198 octets\r\n',
			'TOP 1 0': '+OK 155 octets off the top\r\n',
			QUIT: '+OK bye\r\n'
		});
		const counts = Object.fromEntries(Object.entries(first).map(([line, text]) => [line, text.length]));
		expect(counts).toMatchObject({
			greeting: 29,
			'USER ada': 15,
			'PASS lovelace': 49,
			STAT: 12,
			'RETR 1': 16,
			QUIT: 9
		});
	});

	test('RETR of each letter and TOP of all cost what the campaign says', () => {
		const session = greeted();
		session.octets(octets('USER ada\r\nPASS lovelace\r\n'));
		const cost = (line: string) => written(session.octets(octets(`${line}\r\n`))).length;
		expect([1, 2, 3, 4].map((n) => cost(`RETR ${n}`))).toEqual([217, 169, 264, 6472]);
		expect([1, 2, 3, 4].reduce((sum, n) => sum + cost(`TOP ${n} 0`), 0)).toBe(746);
	});
});
