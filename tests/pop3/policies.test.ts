/** What each policy says on the line, letter by letter, against our server and against a script. */
import { describe, expect, test } from 'vitest';
import { ALL_LINES } from '#lib/pop3/request.ts';
import { policies, policy } from '#lib/pop3/policy.ts';
import { createStore } from '#lib/pop3/store.ts';
import { linesOf, messageOf, octets, serve } from './story.ts';
import { Mailer, sync, talk, type Mailing } from './sync.ts';

const DAY = 86_400_000_000;
const short = { uid: 'u-1', octets: octets('Subject: a\r\n\r\nhi\r\n') };
const dotty = { uid: 'u-2', octets: octets('Subject: b\r\n\r\n.\r\n..x\r\n') };

function storeOf(...messages: { uid: string; octets: Uint8Array }[]) {
	return createStore([{ name: 'ada', password: 'lovelace', messages }]);
}

/** Client lines and what became of letters, without what the server says. */
function said(mailer: Mailer, store = storeOf(short, dotty)): string[] {
	const story = talk(mailer, serve(store, { personality: 'post' }));
	return story.filter((line) => !line.startsWith('S: '));
}

/** From the greeting to the login with USER and PASS, CAPA refused. */
const LOGIN = `
	= connected
	S: +OK ready
	C: CAPA
	S: -ERR what?
	C: USER ada
	S: +OK
	C: PASS lovelace
	S: +OK
`;
const NO_CAPA = { settings: { capa: false } } as const;
const IN = `
	= connected
	S: +OK ready
	C: USER ada
	S: +OK
	C: PASS lovelace
	S: +OK
	C: STAT
`;

describe('what each policy asks for', () => {
	const begin = ['C: CAPA', 'C: USER ada', 'C: PASS lovelace', 'C: STAT', 'C: LIST'];
	const fetched = (uids: boolean) => [
		'C: RETR 1',
		`* 1 ${uids ? 'u-1' : '-'} whole 18`,
		'C: RETR 2',
		`* 2 ${uids ? 'u-2' : '-'} whole 22`
	];
	const end = ['C: QUIT', '= close'];
	const plain = () => storeOf(short, dotty);

	test('download and delete: all of it, and then DELE, highest number first', () => {
		const store = plain();
		const mailer = new Mailer('download', NO_CAPA);
		expect(said(mailer, store)).toEqual([
			...begin.slice(1),
			...fetched(false),
			'C: DELE 2',
			'C: DELE 1',
			...end
		]);
		expect(mailer.letters.map((letter) => letter.octets)).toEqual([short.octets, dotty.octets]);
		expect(store.box('ada')?.messages).toEqual([]);
		expect(mailer.session.updated).toBe(true);
	});

	test('leave on server: once, and never again', () => {
		const store = plain();
		const first = new Mailer('leave', NO_CAPA);
		expect(said(first, store)).toEqual([...begin.slice(1), 'C: UIDL', ...fetched(true), ...end]);
		expect(first.session.known).toEqual([
			{ uid: 'u-1', standing: 'kept', since: 0 },
			{ uid: 'u-2', standing: 'kept', since: 0 }
		]);
		const second = new Mailer('leave', { ...NO_CAPA, known: first.session.known });
		expect(said(second, store)).toEqual([...begin.slice(1), 'C: UIDL', ...end]);
		expect(second.session.known).toEqual(first.session.known);
	});

	test('keep for n days: deleted in the first session after that, not before', () => {
		const store = plain();
		const days = (now: number, known: Mailing['known'] = []) =>
			new Mailer('days', { settings: { capa: false, keepDays: 2 }, now, known });
		const first = days(DAY);
		said(first, store);
		const early = days(3 * DAY - 1, first.session.known);
		expect(said(early, store)).not.toContain('C: DELE 1');
		const late = days(3 * DAY, early.session.known);
		expect(said(late, store)).toEqual([...begin.slice(1), 'C: UIDL', 'C: DELE 2', 'C: DELE 1', ...end]);
		expect(store.box('ada')?.messages).toEqual([]);
		expect(late.session.known).toEqual([]);
	});

	test('headers first: TOP n 0, and RETR for those that the person wants', () => {
		const store = plain();
		const first = new Mailer('headers', NO_CAPA);
		expect(said(first, store)).toEqual([
			...begin.slice(1),
			'C: UIDL',
			'C: TOP 1 0',
			'* 1 u-1 part 14',
			'C: TOP 2 0',
			'* 2 u-2 part 14',
			...end
		]);
		const second = new Mailer('headers', { ...NO_CAPA, known: first.session.known, wanted: ['u-2'] });
		expect(said(second, store)).toEqual([
			...begin.slice(1),
			'C: UIDL',
			'C: RETR 2',
			'* 2 u-2 whole 22',
			...end
		]);
		expect(second.session.known.map(({ uid, standing }) => `${uid} ${standing}`)).toEqual([
			'u-1 part',
			'u-2 kept'
		]);
	});

	test('a size limit: the beginning only of what is larger', () => {
		const large = { uid: 'u-large', octets: messageOf(5_001) };
		const exact = { uid: 'u-exact', octets: messageOf(5_000) };
		const mailer = new Mailer('small', NO_CAPA);
		expect(said(mailer, storeOf(large, exact)).slice(5)).toEqual([
			'C: TOP 1 20',
			'* 1 u-large part 5001',
			'C: RETR 2',
			'* 2 u-exact whole 5000',
			...end
		]);
	});

	test('as Thunderbird: one command at a time, DELE at once', () => {
		const mailer = new Mailer('thunderbird', { settings: { capa: false, keepDays: 0 } });
		expect(said(mailer).slice(4)).toEqual([
			'C: UIDL',
			'C: RETR 1',
			'* 1 u-1 whole 18',
			'C: DELE 1',
			'C: RETR 2',
			'* 2 u-2 whole 22',
			'C: DELE 2',
			...end
		]);
		expect(mailer.session.known).toEqual([]);
	});

	test('as fetchmail: TOP with all lines in place of RETR', () => {
		const mailer = new Mailer('fetchmail', NO_CAPA);
		expect(said(mailer).slice(4)).toEqual([
			'C: UIDL',
			`C: TOP 1 ${ALL_LINES}`,
			'* 1 u-1 whole 18',
			`C: TOP 2 ${ALL_LINES}`,
			'* 2 u-2 whole 22',
			...end
		]);
	});

	test('naive about segments: right while a reply is a segment, then letters are cut and deleted', () => {
		const store = plain();
		expect(said(new Mailer('naive-segments'), store).at(-1)).toBe('= close');
		const long = storeOf({ uid: 'u-long', octets: messageOf(3000) });
		const mailer = new Mailer('naive-segments');
		talk(mailer, serve(long), { mss: 1460 });
		expect(mailer.letters.map((letter) => [letter.whole, letter.octets.length < 1460])).toEqual([
			[true, true]
		]);
		expect(long.box('ada')?.messages).toEqual([]);
		const right = new Mailer('download');
		const again = storeOf({ uid: 'u-long', octets: messageOf(3000) });
		talk(right, serve(again), { mss: 1460 });
		expect(right.letters.map((letter) => letter.octets.length)).toEqual([3000]);
	});

	test('naive about LIST n: waits for a dot that never comes', () => {
		expect(said(new Mailer('naive-list')).slice(3)).toEqual([
			'C: LIST 1',
			'= timeout',
			'! timed out: nothing more came (reply to LIST 1, line 2)',
			'= close'
		]);
	});

	test('naive about dots: the letter ends at its first line with one', () => {
		const mailer = new Mailer('naive-dots');
		const story = said(mailer);
		expect(story).toContain('* 2 - whole 14');
		expect(story.slice(-2)).toEqual([
			'! "...x" begins with neither +OK nor -ERR (reply to DELE 2)',
			'= close'
		]);
	});

	test('the typist is a person: no program can do it', () => {
		expect(policies.typist).toEqual({ by: 'hand' });
		expect(() => policy('typist')).toThrow('by hand');
		expect(() => policy('none')).toThrow('no policy is called "none"');
	});
});

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

describe('where the server can do less', () => {
	test('no UIDL, and letters must stay: nothing is fetched', () => {
		sync(
			new Mailer('leave', NO_CAPA),
			`${IN}
			S: +OK 1 10
			C: LIST
			S: +OK
			S: 1 10
			S: .
			C: UIDL
			S: -ERR what?
			! without unique-ids letters cannot be left on the server: "what?" (reply to UIDL)
			C: QUIT
			S: +OK
			= close`
		);
	});

	test('UIDL announced and refused is a fault of the server', () => {
		const mailer = new Mailer('thunderbird', { settings: { login: ['user'] } });
		sync(
			mailer,
			LOGIN.replace('S: -ERR what?', 'S: +OK\n\tS: UIDL\n\tS: .') +
				`
			C: STAT
			S: +OK 1 10
			C: LIST
			S: +OK
			S: 1 10
			S: .
			C: UIDL
			S: -ERR busy
			! refused although CAPA announces UIDL: "busy" (reply to UIDL)
			C: QUIT`
		);
	});

	test('no UIDL as fetchmail: everything', () => {
		sync(
			new Mailer('fetchmail', NO_CAPA),
			`${IN}
			S: +OK 1 4
			C: LIST
			S: +OK
			S: 1 4
			S: .
			C: UIDL
			S: -ERR what?
			! no unique-ids, everything is fetched: "what?" (reply to UIDL)
			C: TOP 1 99999999`
		);
	});

	test('no TOP: whole letters, and TOP is not tried again', () => {
		sync(
			new Mailer('headers', NO_CAPA),
			`${IN}
			S: +OK 2 8
			C: LIST
			S: +OK
			S: 1 4
			S: 2 4
			S: .
			C: UIDL
			S: +OK
			S: 1 a
			S: 2 b
			S: .
			C: TOP 1 0
			S: -ERR what?
			! refused, the whole letter is fetched instead: "what?" (reply to TOP 1 0)
			C: RETR 1
			S: +OK
			S: ab
			S: .
			* 1 a whole 4
			C: RETR 2
			S: +OK
			S: cd
			S: .
			* 2 b whole 4
			C: QUIT`
		);
	});

	test('an empty box is asked nothing more, and everything is forgotten', () => {
		const mailer = new Mailer('leave', { ...NO_CAPA, known: [{ uid: 'a', standing: 'kept', since: 1 }] });
		sync(mailer, `${IN}\nS: +OK 0 0\nC: QUIT\nS: +OK\n= close`);
		expect(mailer.session.known).toEqual([]);
	});
});

describe('pipelining', () => {
	const capa = LOGIN.replace('S: -ERR what?', 'S: +OK\n\tS: PIPELINING\n\tS: .');
	test('commands go ahead of their replies where CAPA allows it', () => {
		sync(
			new Mailer('leave', { settings: { pipeline: 2 } }),
			`${capa}
			C: STAT
			C: LIST
			S: +OK 3 9
			C: UIDL
			S: +OK
			S: 1 3
			S: 2 3
			S: 3 3
			S: .
			S: +OK
			S: 1 a
			S: 2 b
			S: 3 c
			S: .
			C: RETR 1
			C: RETR 2
			S: +OK
			S: x
			S: .
			* 1 a whole 3
			C: RETR 3
			S: +OK
			S: y
			S: .
			* 2 b whole 3
			S: +OK
			S: z
			S: .
			* 3 c whole 3
			C: QUIT
			S: +OK
			= close`
		);
	});

	test('Thunderbird never does, whatever CAPA says', () => {
		sync(new Mailer('thunderbird'), `${capa}\nC: STAT\nS: +OK 1 3\nC: LIST`);
	});

	test('replies to several commands in one segment', () => {
		sync(
			new Mailer('leave', { settings: { pipeline: 9 } }),
			`${capa}
			C: STAT
			C: LIST
			C: UIDL
			S> +OK 1 3\\r\\n+OK\\r\\n1 3\\r\\n.\\r\\n+OK\\r\\n1 a\\r\\n.\\r\\n
			C: RETR 1`
		);
	});
});

describe('what a later session makes of an earlier one', () => {
	test('QUIT unanswered: what was to be deleted is deleted now, and not fetched again', () => {
		const store = storeOf(short);
		const first = new Mailer('leave', { settings: { capa: false, keepDays: 0 } });
		const server = serve(store);
		const whole = talk(first, server).join('\n').length;
		expect(whole).toBeGreaterThan(100);
		expect(first.session.known).toEqual([]);

		const broken = storeOf(short);
		const cut = new Mailer('leave', { settings: { capa: false, keepDays: 0 } });
		sync(
			cut,
			`${IN}
			S: +OK 1 18
			C: LIST
			S: +OK
			S: 1 18
			S: .
			C: UIDL
			S: +OK
			S: 1 u-1
			S: .
			C: RETR 1
			S: +OK
			S: Subject: a
			S:
			S: hi
			S: .
			* 1 u-1 whole 18
			C: DELE 1
			S: +OK
			C: QUIT
			= reset
			! the connection was reset (reply to QUIT)
			`
		);
		expect(cut.session.known).toEqual([{ uid: 'u-1', standing: 'delete', since: 0 }]);
		const next = new Mailer('leave', { settings: { capa: false, keepDays: 0 }, known: cut.session.known });
		expect(said(next, broken).slice(4)).toEqual(['C: UIDL', 'C: DELE 1', 'C: QUIT', '= close']);
		expect(broken.box('ada')?.messages).toEqual([]);
	});

	test('storage is full: the letter stays, and nothing more is fetched', () => {
		const store = storeOf(short, dotty);
		const mailer = new Mailer('thunderbird', {
			settings: { capa: false, keepDays: 0 },
			keep: ({ number }) => number === 1
		});
		expect(said(mailer, store).slice(4)).toEqual([
			'C: UIDL',
			'C: RETR 1',
			'* 1 u-1 whole 18',
			'C: DELE 1',
			'C: RETR 2',
			'! message 2 could not be stored here (storage)',
			'C: QUIT',
			'= close'
		]);
		expect(store.box('ada')?.messages.map(({ uid }) => uid)).toEqual(['u-2']);
	});

	test('letters that the person wants gone from the server go', () => {
		const store = storeOf(short, dotty);
		const known = [
			{ uid: 'u-1', standing: 'kept', since: 0 },
			{ uid: 'u-2', standing: 'kept', since: 0 }
		] as const;
		const mailer = new Mailer('leave', { ...NO_CAPA, known, removed: ['u-1'] });
		expect(said(mailer, store).slice(4)).toEqual(['C: UIDL', 'C: DELE 1', 'C: QUIT', '= close']);
		expect(mailer.session.known).toEqual([known[1]]);
	});
});

test('a session’s commands with their replies, for the screen', () => {
	const mailer = new Mailer('leave', NO_CAPA);
	talk(mailer, serve(storeOf(short)));
	expect(mailer.session.exchanges.map(({ line, reply }) => `${line} ${reply?.ok} ${reply?.lines}`)).toEqual(
		linesOf(`
			USER ada true 0
			PASS lovelace true 0
			STAT true 0
			LIST true 1
			UIDL true 1
			RETR 1 true 3
			QUIT true 0
		`)
	);
});
