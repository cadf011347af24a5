// A server's session in AUTHORIZATION and TRANSACTION, line by line.
import { describe, expect, test } from 'vitest';
import { apopDigest } from '#lib/pop3/apop.ts';
import { ServerSession } from '#lib/pop3/server-session.ts';
import { adasStore, admitted, greeted, kinds, octets, serve, story, written } from './story.ts';
import { uids, ALL } from './box.ts';

describe('AUTHORIZATION', () => {
	test('a session: named, refused, admitted', () => {
		story(
			serve(),
			`
			= open
			< +OK ready
			> PASS lovelace
			< -ERR USER must come before PASS
			> USER ada
			< +OK send PASS
			> PASS lovelance
			< -ERR wrong name or password
			> PASS lovelace
			< -ERR USER must come before PASS
			> USER ada
			< +OK send PASS
			> PASS lovelace
			< +OK ada's maildrop has 4 messages (7042 octets)
			`
		);
	});

	test('a name may be given anew before the password', () => {
		story(
			greeted(),
			`
			> USER nobody
			< +OK send PASS
			> USER ada
			< +OK send PASS
			> PASS lovelace
			< +OK ada's maildrop has 4 messages (7042 octets)
			`
		);
	});

	test('unknown names and wrong passwords are answered alike', () => {
		const reply = (name: string) => written(greeted().octets(octets(`USER ${name}\r\nPASS x\r\n`)));
		expect(reply('nobody')).toBe(reply('ada'));
	});

	test('spaces are part of the password', () => {
		story(
			greeted(),
			`
			> USER grace
			< +OK send PASS
			> PASS a b
			< -ERR wrong name or password
			> USER grace
			< +OK send PASS
			> PASS a  b 
			< +OK grace's maildrop has 0 messages (0 octets)
			> LIST
			< +OK 0 messages (0 octets)
			< .
			> UIDL
			< +OK
			< .
			`
		);
	});

	test('QUIT leaves without UPDATE, before and after USER', () => {
		for (const lines of ['', 'USER ada\r\n']) {
			const session = greeted();
			session.octets(octets(lines));
			const effects = story(session, '> QUIT\n< +OK bye\n= close');
			expect(kinds(effects, 'pop3.state').map(({ to }) => to)).toEqual(['closed']);
			expect(kinds(effects, 'maildrop.expunge')).toEqual([]);
		}
	});

	test('APOP logs in by digest, when the greeting has a timestamp', () => {
		const stamp = '<1896.697170952@post.example>';
		const session = serve(adasStore(), { stamp });
		story(
			session,
			`
			= open
			< +OK ready ${stamp}
			> APOP ada ${apopDigest(stamp, 'lovelance')}
			< -ERR wrong name or password
			> APOP ada ${apopDigest(stamp, 'lovelace')}
			< +OK ada's maildrop has 4 messages (7042 octets)
			`
		);
		story(
			greeted(),
			`> APOP ada ${apopDigest('', 'lovelace')}\n< -ERR APOP not offered: no timestamp in the greeting`
		);
	});
});

describe('TRANSACTION', () => {
	test('DELE marks, RSET takes back, numbers stay', () => {
		const store = adasStore();
		const effects = story(
			admitted(store),
			`
			> DELE 1
			< +OK message 1 deleted
			> DELE 1
			< -ERR message is deleted
			> RETR 1
			< -ERR message is deleted
			> TOP 1 0
			< -ERR message is deleted
			> LIST 1
			< -ERR message is deleted
			> UIDL 1
			< -ERR message is deleted
			> STAT
			< +OK 3 6844
			> LIST
			< +OK 3 messages (6844 octets)
			< 2 150
			< 3 242
			< 4 6452
			< .
			> UIDL
			< +OK
			< 2 u-won-2
			< 3 u-dots-3
			< 4 u-photo-4
			< .
			> NOOP
			< +OK
			> RSET
			< +OK maildrop has 4 messages (7042 octets)
			> STAT
			< +OK 4 7042
			`
		);
		expect(kinds(effects, 'maildrop.mark')).toEqual([
			{ kind: 'maildrop.mark', user: 'ada', number: 1, uid: 'u-welcome-1', marked: true },
			{ kind: 'maildrop.mark', user: 'ada', number: 1, uid: 'u-welcome-1', marked: false }
		]);
		expect(uids(store)).toEqual(ALL);
	});

	test('TOP sends the header, and a dotted line stuffed', () => {
		story(
			admitted(),
			`
			> TOP 3 3
			< +OK 203 octets off the top
			< From: Grace <grace@far.example>
			< To: ada@post.example
			< Subject: Dots
			< Date: Tue, 14 May 1996 21:30:00 +0000
			< Message-ID: <3@far.example>
			< 
			< Three lines of mine begin with a dot:
			< ..profile is a file,
			< ..
			< .
			`
		);
	});

	test('bad input is answered, and the session goes on with all the mail', () => {
		const store = adasStore();
		story(
			admitted(store),
			`
			> XYZZY
			< -ERR unknown command
			> ${'x'.repeat(300)}
			< -ERR line too long: at most 255 octets with its CRLF
			> USER
			< -ERR command not valid in this state
			> RETR
			< -ERR message number required
			> RETR x
			< -ERR message number required
			> RETR 99
			< -ERR no such message
			> RETR 0
			< -ERR no such message
			> RETR ${'9'.repeat(40)}
			< -ERR no such message
			> RETR ${'9'.repeat(41)}
			< -ERR line too long: an argument has at most 40 characters
			> TOP 1
			< -ERR number of lines required
			> STAT now
			< -ERR too many arguments
			> \xe9\xff
			< -ERR only printable ASCII characters in a command
			> STAT
			< +OK 4 7042
			`
		);
		expect(uids(store)).toEqual(ALL);
	});

	test('USER without a name', () => {
		story(greeted(), '> USER\n< -ERR name required\n> USER ada\n< +OK send PASS');
	});

	test('a lone LF or CR has its own answer, and what follows is read', () => {
		const session = admitted();
		expect(written(session.octets(octets('\n')))).toBe('-ERR line must end with CRLF, not with LF alone\r\n');
		expect(written(session.octets(octets('\r')))).toBe('');
		expect(written(session.octets(octets('NOOP\r\n')))).toBe(
			'-ERR line must end with CRLF, not with CR alone\r\n+OK\r\n'
		);
		expect(written(session.octets(octets('DELE 1\nSTAT\r\n')))).toBe(
			'-ERR line must end with CRLF, not with LF alone\r\n+OK 4 7042\r\n'
		);
		expect(written(session.octets(octets('\r\n')))).toBe('-ERR no command in an empty line\r\n');
	});

	test('commands run together or torn apart are answered the same', () => {
		const script = 'STAT\r\nLIST 2\r\nRETR 3\r\nDELE 2\r\nNOOP\r\nQUIT\r\nSTAT\r\n';
		const whole = written(admitted().octets(octets(script)));
		const session = admitted();
		const torn = [...script].map((octet) => written(session.octets(octets(octet)))).join('');
		expect(torn).toBe(whole);
		expect(whole.endsWith('+OK bye\r\n')).toBe(true);
	});

	test('every command is logged with its state, and every reply with its octets', () => {
		const session = greeted();
		const effects = session.octets(octets('stat\r\nUSER ada\r\nPASS lovelace\r\nLIST\r\n\r\n'));
		expect(kinds(effects, 'pop3.command')).toEqual([
			{ kind: 'pop3.command', keyword: 'STAT', args: '', state: 'AUTHORIZATION' },
			{ kind: 'pop3.command', keyword: 'USER', args: 'ada', state: 'AUTHORIZATION' },
			{ kind: 'pop3.command', keyword: 'PASS', args: 'lovelace', state: 'AUTHORIZATION' },
			{ kind: 'pop3.command', keyword: 'LIST', args: '', state: 'TRANSACTION' },
			{ kind: 'pop3.command', keyword: '', args: '', state: 'TRANSACTION' }
		]);
		const replies = kinds(effects, 'pop3.reply');
		expect(replies.map(({ keyword, ok }) => [keyword, ok])).toEqual([
			['STAT', false],
			['USER', true],
			['PASS', true],
			['LIST', true],
			['', false]
		]);
		const sizes = effects.flatMap((effect) => (effect.type === 'write' ? [effect.octets.length] : []));
		expect(replies.map((reply) => reply.octets)).toEqual(sizes);
	});
});

test('a personality that is not there is refused at once', () => {
	expect(() => new ServerSession({ id: 'x', store: adasStore(), personality: 'constructor' })).toThrow(
		'no personality is called "constructor"'
	);
});
