// What came after RFC 1939: CAPA, AUTH, STLS's border, UTF8, LANG, response codes; and what takes time.
import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '#lib/mail/base64.ts';
import { letters } from '#lib/mail/letters.ts';
import { octetsToLatin1, utf8ToOctets } from '#lib/mail/octets.ts';
import { cramDigest } from '#lib/pop3/cram.ts';
import { createStore, MaildropLost } from '#lib/pop3/store.ts';
import { adasStore, admitted, greeted, kinds, octets, story, written } from './story.ts';

const rfc = { personality: 'rfc', host: 'post', greeting: undefined };
const base64 = (text: string) => encodeBase64(utf8ToOctets(text));
const WELCOME = "< +OK ada's maildrop has 4 messages (7042 octets)";
const uids = (store: ReturnType<typeof adasStore>) => store.box('ada')?.messages.map(({ uid }) => uid);
const ALL = Object.values(letters).map(({ uid }) => uid);

describe('CAPA', () => {
	test('lists what the server does, by state', () => {
		story(
			greeted(adasStore(), rfc),
			`
			> CAPA
			< +OK Capability list follows
			< TOP
			< USER
			< SASL PLAIN LOGIN CRAM-MD5
			< RESP-CODES
			< AUTH-RESP-CODE
			< PIPELINING
			< EXPIRE NEVER
			< UIDL
			< UTF8 USER
			< LANG
			< .
			`
		);
		story(
			admitted(adasStore(), { ...rfc, habits: { loginDelay: 60_000_000, expire: 30 } }),
			`
			> CAPA
			< +OK Capability list follows
			< TOP
			< RESP-CODES
			< AUTH-RESP-CODE
			< LOGIN-DELAY 60
			< PIPELINING
			< EXPIRE 30
			< UIDL
			< LANG
			< IMPLEMENTATION Interactive-POP3
			< .
			> CAPA x
			< -ERR too many arguments
			`
		);
	});

	test('every capability it lists is true: the command is known, what it does not list is not', () => {
		for (const [personality, has, lacks] of [
			['rfc', ['TOP', 'UIDL', 'UTF8', 'LANG'], ['STLS']],
			['no-top', ['UIDL'], ['TOP', 'STLS']],
			['no-uidl', ['TOP'], ['UIDL', 'STLS']]
		] as const) {
			const list = written(greeted(adasStore(), { ...rfc, personality }).octets(octets('CAPA\r\n')));
			for (const word of has) expect(list, personality).toMatch(new RegExp(`^${word}( |\r$)`, 'm'));
			for (const word of lacks) expect(list, personality).not.toContain(word);
		}
	});
});

describe('AUTH', () => {
	test('PLAIN, with and without an initial response', () => {
		story(
			greeted(adasStore(), rfc),
			`
			> AUTH PLAIN ${base64('\0ada\0lovelance')}
			< -ERR [AUTH] wrong name or password
			> AUTH plain
			< + 
			> ${base64('\0ada\0lovelace')}
			${WELCOME}
			> QUIT
			< +OK post POP3 server signing off (4 messages left)
			= close
			`
		);
		story(greeted(adasStore(), rfc), `> AUTH PLAIN ${base64('ada\0ada\0lovelace')}\n${WELCOME}`);
	});

	test('an empty initial response is =, and none may act for another', () => {
		story(
			greeted(adasStore(), rfc),
			`
			> AUTH PLAIN =
			< -ERR response not understood
			> AUTH PLAIN ${base64('grace\0ada\0lovelace')}
			< -ERR response not understood
			> AUTH PLAIN ${base64('ada\0lovelace')}
			< -ERR response not understood
			> AUTH LOGIN =
			< + UGFzc3dvcmQ6
			> ${base64('x')}
			< -ERR [AUTH] wrong name or password
			`
		);
	});

	test('LOGIN asks twice', () => {
		story(
			greeted(adasStore(), rfc),
			`
			> AUTH LOGIN
			< + VXNlcm5hbWU6
			> ${base64('grace')}
			< + UGFzc3dvcmQ6
			> ${base64('a  b ')}
			< +OK grace's maildrop has 0 messages (0 octets)
			`
		);
	});

	test('CRAM-MD5 proves without the password', () => {
		const challenge = '<1896.697170952@post.example>';
		const proof = (word: string) => base64(`ada ${cramDigest(octets(challenge), word)}`);
		story(
			greeted(adasStore(), { ...rfc, challenge }),
			`
			> AUTH CRAM-MD5
			< + ${base64(challenge)}
			> ${proof('lovelance')}
			< -ERR [AUTH] wrong name or password
			> AUTH CRAM-MD5
			< + ${base64(challenge)}
			> ${proof('lovelace')}
			${WELCOME}
			`
		);
	});

	test('* cancels; what is no base64 is told so; a command in between is an answer', () => {
		story(
			greeted(adasStore(), rfc),
			`
			> AUTH PLAIN
			< + 
			> *
			< -ERR authentication cancelled
			> AUTH PLAIN
			< + 
			> QUIT now
			< -ERR response not understood
			> AUTH LOGIN ${base64('ada')}
			< + UGFzc3dvcmQ6
			> *
			< -ERR authentication cancelled
			> AUTH
			< +OK mechanisms follow
			< PLAIN
			< LOGIN
			< CRAM-MD5
			< .
			> AUTH GSSAPI
			< -ERR [AUTH] no such authentication mechanism
			> AUTH PLAIN x y
			< -ERR too many arguments
			> USER ada
			< +OK send PASS
			> PASS lovelace
			${WELCOME}
			> AUTH PLAIN
			< -ERR command not valid in this state
			`
		);
	});

	test('an answer may be longer than a command, and a line with an initial response may not', () => {
		const password = 'p'.repeat(5000);
		const store = createStore([{ name: 'ada', password, messages: [] }]);
		const plain = base64(`\0ada\0${password}`);
		const session = greeted(store, rfc);
		expect(written(session.octets(octets(`AUTH PLAIN ${plain}\r\n`)))).toMatch(/^-ERR line too long/);
		expect(written(session.octets(octets(`AUTH PLAIN\r\n${plain}\r\n`)))).toBe(
			"+ \r\n+OK ada's maildrop has 0 messages (0 octets)\r\n"
		);
		const endless = greeted(store, rfc).octets(octets(`AUTH PLAIN\r\n${'A'.repeat(13_000)}\r\nQUIT\r\n`));
		expect(written(endless)).toBe(
			'+ \r\n-ERR response not understood\r\n+OK post POP3 server signing off\r\n'
		);
	});
});

describe('STLS', () => {
	test('is refused honestly where it is not offered', () => {
		story(greeted(adasStore(), rfc), '> STLS\n< -ERR TLS is not offered here');
		story(greeted(), '> STLS\n< -ERR unknown command');
	});

	test('is a border: what was said before it, or slipped in behind it, does not count', () => {
		const session = greeted(adasStore(), {
			...rfc,
			habits: { offers: ['USER', 'PASS', 'CAPA', 'STLS'], mechanisms: [] }
		});
		session.octets(octets('USER ada\r\n'));
		const effects = session.octets(octets('STLS\r\nUSER eve\r\nCAP'));
		expect(written(effects)).toBe('+OK Begin TLS negotiation\r\n');
		expect(effects.at(-1)).toMatchObject({ type: 'seal' });
		story(
			session,
			`
			= sealed
			> PASS lovelace
			< -ERR USER must come before PASS
			> STLS
			< -ERR Command not permitted when TLS active
			`
		);
		expect(written(session.octets(octets('CAPA\r\n')))).not.toContain('STLS');
	});
});

describe('UTF8 and LANG', () => {
	const wide = octetsToLatin1(utf8ToOctets('Subject: Grüße\r\n\r\nHallo\r\n'));
	const store = () =>
		createStore([
			{ name: 'ada', password: 'pässwörd', messages: [{ uid: 'w', octets: octets(wide) }] },
			{ name: 'jürgen', password: 'x', messages: [] }
		]);
	const utf8 = (text: string) => octetsToLatin1(utf8ToOctets(text));

	test('a header in UTF-8 goes only to those who said that they read it', () => {
		const before = greeted(store(), rfc);
		expect(written(before.octets(octets(`USER ada\r\nPASS ${utf8('pässwörd')}\r\n`)))).toContain('-ERR only');
		story(
			before,
			`
			> AUTH PLAIN ${base64('\0ada\0pässwörd')}
			< +OK ada's maildrop has 1 message (${wide.length} octets)
			> RETR 1
			< -ERR [UTF8] message needs UTF8 mode
			> TOP 1 0
			< -ERR [UTF8] message needs UTF8 mode
			> LIST 1
			< +OK 1 ${wide.length}
			> UTF8
			< -ERR command not valid in this state
			`
		);
		story(
			greeted(store(), rfc),
			`
			> UTF8
			< +OK UTF8 enabled
			> USER ada
			< +OK send PASS
			> PASS ${utf8('pässwörd')}
			< +OK ada's maildrop has 1 message (${wide.length} octets)
			> RETR 1
			< +OK ${wide.length} octets
			< Subject: ${utf8('Grüße')}
			< 
			< Hallo
			< .
			`
		);
	});

	test('names may be UTF-8 too', () => {
		const session = greeted(store(), rfc);
		session.octets(octets('UTF8\r\n'));
		expect(written(session.octets(octets(`USER ${utf8('jürgen')}\r\nPASS x\r\n`)))).toBe(
			`+OK send PASS\r\n+OK ${utf8('jürgen')}'s maildrop has 0 messages (0 octets)\r\n`
		);
		expect(written(session.octets(octets(`${utf8('ü')}\r\n`)))).toMatch(/^-ERR only printable/);
	});

	test('answers come in the language that was chosen', () => {
		story(
			admitted(adasStore(), rfc),
			`
			> LANG
			< +OK Language listing follows:
			< en English
			< de Deutsch
			< .
			> LANG uga
			< -ERR no such language
			> LANG DE
			< +OK de Ich spreche Deutsch
			> DELE 1
			< +OK ${utf8('Nachricht 1 gelöscht')}
			> DELE 1
			< -ERR ${utf8('Nachricht ist gelöscht')}
			> STAT
			< +OK 3 6844
			> LANG *
			< +OK i-default I speak English
			> DELE 1
			< -ERR message is deleted
			`
		);
	});
});

describe('time', () => {
	const timers = (effects: ReturnType<typeof story>) =>
		effects.flatMap((effect) => (effect.type === 'timer' ? [[effect.timer, effect.after]] : []));
	const TEN_MINUTES = 600_000_000;

	test('autologout counts anew at every line, and stops at the end', () => {
		const session = greeted(adasStore(), rfc);
		expect(timers(session.octets(octets('USE')))).toEqual([]);
		expect(timers(session.octets(octets('R ada\r\n')))).toEqual([['autologout', TEN_MINUTES]]);
		expect(timers(session.octets(octets('PASS lovelace\r\n'))).at(-1)).toEqual(['autologout', TEN_MINUTES]);
		expect(timers(session.octets(octets('QUIT\r\n'))).at(-1)).toEqual(['autologout', null]);
		expect(timers(greeted().octets(octets('USER ada\r\n')))).toEqual([]);
	});

	test('who is idle for too long is out: no word, no UPDATE, the lock is free', () => {
		const store = adasStore();
		const session = admitted(store, rfc);
		session.octets(octets('DELE 1\r\nDELE 2\r\n'));
		const effects = story(session, '= idle\n= close');
		expect(kinds(effects, 'pop3.state').map(({ from, to, on }) => [from, to, on])).toEqual([
			['TRANSACTION', 'closed', 'IDLE']
		]);
		expect(uids(store)).toEqual(ALL);
		expect(store.box('ada')?.heldBy).toBeNull();
		story(greeted(adasStore(), rfc), '= idle\n= close');
	});

	test('Dovecot says farewell, and does not update either', () => {
		const store = adasStore();
		const session = admitted(store, { personality: 'dovecot' });
		session.octets(octets('DELE 1\r\n'));
		story(session, '= idle\n< -ERR Disconnected for inactivity.\n= close');
		expect(uids(store)).toEqual(ALL);
	});

	test('a refused login is answered late, and what was said meanwhile afterwards', () => {
		const session = greeted(adasStore(), { ...rfc, habits: { failureDelay: 2_000_000 } });
		const effects = session.octets(octets('USER ada\r\nPASS x\r\nUSER ada\r\nPASS lovelace\r\n'));
		expect(written(effects)).toBe('+OK send PASS\r\n');
		expect(timers(effects)).toContainEqual(['pause', 2_000_000]);
		expect(written(session.octets(octets('STAT\r\n')))).toBe('');
		expect(written(session.timeout('pause'))).toBe(
			"-ERR [AUTH] wrong name or password\r\n+OK send PASS\r\n+OK ada's maildrop has 4 messages (7042 octets)\r\n+OK 4 7042\r\n"
		);
	});

	test('who is gone before the answer hears nothing', () => {
		const session = greeted(adasStore(), { ...rfc, habits: { failureDelay: 2_000_000 } });
		session.octets(octets('USER ada\r\nPASS x\r\nQUIT\r\n'));
		story(session, '= lost');
		expect(session.timeout('pause')).toEqual([]);
	});

	test('a login too soon, a box in use and a box that cannot be read have their codes', () => {
		let now = 0;
		const store = adasStore();
		const login = () =>
			written(
				greeted(store, { ...rfc, now: () => now, habits: { loginDelay: 60_000_000 } }).octets(
					octets('USER ada\r\nPASS lovelace\r\n')
				)
			).split('\r\n')[1];
		expect(login()).toMatch(/^\+OK/);
		now = 59_999_999;
		expect(login()).toBe('-ERR [LOGIN-DELAY] too soon after the last login');
		now = 60_000_000;
		expect(login()).toBe('-ERR [IN-USE] maildrop already locked');
		const source = {
			read: () => {
				throw new Error('disk');
			},
			remove: () => [],
			add: () => {}
		};
		const broken = createStore([{ name: 'ada', password: 'lovelace', messages: source }]);
		story(
			greeted(broken, rfc),
			'> USER ada\n< +OK send PASS\n> PASS lovelace\n< -ERR [SYS/TEMP] maildrop cannot be read now'
		);
		const read = () => {
			throw new MaildropLost('no such disk');
		};
		const lost = createStore([{ name: 'ada', password: 'lovelace', messages: { ...source, read } }]);
		story(
			greeted(lost, rfc),
			'> USER ada\n< +OK send PASS\n> PASS lovelace\n< -ERR [SYS/PERM] maildrop is damaged, tell the postmaster'
		);
	});
});

describe('limits', () => {
	test('twenty bad commands in a row are answered, the next one is the last', () => {
		for (const begin of [greeted, admitted]) {
			const store = adasStore();
			const session = begin(store, rfc);
			const said = (n: number) => written(session.octets(octets('XYZZY\r\n'.repeat(n)))).split('\r\n');
			expect(said(20)).toEqual([...Array.from({ length: 20 }, () => '-ERR unknown command'), '']);
			session.octets(octets('CAPA\r\n'));
			expect(said(20)).toHaveLength(21);
			story(session, '> XYZZY\n< -ERR too many bad commands\n= close');
			expect(store.box('ada')?.heldBy).toBeNull();
		}
	});

	test('the lessons’ server has patience without end', () => {
		const session = greeted();
		const said = written(session.octets(octets('XYZZY\r\n'.repeat(500))));
		expect(said.split('\r\n')).toHaveLength(501);
	});

	test('an UPDATE that fails half-way says so, and what went is gone', () => {
		const messages = Object.values(letters);
		const store = createStore([{ name: 'ada', password: 'lovelace', messages, stuck: ['u-won-2'] }]);
		const session = admitted(store, rfc);
		session.octets(octets('DELE 1\r\nDELE 2\r\nDELE 3\r\n'));
		const effects = story(session, '> QUIT\n< -ERR [SYS/TEMP] some deleted messages not removed\n= close');
		expect(kinds(effects, 'maildrop.expunge').map(({ uid }) => uid)).toEqual(['u-welcome-1', 'u-dots-3']);
		expect(uids(store)).toEqual(['u-won-2', 'u-photo-4']);
		expect(store.box('ada')?.heldBy).toBeNull();
	});

	test('words of the past are known as such', () => {
		story(
			admitted(adasStore(), rfc),
			`
			> LAST
			< -ERR LAST is no longer in use
			> RPOP ada
			< -ERR RPOP is no longer in use
			> XTND XLST Subject
			< -ERR XTND is no longer in use
			`
		);
	});
});
