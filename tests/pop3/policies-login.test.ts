/** How a program logs in: the ways in their order, what is refused, and what a code after a refusal means. */
import { describe, expect, test } from 'vitest';
import { octets } from './story.ts';
import { Mailer, sync } from './sync.ts';
import { NO_CAPA } from './mailing.ts';

describe('logging in', () => {
	test('APOP when the greeting has a timestamp: the digest of RFC 1939 §7', () => {
		sync(
			new Mailer('leave', { ...NO_CAPA, user: 'mrose', password: 'tanstaaf' }),
			`
			= connected
			S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>
			C: APOP mrose c4c9334bac560ecc979e58001b3e22fb
			S: +OK
			C: STAT
			`
		);
	});

	test.each(['no stamp', '<no-at>', '<a b@c>', '<@c>', 'a@b'])('no APOP for %j', (text) => {
		sync(new Mailer('leave', NO_CAPA), `\n= connected\nS: +OK ${text}\nC: USER ada`);
	});

	test('AUTH CRAM-MD5 when CAPA has it: the digest of RFC 2195 §2', () => {
		sync(
			new Mailer('leave', { user: 'tim', password: 'tanstaaftanstaaf' }),
			`
			= connected
			S: +OK ready
			C: CAPA
			S: +OK
			S: SASL PLAIN CRAM-MD5
			S: .
			C: AUTH CRAM-MD5
			S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
			C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
			S: +OK
			C: STAT
			`
		);
	});

	test('AUTH PLAIN in one line, AUTH LOGIN in three', () => {
		const capa = (ways: string) => `
			= connected
			S: +OK ready
			C: CAPA
			S: +OK
			S: sasl ${ways}
			S: .
		`;
		sync(new Mailer('leave'), `${capa('LOGIN plain')}\nC: AUTH PLAIN AGFkYQBsb3ZlbGFjZQ==\nS: +OK\nC: STAT`);
		sync(
			new Mailer('leave'),
			`${capa('LOGIN')}
			C: AUTH LOGIN
			S: + VXNlcm5hbWU6
			C: YWRh
			S: + UGFzc3dvcmQ6
			C: bG92ZWxhY2U=
			S: +OK
			C: STAT`
		);
	});

	test('PLAIN’s response comes in a line of its own where the first has no room', () => {
		const mailer = new Mailer('leave', { password: 'x'.repeat(200), settings: { login: ['plain'] } });
		sync(mailer, '= connected\nS: +OK\nC: CAPA\nS: +OK\nS: SASL PLAIN\nS: .\nC: AUTH PLAIN');
		sync(mailer, `S: + \nC: ${btoa(`\0ada\0${'x'.repeat(200)}`)}\nS: +OK\nC: STAT`);
	});

	test('a challenge that is none is given up with *, and the next way is tried', () => {
		sync(
			new Mailer('leave'),
			`
			= connected
			S: +OK ready
			C: CAPA
			S: +OK
			S: SASL CRAM-MD5
			S: .
			C: AUTH CRAM-MD5
			S: + ?
			C: *
			S: -ERR cancelled
			! login refused: "cancelled" (reply to AUTH CRAM-MD5)
			C: USER ada
			`
		);
	});

	test('all ways refused: QUIT', () => {
		sync(
			new Mailer('leave', NO_CAPA),
			`
			= connected
			S: +OK ready
			C: USER ada
			S: +OK
			C: PASS lovelace
			S: -ERR no
			! login refused: "no" (reply to PASS)
			! no way to log in is left (login)
			C: QUIT
			S: +OK
			= close
			`
		);
	});

	test('a server that closes after its refusal owes no answer to QUIT', () => {
		for (const end of ['= ended', '= reset']) {
			const mailer = new Mailer('leave', NO_CAPA);
			mailer.session.connected();
			for (const line of ['+OK ready', '+OK', '-ERR no']) mailer.session.octets(octets(`${line}\r\n`));
			sync(mailer, end === '= ended' ? `${end}\n= close` : end);
			expect(mailer.problems).toHaveLength(2);
			expect(mailer.session.over).toBe(true);
		}
	});

	test.each([
		['[IN-USE] x', 'the maildrop is in use: try again later'],
		['[LOGIN-DELAY] x', 'the last login was too short a time ago: try again later'],
		['[SYS/TEMP] x', 'the server has a fault for the moment: try again later'],
		['[SYS/PERM] x', 'the server has a fault that somebody must mend']
	])('%j is not a wrong password, where CAPA announces codes', (text, words) => {
		sync(
			new Mailer('leave'),
			`
			= connected
			S: +OK <1@x>
			C: CAPA
			S: +OK
			S: RESP-CODES
			S: .
			C: APOP ada 7ba1e8bb5d46b6a08b3a2b4d7d3ea03f
			`.replace(/APOP.*/, `APOP ada ${digest('<1@x>')}`) +
				`
			S: -ERR ${text}
			! ${words}: ${JSON.stringify(text)} (reply to APOP)
			C: QUIT`
		);
	});

	test('without CAPA a code is only words; fetchmail guesses from them', () => {
		const refused = (text: string) =>
			`= connected\nS: +OK\nC: USER ada\nS: +OK\nC: PASS lovelace\nS: -ERR ${text}\n! `;
		sync(
			new Mailer('leave', NO_CAPA),
			`${refused('[IN-USE] locked')}login refused: "[IN-USE] locked" (reply to PASS)
			! no way to log in is left (login)
			C: QUIT`
		);
		sync(
			new Mailer('fetchmail', NO_CAPA),
			`${refused('maildrop already locked')}the maildrop is in use: try again later: "maildrop already locked" (reply to PASS)
			C: QUIT`
		);
	});

	test('a name that is more than one line is refused before anything is sent', () => {
		expect(() => new Mailer('leave', { user: 'ada\r\nDELE 1' })).toThrow('line end');
		expect(() => new Mailer('leave', { password: 'a\n' })).toThrow('line end');
	});
});

function digest(stamp: string): string {
	const mailer = new Mailer('leave', NO_CAPA);
	mailer.session.connected();
	mailer.session.octets(octets(`+OK ${stamp}\r\n`));
	return mailer.session.exchanges[0]?.line.split(' ')[2] ?? '';
}
