// What came after RFC 1939: CAPA, AUTH, and STLS's border.
import { describe, expect, test } from 'vitest';
import { cramDigest } from '#lib/pop3/cram.ts';
import { createStore } from '#lib/pop3/store.ts';
import { adasStore, admitted, base64, greeted, octets, story, written } from './story.ts';
import { rfc } from './box.ts';

const WELCOME = "< +OK ada's maildrop has 4 messages (7042 octets)";

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
